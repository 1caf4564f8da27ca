"""What the desk is told when something cannot be, and what an appointment's page says of those who changed it."""

from uuid import uuid4

import pytest

from needlework.audit.record import SYSTEM
from needlework.diary import operations
from needlework.diary.actors import VisitorActor
from needlework.diary.models import Appointment, AppointmentSeries, State
from tests.factories import accounts, patients
from tests.integration.diary.staff.desk import AT, MONDAY, NEW, chosen, clock, text_of

pytestmark = pytest.mark.django_db


def test_a_session_of_a_course_is_moved_where_the_others_follow(clinic, desk, coming):
    common = {"clinic": clinic.clinic, "patient": clinic.patient, "service": clinic.consultation}
    series = AppointmentSeries.objects.create(
        **common, sessions=3, least_days=28, most_days=42, wishes={}, booked_at=AT, booked_by_kind="system"
    )
    Appointment.objects.filter(pk=coming.pk).update(series=series, number=1)
    client = accounts.signed_in_client(desk)
    answer = client.get(f"/diary/appointments/{coming.pk}/move/?day={MONDAY}&clock=14:00")
    assert answer.url == f"/diary/appointments/{coming.pk}/replan/?day={MONDAY}&clock=14%3A00"
    assert client.get(f"/diary/appointments/{coming.pk}/move/").url.endswith("/replan/")
    page = text_of(client.get(f"/diary/appointments/{coming.pk}/"))
    assert "session 1 of 3" in page
    assert "session 1 of 3" in text_of(client.get(f"/diary/?day={MONDAY}"))


def test_what_somebody_else_changed_first_is_not_changed_again(desk, coming):
    client = accounts.signed_in_client(desk)
    url = f"/diary/appointments/{coming.pk}/cancel/"
    assert "Cancel this appointment?" in text_of(client.get(url))
    stale = client.post(url, {"sequence": 7})
    assert stale.status_code == 422
    assert "Somebody changed this appointment" in text_of(stale)
    coming.refresh_from_db()
    assert coming.state == State.BOOKED


def test_nobody_is_booked_into_two_places_with_any_reason(clinic, desk, coming):
    client = accounts.signed_in_client(desk)
    url = chosen(clinic, patient=clinic.patient.pk, practitioner=clinic.ben.pk)
    answer = client.post(url, {"id": uuid4(), "overbooking_reason": "She insists"})
    assert "There is another appointment of the same person at this time" in text_of(answer)
    assert Appointment.objects.count() == 1


def test_a_match_that_cannot_be_says_why(clinic, desk, coming, book):
    visit = book("10:00", practitioner=clinic.ben, patient=NEW)
    client = accounts.signed_in_client(desk)
    answer = client.post(f"/diary/appointments/{visit.pk}/match/", {"patient": clinic.patient.pk})
    assert "There is another appointment of the same person" in text_of(answer)
    patients.patient(external_number="7")
    typed = {"id": uuid4(), "clinic": clinic.clinic.pk, "given_names": "Mo", "family_name": "Idris"}
    typed |= {"date_of_birth_day": "10", "date_of_birth_month": "12", "date_of_birth_year": "1985"}
    answer = client.post(f"/diary/appointments/{visit.pk}/register/", typed | {"external_number": "7"})
    assert "Another patient of this clinic has this number" in text_of(answer)
    visit.refresh_from_db()
    assert visit.patient is None


def test_the_history_names_whoever_changed_something(clinic, desk, coming, book):
    moved = operations.move_appointment(
        appointment=coming, begins=clock("15:00"), sequence=0, online=True, by=clinic.patient, at=AT
    )
    operations.cancel_appointment(appointment=moved, sequence=1, by=SYSTEM, at=AT)
    visit = book("11:00", patient=NEW)
    operations.move_appointment(
        appointment=visit, begins=clock("16:00"), sequence=0, by=VisitorActor(visit.visitor.pk), at=AT
    )
    client = accounts.signed_in_client(desk)
    page = text_of(client.get(f"/diary/appointments/{coming.pk}/"))
    assert "Jo Ellison, the patient" in page
    assert "The program" in page
    assert "Mo Idris, online" in text_of(client.get(f"/diary/appointments/{visit.pk}/"))


def test_the_page_of_a_day_says_what_stands_in_it(clinic, desk, coming, book):
    book("10:15", patient=NEW, overbooking_reason="She is in pain")
    operations.hold_slot(
        service=clinic.consultation, begins=clock("14:00"), practitioner=clinic.amira, browser_key="b", by=desk, at=AT
    )
    client = accounts.signed_in_client(desk)
    page = text_of(client.get(f"/diary/?day={MONDAY}"))
    for words in ("overbooked", "not a patient yet", "being booked until 09:10", "Consultation"):
        assert words in page
    assert f"clock=09:00&practitioner={clinic.ben.pk}" in text_of(
        client.get(f"/diary/?day={MONDAY}&service={clinic.consultation.pk}")
    )
