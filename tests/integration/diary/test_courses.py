"""A course: booked whole or not at all, its next session, and an end."""

from datetime import date, time
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from needlework.accounts.models import Role
from needlework.audit.models import Event
from needlework.diary import operations
from needlework.diary.models import (
    Appointment,
    AppointmentSeries,
)
from needlework.diary.problems import NotDoneError, StaleError
from needlework.diary.queries import series as query
from needlework.diary.queries.availability import Asking
from needlework.diary.queries.proposals import proposals
from needlework.diary.queries.replanning import next_session
from needlework.diary.series import NotInTurnError
from needlework.diary.slots.limits import Block
from needlework.messages.models import Message
from tests.factories import accounts, diary, patients
from tests.factories.courses import AT, DAY, FIRST, HOUR, book, dates, slots, wishes

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return diary.clinic_with_diary()


class TestBooking:
    def test_books_every_session_once_with_one_event_and_its_wishes(self, clinic):
        one = uuid4()
        wished = wishes(clinic, weekdays=frozenset({1}), from_time=time(9), practitioner=clinic.amira)
        blocks = [Block(date(2026, 12, 1), date(2026, 12, 2), "A holiday")]
        for _ in range(2):
            series = book(clinic, 0, 28, 56, wished=wished, series_id=one, blocks=blocks)
        assert dates(series) == [FIRST, FIRST + 28 * DAY, FIRST + 56 * DAY]
        assert series.wishes == {
            "first_day": "2026-11-24",
            "weekdays": [1],
            "from_time": "09:00:00",
            "until_time": None,
            "blocks": [["2026-12-01", "2026-12-02", "A holiday"]],
        }
        assert Event.objects.filter(verb="series-booked", patient_id=clinic.patient.pk).count() == 1
        assert Message.objects.filter(kind="course-booked").count() == 1
        assert not Message.objects.filter(kind="appointment-booked").exists()
        course = query.course_for(clinic.lead, one)
        assert (course.next_number, course.missing, course.standing) == (None, 0, "0 done, 3 to come.")
        assert [line.number for line in course.lines] == [1, 2, 3]

    def test_books_nothing_when_one_slot_is_taken_in_between(self, clinic):
        found = proposals(wishes(clinic), Asking(online=False, patient=clinic.patient), AT)
        other = patients.patient(clinic.clinic, given_names="Ann")
        taken = found.chosen[1]
        operations.book_appointment(
            appointment_id=uuid4(),
            service=clinic.treatment,
            begins=taken.begins,
            practitioner=clinic.amira,
            patient=other,
            by=clinic.lead,
            at=AT,
        )
        with pytest.raises(NotInTurnError, match=r"Session 2, on .* could not be booked: .*taken") as refused:
            operations.book_series(
                series_id=uuid4(),
                wishes=wishes(clinic),
                chosen=[(one.begins, clinic.amira) for one in found.chosen],
                patient=clinic.patient,
                by=clinic.lead,
                at=AT,
            )
        assert (refused.value.number, refused.value.taken) == (2, True)
        assert not AppointmentSeries.objects.exists()
        assert Appointment.objects.get().patient == other
        assert not Event.objects.filter(verb="series-booked").exists()

    @pytest.mark.parametrize(
        ("changes", "days", "sentence"),
        [
            ({"sessions": 0}, (), "1 to 24 sessions"),
            ({"sessions": 60}, (0,) * 60, "1 to 24 sessions"),
            ({"least_days": 42, "most_days": 28}, (0, 28, 56), "upside down"),
            ({}, (0, 28), "needs as many dates, and these are 2"),
            ({}, (0, 27, 56), "Sessions 1 and 2 would be 27 days apart, and the course asks for 28 to 42"),
            ({}, (0, 28, 77), "Sessions 2 and 3 would be 49 days apart"),
            ({"not_after": FIRST + 50 * DAY}, (0, 28, 56), "would come after"),
            ({}, (0, 28, 63), "is blocked: A trip"),
            ({"sessions": 1}, (-14,), "Session 1, on .* could not be booked: .*passed"),
            ({"sessions": 1}, (400,), "could not be booked: The diary can be booked until"),
        ],
    )
    def test_refuses_what_makes_no_sense(self, clinic, changes, days, sentence):
        blocks = [Block(FIRST + 60 * DAY, FIRST + 64 * DAY, "A trip")]
        with pytest.raises(NotDoneError, match=sentence):
            book(clinic, *days, wished=wishes(clinic, **changes), blocks=blocks)
        assert not Appointment.objects.exists()

    def test_is_for_those_who_may_book_at_the_clinic(self, clinic):
        with pytest.raises(PermissionDenied):
            book(clinic, 0, 28, by=accounts.member(Role.AUDITOR, name="Tess Moor"))
        stranger = accounts.member(Role.PRACTITIONER, at=accounts.clinic("Marton"), name="Mo Stranger")
        series = book(clinic, 0, 28)
        with pytest.raises(Http404):
            query.course_for(stranger, series.pk)

    def test_has_the_price_of_the_course_where_the_service_has_one_for_so_many(self, clinic):
        clinic.treatment.course_price_pence, clinic.treatment.course_sessions = 45000, 3
        clinic.treatment.save()
        assert book(clinic, 0, 28, 56).price_pence == 45000
        assert book(clinic, 1, 29, patient=patients.patient(clinic.clinic, given_names="Ann")).price_pence == 0


class TestTheNext:
    def test_is_proposed_within_the_interval_and_booked(self, clinic):
        series = book(clinic, 0, 28, 56)
        third = series.appointments.get(number=3)
        operations.cancel_appointment(appointment=third, sequence=0, by=clinic.lead, at=AT)
        course = query.course_for(clinic.lead, series.pk)
        (best,) = next_session(course, AT).chosen
        assert (best.number, best.day) == (3, FIRST + 56 * DAY)
        one = uuid4()
        for _ in range(2):
            added = operations.add_to_series(
                series=series, appointment_id=one, begins=best.begins, by=clinic.lead, at=AT
            )
        assert (added.pk, added.number) == (one, 3)
        course = query.course_for(clinic.lead, series.pk)
        assert next_session(course, AT).sentence == "All sessions of this course are booked."
        with pytest.raises(NotDoneError, match="All sessions of this course are booked"):
            operations.add_to_series(series=series, appointment_id=uuid4(), begins=best.begins, by=clinic.lead, at=AT)

    def test_keeps_the_interval_to_both_sides_and_off_the_course(self, clinic):
        series = book(clinic, 0, 28, 56)
        operations.cancel_appointment(appointment=series.appointments.get(number=2), sequence=0, by=clinic.lead, at=AT)
        course = query.course_for(clinic.lead, series.pk)
        assert (course.next_number, course.window(2).first, course.window(2).last) == (
            2,
            FIRST + 28 * DAY,
            FIRST + 28 * DAY,
        )
        with pytest.raises(NotDoneError, match=r"28 to 42 days apart.* does not fit"):
            ((begins, _),) = slots(clinic, 29)
            operations.add_to_series(series=series, appointment_id=uuid4(), begins=begins, by=clinic.lead, at=AT)

    def test_is_as_early_as_can_be_once_the_interval_is_past(self, clinic):
        series = book(clinic, 0, 28, wished=None)
        AppointmentSeries.objects.filter(pk=series.pk).update(sessions=3)
        course = query.course_for(clinic.lead, series.pk)
        late = AT + 120 * DAY
        (best,) = next_session(course, late).chosen
        assert late.date() <= best.day <= late.date() + 7 * DAY
        operations.add_to_series(series=series, appointment_id=uuid4(), begins=best.begins, by=clinic.lead, at=late)

    def test_is_not_booked_where_the_course_was_stopped(self, clinic):
        series = book(clinic, 0, 28, 56)
        stopped = operations.end_series(
            series=series, version=1, cancels=True, reason="Moved away", by=clinic.lead, at=AT + 2 * DAY + HOUR
        )
        assert [one.state for one in series.appointments.order_by("number")] == ["booked", "cancelled", "cancelled"]
        with pytest.raises(NotDoneError, match="was stopped"):
            ((begins, _),) = slots(clinic, 28)
            operations.add_to_series(series=series, appointment_id=uuid4(), begins=begins, by=clinic.lead, at=AT)
        with pytest.raises(StaleError):
            operations.resume_series(series=series, version=1, by=clinic.lead, at=AT)
        with pytest.raises(NotDoneError, match="was stopped"):
            operations.end_series(series=series, version=2, cancels=False, reason="", by=clinic.lead, at=AT)
        resumed = operations.resume_series(series=stopped, version=2, by=clinic.lead, at=AT)
        assert resumed.ended_at is None
        with pytest.raises(NotDoneError, match="goes on already"):
            operations.resume_series(series=resumed, version=3, by=clinic.lead, at=AT)


@pytest.mark.parametrize(
    "change",
    [
        {"sessions": 0},
        {"sessions": 25},
        {"least_days": 0},
        {"least_days": 43},
        {"most_days": 367},
        {"ended_at": AT},
    ],
)
def test_the_database_refuses_a_course_that_makes_no_sense(clinic, change):
    series = book(clinic, 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        AppointmentSeries.objects.filter(pk=series.pk).update(**change)
