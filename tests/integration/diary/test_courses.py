"""A course: booked whole or not at all, moved with what follows, late, stopped, and what of it no longer stands."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from needlework.accounts.models import Role
from needlework.audit.models import Event
from needlework.diary import courses, operations
from needlework.diary.models import (
    Absence,
    Appointment,
    AppointmentSeries,
    Closure,
    Performer,
    State,
    WorkingHours,
)
from needlework.diary.problems import NotDoneError, StaleError
from needlework.diary.queries import series as query
from needlework.diary.queries.availability import Asking
from needlework.diary.queries.proposals import Wishes, proposals
from needlework.diary.queries.replanning import next_session, replan
from needlework.diary.queries.series import Why
from needlework.diary.queries.troubled import troubled
from needlework.diary.series import Move, NotInTurnError
from needlework.diary.slots.limits import Block
from needlework.messages.models import Message
from needlework.work.kinds import Task
from tests.factories import accounts, diary, patients

pytestmark = pytest.mark.django_db
AT = diary.AT
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FIRST = date(2026, 11, 24)


@pytest.fixture
def clinic():
    return diary.clinic_with_diary()


def wishes(clinic, **more):
    own = {"service": clinic.treatment, "sessions": 3, "least_days": 28, "most_days": 42, "first_day": FIRST}
    return Wishes(**own | more)


def slots(clinic, *days, hour=10, who=None):
    """Ten o'clock on days after the first, with somebody."""
    return [(datetime(2026, 11, 24, hour, tzinfo=UTC) + day * DAY, who or clinic.amira) for day in days]


def book(clinic, *days, wished=None, series_id=None, **more):
    return operations.book_series(
        series_id=series_id or uuid4(),
        wishes=wished or wishes(clinic, sessions=len(days)),
        chosen=slots(clinic, *days),
        **{"patient": clinic.patient, "by": clinic.lead, "at": AT} | more,
    )


def dates(series):
    return [one.begins.date() for one in series.appointments.order_by("number").exclude(state=State.CANCELLED)]


def attend(appointment, *states):
    """Bring an appointment to a state, by those between; without any, the patient came."""
    for state in states or (State.ARRIVED, State.ATTENDED):
        Appointment.objects.filter(pk=appointment.pk).update(state=state)


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


class TestMoving:
    def move(self, clinic, *moves, reason="", at=AT):
        asked = [Move(one, begins, None, one.sequence) for one, begins in moves]
        return operations.move_in_series(moves=asked, reason=reason, by=clinic.lead, at=at)

    def numbered(self, series):
        return list(series.appointments.order_by("number"))

    def test_one_proposes_those_after_it_anew_and_moves_all_together(self, clinic):
        series = book(clinic, 0, 28, 56, 98)
        _, two, three, _ = self.numbered(series)
        course = query.course_of(two)
        begins = two.begins + 14 * DAY
        plan = replan(course, two, begins, clinic.amira, AT)
        assert [shift.appointment for shift in plan.shifts] == [three]
        self.move(clinic, (two, begins), *((shift.appointment, shift.chosen.begins) for shift in plan.shifts))
        assert dates(series) == [FIRST + days * DAY for days in (0, 42, 70, 98)]
        assert Message.objects.filter(kind="course-changed").count() == 1

    @pytest.mark.parametrize("days", [-14, -8, 3, 8, 15, 41])
    def test_whatever_is_proposed_after_a_move_keeps_the_interval(self, clinic, days):
        series = book(clinic, 28, 56, 86, 128, 156)
        one = self.numbered(series)[0]
        begins = one.begins + days * DAY
        course = query.course_of(one)
        plan = replan(course, one, begins, clinic.ben, AT)
        then = {each.number: course.day(each) for each in course.live.values()}
        then |= {1: begins.date()} | {shift.chosen.number: shift.chosen.day for shift in plan.shifts}
        assert list(then) == [1, 2, 3, 4, 5]
        assert all(28 <= (later - sooner).days <= 42 for sooner, later in pairwise(then.values()))

    def test_one_that_still_fits_moves_nobody_else(self, clinic):
        series = book(clinic, 0, 28, 63)
        two = self.numbered(series)[1]
        assert replan(query.course_of(two), two, two.begins + 7 * DAY, clinic.amira, AT).shifts == ()
        assert [one.begins.date() for one in self.move(clinic, (two, two.begins + 7 * DAY))] == [FIRST + 35 * DAY]

    def test_one_alone_needs_a_reason_where_the_interval_breaks(self, clinic):
        series = book(clinic, 0, 28, 56)
        two = self.numbered(series)[1]
        with pytest.raises(NotDoneError, match=r"Sessions 2 and 3 would be 21 days apart.*say why"):
            self.move(clinic, (two, two.begins + 7 * DAY))
        assert dates(series)[1] == FIRST + 28 * DAY
        self.move(clinic, (two, two.begins + 7 * DAY), reason="Her daughter marries")
        assert dates(series)[1] == FIRST + 35 * DAY
        assert two.changes.get(kind="moved").reason == "Her daughter marries"

    def test_a_patient_keeps_the_interval_to_both_sides(self, clinic):
        series = book(clinic, 0, 28, 63)
        two = self.numbered(series)[1]
        with pytest.raises(NotDoneError, match=r"28 to 42 days apart.* ask the clinic"):
            operations.move_appointment(
                appointment=two, begins=two.begins + 8 * DAY, sequence=0, by=clinic.patient, at=AT
            )
        moved = operations.move_appointment(
            appointment=two, begins=two.begins + 7 * DAY, sequence=0, by=clinic.patient, at=AT
        )
        assert moved.begins.date() == FIRST + 35 * DAY

    def test_each_finds_the_slot_that_the_next_leaves(self, clinic):
        series = book(clinic, 0, 28, 56)
        one, two, three = self.numbered(series)
        forward = [(one, two.begins), (two, three.begins), (three, three.begins + 28 * DAY)]
        self.move(clinic, *forward)
        assert dates(series) == [FIRST + days * DAY for days in (28, 56, 84)]
        back = [(each, each.begins - 28 * DAY) for each in self.numbered(series)]
        self.move(clinic, *back)
        assert dates(series) == [FIRST + days * DAY for days in (0, 28, 56)]

    def test_nothing_moves_when_one_slot_was_taken(self, clinic):
        series = book(clinic, 0, 28, 56)
        _, two, three = self.numbered(series)
        other = patients.patient(clinic.clinic, given_names="Ann")
        book(clinic, 63, patient=other)
        with pytest.raises(NotInTurnError, match=r"Session 3 could not be moved .* Nothing was moved") as refused:
            self.move(clinic, (two, two.begins + 7 * DAY), (three, three.begins + 7 * DAY))
        assert refused.value.number == 3
        assert dates(series) == [FIRST + days * DAY for days in (0, 28, 56)]

    def test_what_is_not_of_this_course_is_refused(self, clinic):
        series = book(clinic, 0, 28, 56)
        one, two, _ = self.numbered(series)
        with pytest.raises(StaleError, match="this course"):
            self.move(clinic, (one, one.begins + HOUR), (one, one.begins + 2 * HOUR))
        with pytest.raises(StaleError, match="this appointment"):
            operations.move_in_series(moves=[Move(two, two.begins, None, 7)], by=clinic.lead, at=AT)
        alone = operations.book_appointment(
            appointment_id=uuid4(),
            service=clinic.consultation,
            begins=slots(clinic, 1)[0][0],
            patient=clinic.patient,
            by=clinic.lead,
            at=AT,
        )
        with pytest.raises(NotDoneError, match="belongs to no course"):
            self.move(clinic, (alone, alone.begins + HOUR))

    def test_where_no_dates_follow_the_page_says_why(self, clinic):
        series = book(clinic, 0, 28, 56, wished=wishes(clinic, not_after=FIRST + 60 * DAY))
        two = self.numbered(series)[1]
        plan = replan(query.course_of(two), two, two.begins + 14 * DAY, clinic.amira, AT)
        assert (plan.shifts, bool(plan.sentence)) == ((), True)
        with pytest.raises(NotDoneError, match="expires"):
            self.move(clinic, (self.numbered(series)[2], two.begins + 35 * DAY))


class TestLate:
    def judged(self, clinic, on):
        return [(one.why, one.due) for one in query.late(clinic.lead, on)]

    def test_is_a_course_whose_next_session_is_not_booked_in_time(self, clinic):
        series = book(clinic, 0, 28)
        AppointmentSeries.objects.filter(pk=series.pk).update(sessions=3)
        one, two = series.appointments.order_by("number")
        attend(one)
        due = FIRST + 42 * DAY
        # booked, but nobody marked who came
        assert self.judged(clinic, due) == []
        assert self.judged(clinic, due + DAY) == [(Why.NOT_MARKED, due)]
        # missed
        attend(two, State.NO_SHOW)
        assert self.judged(clinic, due + DAY) == [(Why.NOT_BOOKED, due)]
        # kept: the third is due in its turn
        attend(two)
        assert self.judged(clinic, due + DAY) == []
        assert self.judged(clinic, due + 29 * DAY) == [(Why.NOT_BOOKED, due + 28 * DAY)]
        # and booked too late
        (best,) = next_session(query.course_for(clinic.lead, series.pk), AT + 100 * DAY).chosen
        operations.add_to_series(
            series=series, appointment_id=uuid4(), begins=best.begins, by=clinic.lead, at=AT + 100 * DAY
        )
        assert self.judged(clinic, due + 29 * DAY) == [(Why.BOOKED_LATER, due + 28 * DAY)]
        attend(series.appointments.get(number=3))
        assert self.judged(clinic, date(2028, 1, 1)) == []

    def test_is_one_that_expired_and_not_one_that_was_stopped(self, clinic):
        series = book(clinic, 0, 28, wished=wishes(clinic, sessions=2, not_after=FIRST + 30 * DAY))
        assert self.judged(clinic, FIRST + 31 * DAY) == [(Why.EXPIRED, FIRST + 30 * DAY)]
        operations.end_series(series=series, version=1, cancels=False, reason="", by=clinic.lead, at=AT)
        assert self.judged(clinic, FIRST + 31 * DAY) == []

    def test_is_due_at_the_first_date_while_nobody_came(self, clinic):
        series = book(clinic, 0, 28)
        for one in series.appointments.all():
            attend(one, State.NO_SHOW)
        assert self.judged(clinic, FIRST + DAY) == [(Why.NOT_BOOKED, FIRST)]
        for one in series.appointments.all():
            attend(one, State.BOOKED, State.CANCELLED)
        assert query.course_of(series.appointments.first()).due_by() == AT.date() + 42 * DAY

    def test_is_told_to_the_patient_once(self, clinic):
        series = book(clinic, 0, 28)
        one, two = series.appointments.order_by("number")
        attend(one)
        attend(two, State.NO_SHOW)
        for days in (42, 44, 45):
            at = datetime(2026, 11, 24, 12, tzinfo=UTC) + days * DAY
            courses.tell_late(Task(uuid4(), "tell-late-courses", "every", {}, 1, lambda at=at: at))
        told = Message.objects.get(kind="course-late")
        assert (told.to_id, told.about_id) == (clinic.patient.pk, series.pk)


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


class TestToBeMoved:
    def sentences(self, clinic, at=AT):
        return [one.sentence for one in troubled(clinic.lead, at)]

    def test_is_what_no_longer_lies_inside_working_time_and_why(self, clinic):
        book(clinic, 0)
        (found,) = Appointment.objects.all()
        assert self.sentences(clinic) == []
        by = {"recorded_at": AT, "recorded_by": clinic.lead}
        until = found.begins + HOUR
        absence = Absence.objects.create(resource=clinic.amira, begins=found.begins, ends=until, reason="Course", **by)
        assert self.sentences(clinic) == ["Amira Khan is away: Course."]
        absence.withdrawn_at, absence.withdrawn_by = AT, clinic.lead
        absence.save()
        broken = Absence.objects.create(resource=clinic.pen, begins=found.begins - HOUR, ends=until, **by)
        assert self.sentences(clinic) == ["Pen 1 cannot be used."]
        broken.delete()
        closure = Closure.objects.create(clinic=clinic.clinic, first_day=FIRST, last_day=FIRST, reason="Painters", **by)
        assert self.sentences(clinic) == ["The clinic is closed on Tuesday 24 November 2026: Painters."]
        closure.delete()
        WorkingHours.objects.filter(resource=clinic.amira).update(opens=time(10, 15))
        assert self.sentences(clinic) == ["Amira Khan does not work at that time any more."]
        Appointment.objects.update(overbooked=True)
        assert self.sentences(clinic) == []
        clinic.room.ended_at, clinic.room.ended_by = AT, clinic.lead
        clinic.room.save()
        assert self.sentences(clinic) == ["Room 1 is no longer in use."]
        Performer.objects.filter(resource=clinic.amira).delete()
        assert self.sentences(clinic) == ["Amira Khan no longer offers Microneedling, face."]
        clinic.amira.ended_at, clinic.amira.ended_by = AT, clinic.lead
        clinic.amira.save()
        assert self.sentences(clinic) == ["Amira Khan no longer works here."]
        # nothing is cancelled by itself, and what is over troubles nobody
        assert Appointment.objects.get().state == State.BOOKED
        assert self.sentences(clinic, at=AT + 3 * DAY) == []

    def test_includes_a_bank_holiday_that_was_added_later(self, clinic, monkeypatch):
        book(clinic, 0)
        monkeypatch.setattr("needlework.diary.bank_holidays.of", lambda *_: {FIRST: "The king's jubilee"})
        assert self.sentences(clinic) == ["The clinic is closed on Tuesday 24 November 2026: The king's jubilee."]
