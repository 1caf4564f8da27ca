"""What patients are written about their courses: one letter for all dates, one for all that changes."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from django.db import transaction
from django.urls import reverse

from needlework.audit.record import SYSTEM
from needlework.diary import tokens
from needlework.diary.letters import queueing
from needlework.diary.models import AppointmentSeries, DiaryRules
from needlework.messages.models import Message, State
from needlework.work import worker
from tests.factories import diary

AT = diary.AT
TEN = datetime(2026, 11, 24, 10, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def events(attachment):
    return icalendar.Calendar.from_ical(attachment.content).walk("VEVENT")


class TestACourse:
    @pytest.fixture
    def series(self, there):
        return AppointmentSeries.objects.create(
            clinic=there.clinic, patient=there.patient, service=there.treatment, sessions=3, least_days=1, most_days=60,
            wishes={}, price_pence=45000, booked_at=AT, booked_by_kind="staff", booked_by_id=there.lead.pk,
        )  # fmt: skip

    @pytest.fixture
    def dates(self, desk, there, series):
        made = [desk.book(TEN + n * DAY, series=series, number=n + 1) for n in range(3)]
        with transaction.atomic():
            queueing.course_booked(series=series, by=there.lead, at=AT)
        return made

    def test_is_one_letter_with_all_its_dates_in_one_file(self, there, email, dates):
        worker.run_due(AT)
        [parcel] = email.handed
        assert parcel.subject == "Your appointments at Linthorpe Road"
        assert "Session 1: Tuesday 24 November 2026 at 10:00, with Amira Khan\nSession 2: Wednesday" in parcel.text
        assert "Price of the course: £450.00" in parcel.text
        assert "move or cancel each of them yourself up to 24 hours before it begins." in parcel.text
        [file] = parcel.attachments
        assert [event.decoded("DTSTART") for event in events(file)] == [TEN + n * DAY for n in range(3)]
        assert tokens.token_of("appointment", dates[0].pk) not in file.content.decode()

    def test_moved_and_cancelled_at_once_is_one_letter_with_what_stands_and_what_does_not(self, desk, email, dates):
        worker.run_due(AT)
        desk.move(dates[1], TEN + 6 * DAY, at=AT + MINUTE)
        desk.move(dates[0], TEN + DAY, at=AT + MINUTE)
        desk.cancel(dates[2], at=AT + MINUTE)
        worker.run_due(AT + MINUTE)
        parcel = email.handed[1]
        assert len(email.handed) == 2
        assert parcel.subject == "Your appointments at Linthorpe Road have changed"
        assert "Session 1: Wednesday 25 November 2026 at 10:00, with Amira Khan\nSession 2: Monday 30" in parcel.text
        assert "Cancelled:\nSession 3: Thursday 26 November 2026" in parcel.text
        assert [len(events(file)) for file in parcel.attachments] == [2, 1]

    def test_that_changed_before_anything_was_sent_is_written_once_as_it_stands(self, desk, email, dates):
        for minutes in (1, 2):
            desk.move(dates[2], TEN + (6 + minutes) * DAY, at=AT + minutes * MINUTE)
        worker.run_due(AT + 5 * MINUTE)
        [parcel] = email.handed
        assert parcel.subject == "Your appointments at Linthorpe Road have changed"
        assert "Session 3: Wednesday 2 December 2026" in parcel.text

    def test_is_told_of_everything_that_was_cancelled_since_the_last_letter(self, desk, email, dates):
        worker.run_due(AT)
        desk.cancel(dates[2], at=AT + MINUTE)
        desk.move(dates[1], TEN + 6 * DAY, at=AT + 2 * MINUTE)
        DiaryRules.objects.create(clinic=desk.there.clinic, cancel_hours=1)
        worker.run_due(AT + 3 * MINUTE)
        desk.cancel(dates[1], at=AT + 4 * MINUTE)
        worker.run_due(AT + 4 * MINUTE)
        _, both, last = email.handed
        assert "Cancelled:\nSession 3: Thursday 26 November" in both.text
        assert "up to an hour before" in both.text
        assert "Cancelled:\nSession 2: Monday 30 November" in last.text
        assert "Session 3" not in last.text

    def test_of_which_nothing_is_left_says_so(self, desk, email, sms, dates):
        for each in dates:
            desk.cancel(each, at=AT + MINUTE)
        worker.run_due(AT + 5 * MINUTE)
        [parcel] = email.handed
        assert "None of its sessions is booked any more." in parcel.text
        assert [file.name for file in parcel.attachments] == ["cancelled.ics"]

    def test_a_session_booked_later_is_confirmed_by_itself(self, desk, email, dates, series):
        series.sessions = 4
        series.save()
        worker.run_due(AT)
        desk.book(TEN + 8 * DAY, series=series, number=4, at=AT + MINUTE)
        worker.run_due(AT + MINUTE)
        assert [parcel.subject for parcel in email.handed][1:] == ["Your appointment at Linthorpe Road"]

    def test_that_is_late_is_written_once_for_each_session(self, desk, email, series):
        desk.book(TEN, series=series, number=1)
        for number in (2, 2):
            with transaction.atomic():
                queueing.course_late(series=series, number=number, by=SYSTEM, at=AT)
        worker.run_due(AT)
        [parcel] = email.handed
        assert "session 2 of 3 of your course of Microneedling, face is not booked yet" in parcel.text
        assert reverse("me-appointments") in parcel.text

    @pytest.mark.parametrize("meanwhile", ["booked", "ended"])
    def test_that_is_late_no_more_is_not_written(self, desk, there, email, series, meanwhile):
        with transaction.atomic():
            queueing.course_late(series=series, number=2, by=SYSTEM, at=AT)
        if meanwhile == "booked":
            desk.book(TEN, series=series, number=2)
        else:
            AppointmentSeries.objects.update(ended_at=AT, ended_by=there.lead)
        worker.run_due(AT)
        assert "course-late" not in Message.objects.filter(state=State.SENT).values_list("kind", flat=True)
