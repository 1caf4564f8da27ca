"""Pages for when nothing answers any more are drawn from nothing but their words."""

import pytest
from django.test import RequestFactory

from needlework.web import errors

ALONE = [trouble for trouble in vars(errors).values() if isinstance(trouble, errors.Trouble) and trouble.alone]


@pytest.mark.parametrize("trouble", ALONE, ids=lambda trouble: trouble.heading)
def test_a_page_that_must_stand_alone_asks_no_database(trouble):
    answer = errors.answer(RequestFactory().get("/"), trouble)
    assert answer.status_code == trouble.status
    assert trouble.sentence in answer.content.decode()


def test_faults_busy_databases_and_full_disks_stand_alone():
    assert {trouble.status for trouble in ALONE} >= {500, 503, 507}
