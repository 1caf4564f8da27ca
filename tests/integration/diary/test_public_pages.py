"""The public pages up to a time: clinics, services, days, and every time that is not offered."""

from datetime import UTC, datetime, time

import pytest
from django.urls import reverse

from needlework.diary.minutes import minute_of
from needlework.diary.models import DiaryRules, ForWhom, Hold
from tests.factories import accounts, diary
from tests.visiting import TUESDAY, book, clinic, clock, press, problem, text, times

pytestmark = pytest.mark.django_db
__all__ = ["clinic", "clock", "times"]
NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        (-4 * 24 * 60, "This time has passed. Choose a later one."),
        (7, "Appointments begin every 15 minutes, and none at 10:07. Choose 10:00 or 10:15."),
        (-4 * 60, "06:00 is outside the hours of Tuesday 24 November 2026"),
        (400 * 24 * 60, "The diary can be booked until Friday 21 May 2027. Choose an earlier day."),
        (2**31 - 2**25, "The diary can be booked until"),
    ],
    ids=["in the past", "off the grid", "outside hours", "400 days ahead", "4000 years ahead"],
)
def test_a_time_that_is_not_offered_is_kept_for_nobody(client, clinic, times, minutes, sentence):
    answer = client.post(times, {"begins": minute_of(TUESDAY) + minutes})
    assert answer.status_code == 422
    assert sentence in problem(answer)
    assert not Hold.objects.exists()


def test_the_missing_hour_is_kept_for_nobody(client, clinic, times):
    for person in (clinic.amira, clinic.ben):
        diary.week(person, clinic.clinic, [6], opens=time(0), closes=time(6), break_starts=None, break_ends=None)
    spring = f"{times}?day=2027-03-28"
    assert "00:45 02:00" in text(client.get(spring))
    assert "02:00" not in text(client.get(spring)).replace("02:00", "", 1)


@pytest.mark.parametrize("begins", ["", "soon", "-1", "9" * 40])
def test_what_is_no_time_gets_a_sentence(client, clinic, times, begins):
    answer = client.post(times, {"begins": begins})
    assert answer.status_code == 422
    assert "Choose one of the times" in text(answer)


@pytest.mark.parametrize("query", ["day=soon", "day=0001-01-01", "day=9999-12-31", "first=x&person=x", "person=99999"])
def test_an_address_that_makes_no_sense_shows_what_is_free(client, clinic, times, query):
    assert client.get(f"{times}?{query}").status_code == 200


def test_the_days_lead_on_to_the_next_that_has_times(client, clinic, times):
    # a Sunday has none, and says when the next is
    sunday = text(client.get(f"{times}?day=2026-11-29"))
    assert "Nothing free on Sunday 29 November" in sunday
    assert "Next free: Monday 30 November" in sunday
    assert "waiting list" in sunday
    # one practitioner's times are theirs alone, and the clock is named
    page = text(client.get(f"{times}?day=2026-11-24&person={clinic.ben.pk}"))
    assert "UK time (GMT)" in page
    press(client, f"{times}?person={clinic.ben.pk}")
    assert Hold.objects.get().practitioner == clinic.ben


def test_a_clinic_without_free_times_says_so_and_offers_the_list(client, clinic, times):
    for person in (clinic.amira, clinic.ben):
        person.hours.all().delete()
    DiaryRules.objects.create(clinic=clinic.clinic, horizon_days=5)
    page = client.get(times)
    assert "Nothing free just now" in text(page)
    assert reverse("book-wait", args=[clinic.consultation.pk]) in page.content.decode()


def test_times_far_ahead_are_found_by_themselves(client, clinic, times):
    for person in (clinic.amira, clinic.ben):
        person.hours.update(from_day=datetime(2027, 2, 1, tzinfo=UTC).date())
    page = text(client.get(times))
    assert "Monday 1 February" in page
    # and without any in the weeks that were asked for, the way there is shown
    assert "Next free: Monday 1 February" in text(client.get(f"{times}?first=2026-12-07"))


def test_a_clinic_elsewhere_keeps_its_own_clock(client, clinic, times):
    DiaryRules.objects.create(clinic=clinic.clinic, time_zone="Europe/Paris")
    page = text(client.get(f"{times}?day=2026-11-24"))
    assert "Europe/Paris (CET)" in page
    private = book(client, times, datetime(2026, 11, 24, 8, 0, tzinfo=UTC))
    assert "Tuesday 24 November, 09:00" in text(client.get(private))


def test_services_are_chosen_first_and_clinics_where_there_are_several(client, clinic):
    clinic.treatment.consultation_first = True
    clinic.treatment.deposit_pence = 5000
    clinic.treatment.save()
    page = text(client.get("/book/"))
    assert "Starts with a consultation" in page
    assert "£180.00 60 minutes £50.00 deposit" in page
    other = diary.clinic_with_diary("Marton", suffix=" of Marton")
    assert "Which clinic is best for you?" in text(client.get("/book/"))
    assert client.get(reverse("book-services", args=[other.clinic.pk])).status_code == 200


def test_without_services_nothing_can_be_booked_and_the_first_page_says_nothing_of_it(client, clock):
    bare = accounts.clinic()
    assert "Nothing can be booked here yet" in text(client.get("/book/"))
    assert "Book an appointment" not in text(client.get("/"))
    assert client.get(reverse("book-services", args=[bare.pk])).status_code == 404


def test_the_first_page_leads_to_it(client, clinic):
    assert 'href="/book/"' in client.get("/").content.decode()


@pytest.mark.parametrize("name", ["book-times", "book-services", "book-wait"])
def test_what_does_not_exist_leads_to_what_can_be_booked(client, clinic, name):
    answer = client.get(reverse(name, args=[NOWHERE]))
    assert answer.status_code == 404
    assert "Nothing was booked. Choose from what it offers now." in text(answer)
    assert 'href="/book/"' in answer.content.decode()


def test_a_service_that_ended_or_is_not_online_is_missing(client, clinic, times):
    type(clinic.consultation).objects.filter(pk=clinic.consultation.pk).update(online=False)
    assert client.get(times).status_code == 404


@pytest.mark.parametrize(
    ("column", "why"),
    [
        ({"consultation_first": True}, "This treatment starts with a consultation"),
        ({"for_whom": ForWhom.RETURNING}, "This is for patients who have been here before"),
    ],
)
def test_a_treatment_that_needs_more_leads_to_the_consultation(client, clinic, column, why):
    type(clinic.treatment).objects.filter(pk=clinic.treatment.pk).update(**column)
    address = reverse("book-times", args=[clinic.treatment.pk])
    page = client.get(address)
    assert why in text(page)
    assert reverse("book-times", args=[clinic.consultation.pk]) in page.content.decode()
    assert press(client, address).status_code == 200
    assert not Hold.objects.exists()
    assert client.get(reverse("book-wait", args=[clinic.treatment.pk])).status_code == 302


def test_where_only_one_does_it_nobody_is_asked_with_whom(client, clinic, times):
    assert "Anyone" in text(client.get(times))
    clinic.consultation.performers.remove(clinic.ben)
    assert "Anyone" not in text(client.get(times))
