"""The demo clinic: made by the pages' own operations, the same every time, with one way in per role."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import uuid5
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import Client

from needlework.accounts.models import Clinic, User
from needlework.audit.models import Event
from needlework.audit.sealing import verify
from needlework.care.queries import bills
from needlework.diary.models import Appointment, AppointmentSeries, Hold, Visitor, WaitingEntry, WaitingOffer
from needlework.diary.queries.series import late
from needlework.diary.queries.troubled import troubled
from needlework.front.demo import build, links
from needlework.patients.models import Patient
from needlework.vault import ring
from tests.factories import accounts

TODAY = date(2026, 11, 23)
LONDON = ZoneInfo("Europe/London")
pytestmark = pytest.mark.urls("tests.integration.urls_of_the_demo")


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """Build the clinic once, and return what the building said."""
    lines: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        ring.forget()
        build.clinic(today=TODAY, say=lines.append)
        yield lines
        transaction.set_rollback(True)


@pytest.fixture
def said(built: list[str], django_db_blocker: Any) -> Iterator[list[str]]:
    """Return what the building said, and take back whatever a test does."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield built
        transaction.set_rollback(True)


def test_the_clinic_has_two_sites_five_staff_and_forty_patients(said):
    assert said == ["the clinics", "staff, with what they hold", "40 patients", "what happened since", "the diary"]
    assert (Clinic.objects.count(), User.objects.count(), Patient.objects.count()) == (2, 5, 40)
    assert not Event.objects.filter(at__date__gt=TODAY).exists()
    assert all(chain.broken is None for chain in verify(at=accounts.AT))


def test_who_came_has_paid_and_what_is_to_come_is_owed(said):
    came, coming = (
        [bills.of_appointment(one).balance for one in Appointment.objects.filter(state=state)]
        for state in ("attended", "booked")
    )
    assert {one.left for one in came} == {0}
    assert any(one.kept for one in came)
    assert any(one.left for one in coming)


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


def of_the_day(day: date) -> dict[str, list[Appointment]]:
    """Return a day's appointments by practitioner."""
    begins, ends = (datetime.combine(day, clock, LONDON) for clock in (time(0), time(23)))
    found: dict[str, list[Appointment]] = {}
    rows = Appointment.objects.filter(begins__gt=begins, begins__lt=ends).select_related("practitioner__user")
    for row in rows.order_by("begins"):
        found.setdefault(str(row.practitioner), []).append(row)
    return found


def test_todays_diary_is_full_and_looks_lived_in(said):
    day = of_the_day(TODAY)
    assert {name: len(rows) for name, rows in day.items()} == {"Amira Khan": 9, "Dana Reid": 7, "Tomasz Wolny": 6}
    states = Counter(row.state for rows in day.values() for row in rows)
    assert states == {"booked": 17, "arrived": 2, "attended": 1, "no-show": 1, "cancelled": 1}
    assert [row.practitioner_id for rows in day.values() for row in rows if row.overbooked]
    assert Appointment.objects.filter(changes__kind="moved").count() == 1
    around = Counter((row.begins.astimezone(LONDON).date() > TODAY) for row in Appointment.objects.all())
    assert min(around.values()) > 30, "three weeks back and six ahead"


def test_courses_the_waiting_list_and_a_visitor_wait_for_somebody(said):
    lead = User.objects.get(name="Amira Khan")
    at = datetime.combine(TODAY, time(12), LONDON)
    booked = AppointmentSeries.objects.get(sessions=4)
    assert booked.appointments.count() == 4
    assert [one.series.patient.given_names for one in late(lead, TODAY)] == ["Grace"]
    assert troubled(lead, at) == []
    assert WaitingEntry.objects.filter(ended_at=None).count() == 2
    assert WaitingOffer.objects.get().outcome == "open"
    assert Visitor.objects.get().patient is None
    assert Hold.objects.count() == 2, "one behind the offer, one of somebody who is choosing"
