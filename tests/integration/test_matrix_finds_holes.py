"""The authorisation matrix is worth what it finds: six holes are planted, one at a time, and each must be found."""

import pytest

from tests.integration.authorisation import world
from tests.integration.authorisation.crawl import addresses, findings, undeclared
from tests.integration.authorisation.holes import HOLES, POLICY, product_with

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


def all_findings(urlconf, settings):
    """Judge the small product as the matrix judges the real one."""
    settings.ROOT_URLCONF = urlconf
    found = [one for one in addresses(urlconf) if one.name.startswith("toy-")]
    judged = [one for one in found if one.name in POLICY]
    everything = world.build()
    return undeclared(found, POLICY) + [
        fault for one in judged for fault in findings(one, POLICY[one.name], everything)
    ]


def test_the_small_product_without_a_hole_is_clean(settings):
    assert all_findings(product_with(), settings) == []


EVIDENCE = {
    "read": "practitioner there: GET toy/<uuid:patient_id>/ of here: 200 shows Canary-name-here",
    "partial-update": "practitioner there: POST toy/<uuid:patient_id>/star/ of here: 409 shows Canary-name-here",
    "write-on-get": 'lead here: GET toy/<uuid:patient_id>/star/ of here: writes UPDATE "patients_patient"',
    "undeclared": "toy/dump/: its view declares no permission",
    "list-filter": "lead there: GET toy/: 200 shows Canary-name-here",
    "ended-member": "ended role: GET toy/<uuid:patient_id>/ of here: 200 shows Canary-name-here",
}


@pytest.mark.parametrize("hole", HOLES)
def test_a_planted_hole_is_found(hole, settings):
    found = all_findings(product_with(hole), settings)
    assert any(fault.startswith(EVIDENCE[hole]) for fault in found), found[:5]
