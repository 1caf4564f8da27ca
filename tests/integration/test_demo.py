"""The demo clinic: made by the pages' own operations, the same every time, with one way in per role."""

from datetime import date
from uuid import uuid5

import pytest
from django.test import Client

from needlework.accounts.models import Clinic, User
from needlework.audit.models import Event
from needlework.audit.sealing import verify
from needlework.front.demo import build, links
from needlework.patients.models import Patient
from tests.factories import accounts

TODAY = date(2026, 11, 22)
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integration.urls_of_the_demo")]


@pytest.fixture
def said() -> list[str]:
    """Build the clinic, and return what the building said."""
    lines: list[str] = []
    build.clinic(today=TODAY, say=lines.append)
    return lines


def test_the_clinic_has_two_sites_five_staff_and_forty_patients(said):
    assert said == ["the clinics", "staff, with what they hold", "40 patients", "what happened since"]
    assert (Clinic.objects.count(), User.objects.count(), Patient.objects.count()) == (2, 5, 40)
    assert not Event.objects.filter(at__date__gt=TODAY).exists()
    assert all(chain.broken is None for chain in verify(at=accounts.AT))


def test_the_same_people_have_the_same_numbers_every_time(said):
    jo = Patient.objects.get(given_names="Jo")
    assert jo.pk == uuid5(build.NAMESPACE, "Jo Ellison")
    assert jo.phone == "+447700900037"
    assert jo.email == "jo.ellison@example.com"


def test_there_is_one_way_in_for_each_role_and_one_for_a_patient(said):
    assert [(link["role"], link["path"]) for link in links.all_roles()] == [
        ("Lead", "/demo/lead/"),
        ("Practitioner", "/demo/practitioner/"),
        ("Prescriber", "/demo/prescriber/"),
        ("Front desk", "/demo/front-desk/"),
        ("Auditor", "/demo/auditor/"),
        ("Patient", "/demo/patient/"),
    ]


@pytest.mark.parametrize(("role", "first_page"), [("lead", "/today/"), ("auditor", "/today/"), ("patient", "/me/")])
def test_a_link_lets_somebody_in_on_the_click_and_not_before(said, role, first_page):
    client = Client()
    assert "Sign in as" in client.get(f"/demo/{role}/").content.decode()
    assert client.get(first_page).status_code == 302
    client.post(f"/demo/{role}/")
    assert client.get(first_page).status_code == 200


@pytest.mark.parametrize("role", ["nobody", "owner"])
def test_a_role_that_nobody_holds_lets_nobody_in(said, role):
    assert Client().get(f"/demo/{role}/").status_code == 404
