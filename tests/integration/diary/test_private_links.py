"""An appointment by its private link: seen, moved, cancelled; and links that lead nowhere any more."""

from uuid import uuid4

import pytest
from django.urls import reverse

from needlework.diary import operations
from needlework.diary.models import Appointment, State
from needlework.diary.tokens import token_of
from tests.factories import diary
from tests.visiting import DAY, HOUR, TUESDAY, book, clinic, clock, press, text, times

pytestmark = pytest.mark.django_db
__all__ = ["clinic", "clock", "times"]


def test_a_private_link_that_is_wrong_or_old_says_what_to_do(client, clock, clinic, times):
    private = book(client, times)
    token = private.split("/")[3]
    clock.at += 33 * DAY
    for address in (private, private.replace(token, token[:-1] + "x"), "/book/offer/x/"):
        for ending in ("", "move/", "cancel/") if "/a/" in address else ("",):
            gone = client.get(address + ending)
            assert gone.status_code == 410
            assert "call the clinic" in text(gone)


def test_an_appointment_moves_by_its_link_and_keeps_its_time_until_then(client, clinic, times):
    private = book(client, times)
    moving = text(client.get(f"{private}move/"))
    assert "stays there until you press another time" in moving
    # its own day is shown first, without the time that it has
    assert "Tuesday 24 November UK time (GMT) Morning 09:00 09:15 09:30 09:45 10:15" in moving
    # a time that is not offered changes nothing
    refused = press(client, f"{private}move/", TUESDAY - 5 * HOUR, sequence=0)
    assert refused.status_code == 422
    assert Appointment.objects.get().begins == TUESDAY
    assert client.get(f"{private}move/?day=2026-11-25").status_code == 200
    # one press moves it; the page that was open meanwhile is told
    assert press(client, f"{private}move/?day=2026-11-24", TUESDAY + HOUR, sequence=0)["Location"] == private
    assert Appointment.objects.get().begins == TUESDAY + HOUR
    stale = press(client, f"{private}move/", TUESDAY, sequence=0)
    assert "since you opened this page" in text(stale)
    assert 'name="sequence" value="1"' in stale.content.decode()
    assert Appointment.objects.get().begins == TUESDAY + HOUR


def test_an_appointment_is_cancelled_by_its_link(client, clinic, times):
    private = book(client, times)
    assert "Cancel this appointment?" in text(client.get(f"{private}cancel/"))
    stale = client.post(f"{private}cancel/", {"sequence": 7}, follow=True)
    assert "since you opened this page" in text(stale)
    assert 'name="sequence" value="0"' in stale.content.decode()
    assert client.post(f"{private}cancel/", {"sequence": "x"}).status_code == 422
    first, second = (client.post(f"{private}cancel/", {"sequence": 0}) for _ in range(2))
    assert first["Location"] == second["Location"] == private
    assert Appointment.objects.get().state == State.CANCELLED
    cancelled = text(client.get(private))
    assert "This appointment is cancelled" in cancelled
    assert "Book another time" in cancelled
    assert "There is nothing to change" in text(client.get(f"{private}move/"))


def test_too_late_is_told_with_the_number_to_call(client, clock, clinic, times):
    clinic.clinic.phone = "+441632960112"
    clinic.clinic.save()
    private = book(client, times)
    clock.at = TUESDAY - 23 * HOUR
    for ending in ("move/", "cancel/"):
        page = text(client.get(private + ending))
        assert "Call us on 01632 960112" in page
    assert press(client, f"{private}move/", TUESDAY + DAY, sequence=0).status_code == 200
    assert "It is too late to move or cancel it here" in text(client.get(private))
    assert Appointment.objects.get().begins == TUESDAY


def test_a_patients_appointment_has_a_private_link_too(client, clinic):
    appointment = operations.book_appointment(
        appointment_id=uuid4(),
        service=clinic.consultation,
        begins=TUESDAY,
        patient=clinic.patient,
        by=clinic.lead,
        at=diary.AT,
    )
    private = reverse("appointment-private", args=[token_of("appointment", appointment.pk)])
    client.post(f"{private}cancel/", {"sequence": 0})
    appointment.refresh_from_db()
    assert appointment.state == State.CANCELLED
    assert appointment.changes.get(kind=State.CANCELLED).recorded_by_id == clinic.patient.pk


def test_an_appointment_that_staff_cancelled_shows_so(client, clinic, times):
    private = book(client, times)
    appointment = Appointment.objects.get()
    operations.cancel_appointment(appointment=appointment, sequence=0, reason="Ill", by=clinic.lead, at=diary.AT)
    assert "This appointment is cancelled" in text(client.get(private))
    assert client.get(f"{private}cancel/")["Location"] == private
