"""The pages of courses and of the waiting list, as they answer."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from django.utils import timezone

from needlework.diary import operations
from needlework.diary.models import Appointment, AppointmentSeries, State, WaitingEntry
from needlework.diary.queries.dates import read_slot
from needlework.diary.queries.proposals import Wishes
from tests.factories import accounts, diary, patients

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def clinic():
    return diary.clinic_with_diary()


@pytest.fixture
def browser(clinic):
    return accounts.signed_in_client(clinic.lead)


def described(clinic, **more):
    first = timezone.localdate() + DAY
    return {
        "id": str(uuid4()),
        "service": str(clinic.treatment.pk),
        "sessions": "3",
        "least_days": "28",
        "most_days": "42",
        "first_day_day": str(first.day),
        "first_day_month": str(first.month),
        "first_day_year": str(first.year),
    } | more


def chosen(response):
    return [date.slot.value for date in response.context["draft"].dates]


def new(browser, clinic, **data):
    return browser.post(f"/patients/{clinic.patient.pk}/courses/new/", data)


class TestPlanning:
    def test_dates_are_proposed_changed_and_booked_once(self, browser, clinic):
        sent = described(clinic)
        proposed = new(browser, clinic, **sent)
        first = chosen(proposed)
        assert len(first) == 3
        # another day of the second, another time of it: the third is proposed anew
        opened = new(browser, clinic, **sent, chosen=first, change="2|")
        day = opened.context["draft"].dates[1].choice.days[-1].day.isoformat()
        times = new(browser, clinic, **sent, chosen=first, day=f"2|{day}").context["draft"].dates[1].choice.times
        changed = chosen(new(browser, clinic, **sent, chosen=first, to=f"2|{times[-1].slot.value}"))
        assert (changed[0], changed[1]) == (first[0], times[-1].slot.value)
        days = [read_slot(value).begins.date() for value in changed]
        assert all(28 <= (later - sooner).days <= 42 for sooner, later in pairwise(days))
        # booked, and sent twice
        for _ in range(2):
            done = new(browser, clinic, **sent, chosen=changed, book="yes")
        series = AppointmentSeries.objects.get()
        assert done.url == f"/diary/courses/{series.pk}/"
        assert series.appointments.count() == 3

    def test_the_service_that_one_comes_from_is_filled_in(self, browser, clinic):
        clinic.treatment.course_price_pence, clinic.treatment.course_sessions = 48000, 6
        clinic.treatment.save()
        address = f"/patients/{clinic.patient.pk}/courses/new/?service="
        for service, sessions in ((clinic.treatment, 6), (clinic.consultation, None)):
            initial = browser.get(f"{address}{service.pk}").context["form"].initial
            assert (initial["service"], initial.get("sessions")) == (str(service.pk), sessions)
        assert "service" not in browser.get(f"{address}elsewhere").context["form"].initial

    def test_what_was_taken_meanwhile_is_said_and_planned_anew_from_there(self, browser, clinic):
        sent = described(clinic)
        dates = chosen(new(browser, clinic, **sent))
        second = read_slot(dates[1])
        operations.book_appointment(
            appointment_id=uuid4(),
            service=clinic.treatment,
            begins=second.begins,
            patient=patients.patient(clinic.clinic, given_names="Ann"),
            by=clinic.lead,
            at=timezone.now(),
        )
        answer = new(browser, clinic, **sent, chosen=dates, book="yes")
        assert "Session 2, on" in answer.context["problem"]
        assert chosen(answer)[0] == dates[0]
        assert chosen(answer)[1] != dates[1]
        assert not AppointmentSeries.objects.exists()

    def test_dates_that_make_no_sense_are_proposed_anew(self, browser, clinic):
        sent = described(clinic)
        dates = chosen(new(browser, clinic, **sent))
        for odd in (["x-1"] * 3, dates[:2], ["99999999999-1"] * 3, [f"{dates[0].split('-')[0]}-99999"] * 3):
            assert chosen(new(browser, clinic, **sent, chosen=odd)) == dates
        for button in ({"change": "9|"}, {"to": "2|nothing"}, {"day": "two|2026-01-01"}):
            assert chosen(new(browser, clinic, **sent, chosen=dates, **button)) == dates
        # dates swapped by hand are refused whole
        swapped = new(browser, clinic, **sent, chosen=dates[::-1], book="yes")
        assert "days apart" in swapped.context["problem"]

    def test_a_change_after_which_the_others_do_not_fit_keeps_the_dates(self, browser, clinic):
        last = timezone.localdate() + 60 * DAY
        until = {f"not_after_{part}": str(getattr(last, part)) for part in ("day", "month", "year")}
        sent = described(clinic, **until)
        dates = chosen(new(browser, clinic, **sent))
        opened = new(browser, clinic, **sent, chosen=dates, change="2|")
        day = opened.context["draft"].dates[1].choice.days[-1].day.isoformat()
        times = new(browser, clinic, **sent, chosen=dates, day=f"2|{day}").context["draft"].dates[1].choice.times
        kept = new(browser, clinic, **sent, chosen=dates, to=f"2|{times[0].slot.value}")
        assert chosen(kept) == dates
        assert kept.context["draft"].sentence

    def test_the_wishes_can_be_changed_and_what_contradicts_itself_gets_a_sentence(self, browser, clinic):
        sent = described(clinic, sessions="3")
        shown = new(browser, clinic, **sent, wishes="change")
        assert shown.status_code == 200
        assert 'value="28"' in shown.content.decode()
        past = timezone.localdate() - DAY
        block = {f"block_1_first_{part}": str(getattr(past, part)) for part in ("day", "month", "year")}
        wrong = {
            "sessions": "60",
            "least_days": "42",
            "most_days": "28",
            "earliest": "19:00",
            "latest": "9:00",
            "practitioner": str(clinic.ben.pk),
            "block_2_reason": "A trip",
            **block,
        }
        clinic.treatment.performers.remove(clinic.ben)
        answer = new(browser, clinic, **sent | wrong)
        said = {sentence for sentences in answer.context["form"].errors.values() for sentence in sentences}
        assert answer.status_code == 422
        assert said == {
            "Sessions: enter a whole number from 1 to 24",
            "The most days apart cannot be fewer than the least. Swap them, or check both",
            "Enter a time after the one before it",
            "Ben Okafor does not offer this. Choose somebody else, or leave it empty for anyone",
            "Enter the first of the days on which it must not be",
            "Enter why it must not be on these days",
        }

    def test_what_fits_nowhere_says_why(self, browser, clinic):
        answer = new(browser, clinic, **described(clinic, sessions="24", least_days="28", most_days="28"))
        assert chosen(answer) == []
        assert answer.context["draft"].sentence in answer.content.decode().replace("&#x27;", "'")


@pytest.fixture
def course(clinic):
    """A course of three on weekdays at ten, four weeks apart, the first a week or so ahead."""
    first = timezone.localdate() + 7 * DAY
    first -= timedelta(days=first.weekday() - 1)
    begins = datetime(first.year, first.month, first.day, 14, tzinfo=UTC)
    return operations.book_series(
        series_id=uuid4(),
        wishes=Wishes(service=clinic.consultation, sessions=2, least_days=1, most_days=9, first_day=first),
        chosen=[(begins, clinic.amira), (begins + 2 * DAY, clinic.amira)],
        patient=clinic.patient,
        by=clinic.lead,
        at=timezone.now(),
    )


class TestGoingOn:
    def test_the_next_is_booked_as_proposed_or_as_chosen(self, browser, clinic, course):
        two = course.appointments.get(number=2)
        operations.cancel_appointment(appointment=two, sequence=0, by=clinic.lead, at=timezone.now())
        where = f"/diary/courses/{course.pk}/next/"
        best = browser.get(where).context["draft"].dates[0].slot.value
        times = browser.get(where, {"day": ""}).context["choice"].times
        shown = browser.get(where, {"to": times[-1].slot.value})
        assert chosen(shown) == [times[-1].slot.value]
        # what cannot be booked is said on the page
        bad = browser.post(where, {"id": str(uuid4()), "slot": "1-1"})
        assert bad.status_code == 422
        assert browser.post(where, {"id": str(uuid4()), "slot": best}).url == f"/diary/courses/{course.pk}/"
        assert course.appointments.filter(state=State.BOOKED).count() == 2
        assert "All sessions of this course are booked." in browser.get(where).content.decode()

    def test_a_session_is_moved_with_those_after_it_or_alone(self, browser, clinic, course):
        one, two = course.appointments.order_by("number")
        where = f"/diary/appointments/{one.pk}/replan/"
        later = two.begins + DAY
        to = f"{int(later.timestamp()) // 60}-{clinic.amira.pk}"
        planned = browser.get(where, {"to": to}).context["planned"]
        assert [moved.appointment for moved in planned.followers] == [two]
        moves = [planned.own.value, *(moved.value for moved in planned.followers)]
        alone = browser.post(where, {"to": to, "move": moves, "alone": "yes"})
        assert "say why" in alone.content.decode()
        for odd in ([], ["x"], [*moves, moves[0]], [moves[0].replace("|0", "|x")]):
            assert "since you opened this page" in browser.post(where, {"to": to, "move": odd}).content.decode()
        assert browser.post(where, {"to": to, "move": moves}).url == f"/diary/courses/{course.pk}/"
        one.refresh_from_db()
        assert one.begins == later

    def test_a_time_that_was_picked_in_the_diary_is_understood(self, browser, clinic, course):
        one = course.appointments.get(number=1)
        asked = {"day": one.begins.date().isoformat(), "clock": "15:00", "practitioner": str(clinic.ben.pk)}
        planned = browser.get(f"/diary/appointments/{one.pk}/replan/", asked).context["planned"]
        assert (planned.own.practitioner, planned.followers) == ("Ben Okafor", ())

    def test_a_course_is_stopped_and_taken_up(self, browser, clinic, course):
        where = f"/diary/courses/{course.pk}/"
        assert browser.post(f"{where}end/", {"version": "7", "reason": "Moves"}).status_code == 422
        assert browser.post(f"{where}end/", {"version": "1", "reason": "Moves"}).url == where
        assert "This course was stopped" in browser.get(where).content.decode()
        assert browser.post(f"{where}resume/", {"version": "1"}).status_code == 422
        assert browser.post(f"{where}resume/", {"version": "2"}).url == where

    def test_what_is_to_be_moved_is_listed_and_moved(self, browser, clinic):
        alone = operations.book_appointment(
            appointment_id=uuid4(),
            service=clinic.consultation,
            begins=datetime.combine(
                timezone.localdate() + (8 - timezone.localdate().weekday()) * DAY, datetime.min.time(), UTC
            )
            + timedelta(hours=14),
            practitioner=clinic.ben,
            patient=clinic.patient,
            by=clinic.lead,
            at=timezone.now(),
        )
        clinic.consultation.performers.remove(clinic.ben)
        assert "Ben Okafor no longer offers Consultation." in browser.get("/diary/to-move/").content.decode()
        where = f"/diary/appointments/{alone.pk}/replan/"
        slot = browser.get(where).context["choice"].times[0].slot
        planned = browser.get(where, {"to": slot.value}).context["planned"]
        sent = {"to": slot.value, "move": [planned.own.value], "alone": "yes"}
        assert browser.post(where, sent).url == "/diary/to-move/"
        assert Appointment.objects.get().practitioner == clinic.amira
        assert "Nothing to move" in browser.get("/diary/to-move/").content.decode()


class TestWaiting:
    def test_somebody_is_put_on_the_list_and_taken_off(self, browser, clinic):
        where = f"/patients/{clinic.patient.pk}/waiting/new/"
        today = timezone.localdate()
        days = {
            f"{name}_{part}": str(getattr(day, part))
            for name, day in (("first_day", today), ("last_day", today + 9 * DAY))
            for part in ("day", "month", "year")
        }
        sent = {"service": str(clinic.consultation.pk), "weekdays": ["0", "4"], **days}
        assert browser.post(where, {"id": str(uuid4()), **sent}).url == "/diary/waiting/"
        assert (
            "on the waiting list for this already" in browser.post(where, {"id": str(uuid4()), **sent}).content.decode()
        )
        shown = browser.get("/diary/waiting/", {"q": "elli"}).content.decode()
        assert "Monday or Friday" in shown
        assert where in shown
        entry = WaitingEntry.objects.get()
        assert browser.post(f"/diary/waiting/{entry.pk}/leave/").url == "/diary/waiting/"
        assert "Nobody waits" in browser.get("/diary/waiting/", {"q": "nobody"}).content.decode()

    def test_days_that_make_no_sense_get_a_sentence(self, browser, clinic):
        clinic.consultation.performers.remove(clinic.ben)
        where = f"/patients/{clinic.patient.pk}/waiting/new/"
        today = timezone.localdate()

        def said(first, last):
            days = {
                f"{name}_{part}": str(getattr(day, part))
                for name, day in (("first_day", first), ("last_day", last))
                for part in ("day", "month", "year")
            }
            wanted = {"service": str(clinic.consultation.pk), "practitioner": str(clinic.ben.pk)}
            return browser.post(where, {"id": str(uuid4()), **wanted, **days}).context["form"].errors

        assert said(today, today - DAY)["last_day"] == ["Enter a last day from today on"]
        errors = said(today + 9 * DAY, today + DAY)
        assert errors["last_day"] == ["Enter a last day that is not before the first"]
        assert "does not offer this" in errors["practitioner"][0]

    def test_whoever_has_an_appointment_can_wait_for_an_earlier_one(self, browser, clinic, course):
        one = course.appointments.get(number=1)
        where = f"/diary/appointments/{one.pk}/earlier/"
        assert browser.post(where, {"id": str(uuid4())}).url == "/diary/waiting/"
        assert browser.post(where, {"id": str(uuid4())}).status_code == 422
        assert WaitingEntry.objects.get().instead_of == one
        assert "earlier than" in browser.get("/diary/waiting/").content.decode()
        assert "put on the waiting list" in browser.get(f"/diary/appointments/{one.pk}/").content.decode()
