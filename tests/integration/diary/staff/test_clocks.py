"""The desk by the clinic's clock: in another zone, in the nights of a change, and further ahead than it reaches."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from needlework.diary import operations
from needlework.diary.models import Appointment, DiaryRules
from tests.factories import accounts
from tests.integration.diary.staff.desk import AT, MONDAY, chosen, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "text", "sentence"),
    [
        (date(2027, 3, 28), "01:30", "The clocks go forward"),
        (MONDAY + timedelta(days=400), "10:00", "The diary can be booked until"),
    ],
)
def test_no_reason_makes_a_time_possible_that_never_comes_or_is_a_year_ahead(clinic, desk, day, text, sentence):
    client = accounts.signed_in_client(desk)
    url = chosen(clinic, text, patient=clinic.patient.pk, day=day)
    assert "Book it all the same" not in text_of(client.get(url))
    assert sentence in text_of(client.post(url, {"id": uuid4(), "overbooking_reason": "She is in pain"}))
    assert not Appointment.objects.exists()


def test_what_is_put_beside_another_in_the_night_of_a_clock_change_keeps_its_length(clinic, desk):
    clinic.consultation.minutes = 90
    clinic.consultation.save()
    url = chosen(clinic, "00:30", patient=clinic.patient.pk, day=date(2027, 3, 28))
    client = accounts.signed_in_client(desk)
    assert "00:30 to 03:00" in text_of(client.get(url))
    client.post(url, {"id": uuid4(), "overbooking_reason": "She flies at six"})
    made = Appointment.objects.get()
    assert made.ends - made.begins == timedelta(minutes=90)


def test_every_page_writes_times_by_the_clock_of_the_clinic(clinic, desk, coming):
    DiaryRules.objects.create(clinic=clinic.clinic, time_zone="Pacific/Auckland")
    entry = {"service": clinic.consultation, "patient": clinic.patient, "instead_of": coming}
    days = {"first_day": MONDAY, "last_day": MONDAY}
    operations.join_waiting(entry_id=uuid4(), **entry, **days, by=desk, at=AT)
    client = accounts.signed_in_client(desk)
    one = f"/diary/appointments/{coming.pk}/"
    for page in (one, f"{one}move/", f"{one}cancel/", f"{one}earlier/", f"/patients/{clinic.patient.pk}/appointments/"):
        assert "23:00" in text_of(client.get(page)), page
    assert "23 Nov 2026, 23:00" in text_of(client.get(reverse("waiting-list")))
