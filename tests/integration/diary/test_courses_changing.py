"""A course under way: moved with what follows, late, and what of it no longer stands."""

from datetime import UTC, date, datetime, time
from itertools import pairwise
from uuid import uuid4

import pytest
from django.db import transaction

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
from needlework.diary.queries.replanning import next_session, replan
from needlework.diary.queries.series import Why
from needlework.diary.queries.troubled import troubled
from needlework.diary.series import Move, NotInTurnError
from needlework.messages.models import Message
from needlework.work import worker
from needlework.work.kinds import Task
from tests.factories import diary, patients
from tests.factories.courses import AT, DAY, FIRST, HOUR, attend, book, dates, slots, wishes

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return diary.clinic_with_diary()


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
        worker.run_due(AT)
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

    def test_a_missed_one_that_was_booked_anew_is_put_back_by_nobody(self, clinic):
        series = book(clinic, 0, 35)
        one, later = self.numbered(series)[0], self.numbered(series)[0].begins + HOUR
        missed = operations.mark_no_show(appointment=one, sequence=0, by=clinic.lead, at=later)
        anew = operations.add_to_series(
            series=series, appointment_id=uuid4(), begins=one.begins + DAY, by=clinic.lead, at=later
        )
        assert anew.number == 1
        for step in (operations.put_back, operations.mark_arrived):
            with pytest.raises(NotDoneError, match="Session 1 of its course was booked anew"), transaction.atomic():
                step(appointment=missed, sequence=1, by=clinic.lead, at=later)
        operations.cancel_appointment(appointment=anew, sequence=0, by=clinic.lead, at=later)
        assert operations.put_back(appointment=missed, sequence=1, by=clinic.lead, at=later).state == State.BOOKED

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
