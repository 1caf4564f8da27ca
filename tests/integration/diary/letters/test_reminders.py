"""Reminders: at the right clock time, of what stands, and of nothing else."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from needlework.diary import operations
from needlework.diary.letters import reminders
from needlework.diary.models import DiaryRules
from needlework.messages.models import Message, Reason, State
from needlework.work import worker
from tests.factories import diary
from tests.scripted import state

AT = diary.AT
FRIDAY = datetime(2026, 11, 27, 10, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 10, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def waiting(at: datetime = AT) -> list[datetime]:
    """When the reminders that wait are due, once what was due at a moment was done."""
    worker.run_due(at)
    left = Message.objects.filter(kind="appointment-reminder", state=State.WAITING)
    return list(left.order_by("due_at").values_list("due_at", flat=True))


def reminded(email, sms) -> list[str]:
    """By which way the reminders that went out went."""
    subjects = [parcel for parcel in email.handed if parcel.subject.startswith("Reminder")]
    texts = [parcel for parcel in sms.handed if "a reminder" in parcel.text]
    return ["email"] * len(subjects) + ["sms"] * len(texts)


@pytest.mark.parametrize(
    ("begins", "hours", "due"),
    [
        ((2026, 11, 27, 10), 24, (2026, 11, 26, 10)),
        ((2026, 3, 29, 10), 24, (2026, 3, 28, 10)),
        ((2026, 3, 30, 10), 24, (2026, 3, 29, 10)),
        ((2026, 3, 30, 10), 72, (2026, 3, 27, 10)),
        ((2026, 10, 25, 10), 24, (2026, 10, 24, 10)),
        ((2026, 10, 26, 10), 24, (2026, 10, 25, 10)),
        ((2026, 10, 26, 0), 2, (2026, 10, 25, 22)),
        ((2026, 3, 30, 1, 30), 24, (2026, 3, 29, 2, 30)),
        ((2026, 10, 26, 1, 30), 24, (2026, 10, 25, 1, 30)),
    ],
)
def test_a_day_before_is_the_same_clock_time_the_day_before(monkeypatch, begins, hours, due):
    """In the hour that is missing it is the hour after it; in the one that comes twice, its first pass."""
    monkeypatch.setattr(reminders, "zone_of", lambda _clinic: LONDON)
    appointment = SimpleNamespace(begins=datetime(*begins, tzinfo=LONDON).astimezone(UTC), clinic=None)
    assert reminders.due(appointment, hours) == datetime(*due, tzinfo=LONDON).astimezone(UTC)


def test_two_reminders_go_out_by_email_first_and_by_text_message_last(desk, email, sms):
    desk.book(FRIDAY)
    assert waiting() == [FRIDAY - 3 * DAY, FRIDAY - DAY]
    worker.run_due(FRIDAY - 3 * DAY - MINUTE)
    assert reminded(email, sms) == []
    worker.run_due(FRIDAY - 3 * DAY)
    assert reminded(email, sms) == ["email"]
    assert "When: Friday 27 November 2026 at 10:00, until 11:00" in email.handed[1].text
    assert "/book/a/" in email.handed[1].text
    worker.run_due(FRIDAY - DAY)
    assert reminded(email, sms) == ["email", "sms"]
    assert sms.handed[0].text == (
        "Linthorpe Road: a reminder of your appointment on Fri 27 Nov, 10:00. Cannot come? Call 01642 960123."
    )
    assert Message.objects.filter(kind="appointment-reminder", useful_until=FRIDAY).count() == 2


def test_what_is_booked_late_is_reminded_of_only_by_what_is_still_to_come(desk):
    desk.book(FRIDAY, at=FRIDAY - 3 * DAY)
    assert waiting(FRIDAY - 3 * DAY) == [FRIDAY - DAY]


def test_a_moved_appointment_is_reminded_of_at_its_new_time_and_not_at_the_old(desk, email, sms):
    appointment = desk.book(FRIDAY)
    desk.move(appointment, MONDAY, at=AT + MINUTE)
    assert waiting(AT + MINUTE) == [FRIDAY - 3 * DAY, FRIDAY - DAY, MONDAY - 3 * DAY, MONDAY - DAY]
    worker.run_due(FRIDAY)
    assert reminded(email, sms) == ["email"]
    assert "Monday 30 November 2026" in email.handed[-1].text
    stopped = Message.objects.filter(kind="appointment-reminder", state=State.NOT_NEEDED)
    assert set(stopped.values_list("reason", flat=True)) == {Reason.CANCELLED}


def test_moved_away_and_back_it_is_reminded_of_once(desk, email, sms):
    appointment = desk.book(FRIDAY)
    desk.move(appointment, MONDAY, at=AT + MINUTE)
    desk.move(appointment, FRIDAY, at=AT + 2 * MINUTE)
    worker.run_due(FRIDAY - DAY)
    worker.run_due(MONDAY)
    assert reminded(email, sms) == ["email", "sms"]


def test_cancelled_and_booked_anew_at_the_same_time_it_is_reminded_of_once(desk, email, sms):
    desk.cancel(desk.book(FRIDAY), at=AT + MINUTE)
    desk.book(FRIDAY, at=AT + 2 * MINUTE)
    worker.run_due(FRIDAY - DAY)
    assert reminded(email, sms) == ["email", "sms"]


def test_who_has_come_is_not_reminded(desk, email, sms):
    DiaryRules.objects.create(clinic=desk.there.clinic, first_reminder_hours=0, second_reminder_hours=1)
    appointment = desk.book(FRIDAY)
    operations.mark_arrived(appointment=appointment, sequence=0, by=desk.there.lead, at=FRIDAY - 2 * HOUR)
    worker.run_due(FRIDAY - HOUR)
    assert reminded(email, sms) == []


def test_a_reminder_that_could_not_go_out_in_time_does_not(desk):
    desk.book(FRIDAY)
    worker.run_due(FRIDAY + MINUTE)
    late = Message.objects.filter(kind="appointment-reminder")
    assert {state(message) for message in late} == {(State.NOT_NEEDED, Reason.TOO_LATE)}


@pytest.mark.parametrize(
    ("first", "second", "due"),
    [(0, 24, [FRIDAY - DAY]), (72, 0, [FRIDAY - 3 * DAY]), (0, 0, []), (24, 24, [FRIDAY - DAY])],
)
def test_a_clinic_says_how_many_there_are(desk, first, second, due):
    DiaryRules.objects.create(clinic=desk.there.clinic, first_reminder_hours=first, second_reminder_hours=second)
    desk.book(FRIDAY)
    assert waiting() == due


def test_a_clinic_that_turns_reminders_off_turns_off_those_that_wait(desk, email, sms):
    desk.book(FRIDAY)
    DiaryRules.objects.create(clinic=desk.there.clinic, first_reminder_hours=0)
    worker.run_due(FRIDAY - DAY)
    assert reminded(email, sms) == ["sms"]


def test_a_changed_number_of_hours_holds_for_what_is_booked_or_moved_from_then_on(desk, email, sms):
    desk.book(FRIDAY)
    assert waiting() == [FRIDAY - 3 * DAY, FRIDAY - DAY]
    DiaryRules.objects.create(clinic=desk.there.clinic, first_reminder_hours=48, second_reminder_hours=2)
    desk.book(FRIDAY + 3 * HOUR, patient=diary.patients.patient(family_name="Other", email="other@example.test"))
    assert waiting() == [FRIDAY - 3 * DAY, FRIDAY - 2 * DAY + 3 * HOUR, FRIDAY - DAY, FRIDAY + HOUR]
    worker.run_due(FRIDAY - 3 * DAY)
    assert reminded(email, sms) == ["email"]
