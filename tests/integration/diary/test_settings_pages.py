"""The pages on which a lead sets the diary up, as the browser sends them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from needlework.accounts.models import Membership, Role
from needlework.diary import operations as diary_operations
from needlework.diary.models import Absence, ChangedDay, Closure, DiaryRules, Resource, Service, WorkingHours
from tests.factories import accounts, diary, patients
from tests.integration.diary.times import book, when

pytestmark = pytest.mark.django_db

SETTINGS = "/diary/settings/"


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: diary.AT)


@pytest.fixture
def clinic() -> diary.DiaryClinic:
    return diary.clinic_with_diary()


@pytest.fixture
def lead(clinic: diary.DiaryClinic) -> Client:
    return accounts.signed_in_client(clinic.lead)


def text(response: HttpResponse) -> str:
    """Return what a page says, as one line."""
    return " ".join(response.content.decode().split())


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def sent(client: Client, url: str, **answers: Any) -> HttpResponse:
    """Send a form and follow where it leads."""
    return client.post(url, {"id": str(uuid4()), **answers}, follow=True)


def soon(days: int = 7) -> date:
    return diary.AT.date() + timedelta(days=days)


def test_an_empty_clinic_is_led_from_services_to_hours():
    here = accounts.clinic()
    client = accounts.signed_in_client(patients.lead(here))
    home = client.get(SETTINGS, follow=True)
    assert home.redirect_chain == [(f"{SETTINGS}{here.pk}/", 302)]
    assert "Nobody is a practitioner at Linthorpe Road yet." in text(home)
    amira = accounts.member(Role.PRACTITIONER, at=here)
    page = text(client.get(f"{SETTINGS}{here.pk}/"))
    assert "There is no service yet." in page
    add = f"{SETTINGS}{here.pk}/services/add/"
    terms = {"version": 0, "name": "Peel", "minutes": 45, "price_pence": "90", "for_whom": "everybody"}
    terms |= {"performers": [str(amira.pk)], "room_type": "Treatment room"}
    assert "No service can be booked online yet." in text(sent(client, add, **terms))
    page = text(sent(client, add, **terms | {"name": "Facial", "online": "on", "consultation_first": "on"}))
    assert "Some services ask for a consultation first, and none can be booked." in page
    assert "Facial needs a room of the sort “treatment room”, and there is none." in page
    assert "Nobody who offers Facial has hours yet." in page
    thing = {"version": 0, "kind": "room", "name": "Room 1", "sort": "treatment room", "clean_down_minutes": 10}
    assert "and there is none" not in text(sent(client, f"{SETTINGS}{here.pk}/rooms-and-devices/add/", **thing))
    week = f"{SETTINGS}{here.pk}/people/{amira.pk}/week/"
    assert 'value="12:30"' in text(client.get(week)), "the usual hours are suggested"
    sent(client, week, **boxes("from_day", soon()), opens_0="9", closes_0="17:30")
    page = text(client.get(f"{SETTINGS}{here.pk}/"))
    assert "has hours yet" not in page
    Membership.objects.filter(user=amira).update(ended_at=diary.AT, ended_by=amira)
    assert "Nobody offers Facial yet." in text(client.get(f"{SETTINGS}{here.pk}/"))


def test_the_overview_says_who_works_when_and_what_is_closed(clinic, lead):
    day = soon()
    here = f"{SETTINGS}{clinic.clinic.pk}/"
    sent(lead, f"{here}people/{clinic.amira.user.pk}/absence/", **boxes("first_day", day), **boxes("last_day", day))
    page = text(lead.get(here))
    assert page.count("09:00–17:00") == 10
    assert f"away {day.day} {day:%b %Y}" in page
    assert "Christmas Day" in page
    assert "Before patients can book online" not in page
    assert "Microneedling, face" in page
    assert "£180.00" in page


def test_the_lead_of_two_clinics_chooses_one(clinic, lead):
    there = accounts.clinic("Marton")
    Membership.objects.create(user=clinic.lead, clinic=there, role=Role.LEAD, started_at=diary.AT)
    assert "Marton" in text(lead.get(SETTINGS))


def test_a_week_is_entered_and_shown_with_what_follows(clinic, lead):
    person = f"{SETTINGS}{clinic.clinic.pk}/people/{clinic.amira.user.pk}/"
    week = {"opens_0": "10", "closes_0": "16", "break_starts_0": "12", "break_ends_0": "12:30"}
    page = text(sent(lead, f"{person}week/", **boxes("from_day", soon()), **week))
    assert "The hours of Amira Khan are saved." in page
    assert f"From {soon().day} {soon():%B %Y}" in page
    assert "10:00–16:00" in page
    sent(lead, f"{person}week/", **boxes("from_day", soon(14)))
    sent(lead, f"{person}week/", **boxes("from_day", soon()))
    assert f"They end on {soon(6).day} {soon(6):%B %Y}." in text(lead.get(person))


@pytest.mark.parametrize(
    ("times", "sentence"),
    [
        ({"opens_0": "9"}, "Monday: enter both from when and to when, or neither"),
        ({"break_starts_0": "9"}, "Monday: enter both from when and to when, or neither"),
        ({"opens_0": "nine", "closes_0": "17"}, "Monday, from: enter the time like 14:05"),
        ({"opens_0": "17", "closes_0": "9"}, "Monday: the end lies before the beginning"),
    ],
)
def test_hours_that_cannot_be_are_told_on_the_page(clinic, lead, times, sentence):
    before = WorkingHours.objects.count()
    week = f"{SETTINGS}{clinic.clinic.pk}/people/{clinic.amira.user.pk}/week/"
    answer = sent(lead, week, **boxes("from_day", soon()), **times)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert WorkingHours.objects.count() == before


def test_a_day_is_changed_and_changed_back(clinic, lead):
    person = f"{SETTINGS}{clinic.clinic.pk}/people/{clinic.amira.user.pk}/"
    half = sent(lead, f"{person}day/", **boxes("day", soon()), opens="9")
    assert "Enter both when it begins and when it ends, or neither" in text(half)
    page = text(sent(lead, f"{person}day/", **boxes("day", soon()), opens="9", closes="12", reason="Training"))
    assert "09:00–12:00" in page
    assert "(Training)" in page
    sent(lead, f"{person}day/", **boxes("day", soon()))
    changed = ChangedDay.objects.get(withdrawn_at=None)
    back = f"{SETTINGS}{clinic.clinic.pk}/days/{changed.pk}/withdraw/"
    assert "The hours of the week of Amira Khan hold again on this day." in text(lead.get(back))
    assert "Every day follows the week." in text(sent(lead, back))


def test_an_absence_of_a_person_and_of_a_room_is_recorded_and_taken_back(clinic, lead):
    here = f"{SETTINGS}{clinic.clinic.pk}/"
    days = boxes("first_day", soon()) | boxes("last_day", soon(8))
    upside_down = boxes("first_day", soon(8)) | boxes("last_day", soon())
    person = f"{here}people/{clinic.amira.user.pk}/absence/"
    assert "The end lies before the beginning" in text(sent(lead, person, **upside_down))
    book(clinic, when(soon(), "10:00"))
    page = text(sent(lead, person, **days, reason="Holiday"))
    assert "1 appointment no longer fits working time" in page
    assert f"{soon().day} {soon():%b %Y} to {soon(8).day} {soon(8):%b %Y}: Holiday" in page
    room = f"{here}rooms-and-devices/{clinic.room.pk}/absence/"
    page = text(sent(lead, room, **days, starts="14", ends="11:30"))
    assert f"{soon().day} {soon():%b %Y}, 14:00 to {soon(8).day} {soon(8):%b %Y}, 11:30" in page
    sent(lead, room, **boxes("first_day", soon()), **boxes("last_day", soon()), starts="14", ends="15")
    assert f"{soon().day} {soon():%b %Y}, 14:00 to 15:00" in text(
        lead.get(f"{SETTINGS}rooms-and-devices/{clinic.room.pk}/")
    )
    for absence in Absence.objects.all():
        back = sent(lead, f"{here}absences/{absence.pk}/withdraw/")
        assert "The absence is taken back." in text(back)
    assert not Absence.objects.filter(withdrawn_at=None).exists()


def test_a_service_changes_and_ends(clinic, lead):
    url = f"{SETTINGS}services/{clinic.treatment.pk}/"
    assert "Here: treatment room. Leave empty if it needs none" in text(lead.get(url))
    terms = {"version": 1, "name": "Face", "minutes": 75, "price_pence": "200", "for_whom": "new"}
    terms |= {"performers": [str(clinic.ben.user.pk)]}
    wrong = text(sent(lead, url, **terms | {"price_pence": "a lot", "minutes": "540"}))
    assert "enter an amount like 45 or 45.50" in wrong
    assert "enter a whole number from 5 to 480" in wrong
    wrong = text(sent(lead, url, **terms | {"deposit_pence": "201"}))
    assert "The deposit is more than the price of £200.00" in wrong
    assert "Choose who offers it: at least one person" in text(sent(lead, url, **terms | {"performers": []}))
    assert "Face is changed." in text(sent(lead, url, **terms)).replace("Microneedling, face", "Face")
    assert "Somebody changed this service since" in text(sent(lead, url, **terms))
    assert "Face is no longer offered." in text(sent(lead, f"{url}end/"))
    assert Service.objects.get(pk=clinic.treatment.pk).price_pence == 20000
    assert lead.get(url).status_code == 404


def test_a_room_changes_and_is_taken_out_of_use(clinic, lead):
    url = f"{SETTINGS}rooms-and-devices/{clinic.room.pk}/"
    answers = {"version": 1, "name": "Garden room", "sort": "treatment room"}
    assert "in steps of 5" in text(sent(lead, url, **answers, clean_down_minutes=7))
    sent(lead, url, **answers, clean_down_minutes=15)
    assert Resource.objects.get(pk=clinic.room.pk).name == "Garden room"
    assert "Garden room is no longer in use." in text(sent(lead, f"{url}end/"))
    assert lead.get(url).status_code == 404


def test_a_clinic_closes_and_opens_on_a_bank_holiday(clinic, lead):
    here = f"{SETTINGS}{clinic.clinic.pk}/"
    assert "is open on that day" in text(sent(lead, f"{here}bank-holidays/2026-12-25/"))
    opened = Closure.objects.get(is_open=True)
    assert "Close on this bank holiday again?" in text(lead.get(f"{SETTINGS}closures/{opened.pk}/withdraw/"))
    assert "Taken back." in text(sent(lead, f"{SETTINGS}closures/{opened.pk}/withdraw/"))
    assert lead.get(f"{here}bank-holidays/some-day/").status_code == 404
    days = boxes("first_day", soon()) | boxes("last_day", soon(8))
    assert "New floor" in text(sent(lead, f"{here}closures/add/", **days, reason="New floor"))
    closed = Closure.objects.get(is_open=False)
    assert "Take this closure back?" in text(lead.get(f"{SETTINGS}closures/{closed.pk}/withdraw/"))


def test_the_rules_are_changed_and_a_wrong_zone_is_told(clinic, lead):
    url = f"{SETTINGS}{clinic.clinic.pk}/rules/"
    rules = {"version": 1, "grid_minutes": 30, "notice_hours": 24, "horizon_days": 90, "cancel_hours": 48}
    rules |= {"hold_minutes": 10, "offer_minutes": 90, "first_reminder_hours": 0, "second_reminder_hours": 0}
    rules |= {"time_zone": "Europe/London", "open_on_bank_holidays": "on"}
    wrong = text(sent(lead, url, **rules | {"time_zone": "Europe/Lodnon"}))
    assert "There is no time zone “Europe/Lodnon”. Enter one like Europe/London" in wrong
    page = text(sent(lead, url, **rules))
    assert "every 30 minutes" in page
    assert "an offer stands for 90 minutes" in page
    assert "show names" in page
    assert DiaryRules.objects.get().open_on_bank_holidays


def test_appointments_outside_working_time_are_counted_with_a_way_to_them(clinic, lead):
    diary_operations.book_appointment(
        appointment_id=uuid4(),
        service=clinic.consultation,
        begins=datetime(2026, 11, 24, 10, tzinfo=UTC),
        practitioner=clinic.amira,
        patient=clinic.patient,
        by=clinic.lead,
        at=diary.AT,
    )
    week = f"{SETTINGS}{clinic.clinic.pk}/people/{clinic.amira.user.pk}/week/"
    assert "to be moved" not in text(lead.get(f"{SETTINGS}{clinic.clinic.pk}/"))
    sent(lead, week, **boxes("from_day", diary.MONDAY))
    page = text(lead.get(f"{SETTINGS}{clinic.clinic.pk}/"))
    assert "1 appointment no longer fits working time." in page
    assert 'href="/diary/to-move/"' in page
