"""What is queued is sent once, with proof, by the first channel that takes it."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from needlework.audit.models import Event
from needlework.messages import kinds, operations
from needlework.messages.channels import NotSentError
from needlework.messages.letters import Attachment
from needlework.messages.models import Message, Outcome, Reason, State
from needlework.work import worker
from needlework.work.models import Job
from tests.factories import messages as make
from tests.factories.messages import CLINIC, NOW
from tests.scripted import answers, state

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_a_due_message_is_sent_once_with_proof(reminder, email, sms):
    message = make.queue()
    worker.run_due(NOW)
    worker.run_due(NOW + HOUR)
    assert state(message) == (State.SENT, "")
    assert (message.settled_at, message.settled_by_kind) == (NOW, "system")
    assert [parcel.to for parcel in email.handed] == ["robin@example.test"]
    assert sms.handed == []
    [attempt] = message.attempts.order_by("number")
    assert (attempt.channel, attempt.provider, attempt.started_at) == ("email", "provider.test", NOW)
    assert (attempt.answer.outcome, attempt.answer.code, attempt.answer.answered_at) == (Outcome.ACCEPTED, "250", NOW)
    assert attempt.answer.said == "queued as 4XYZ"
    assert attempt.copy == {
        "to": "robin@example.test",
        "subject": "Your appointment tomorrow",
        "text": "Dear Robin,\n\nwe see you tomorrow at 10.\n",
    }


def test_what_was_sent_is_not_readable_in_the_database(reminder):
    make.queue()
    worker.run_due(NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT copy FROM outbox_attempt")
        sealed = bytes(cursor.fetchone()[0])
    assert sealed
    assert b"robin" not in sealed
    assert b"tomorrow" not in sealed


def test_a_message_waits_until_it_is_due(reminder, email):
    message = make.queue(due_at=NOW + DAY)
    worker.run_due(NOW)
    assert state(message) == (State.WAITING, "")
    assert email.handed == []


def test_a_second_message_with_the_same_key_is_the_first_one(reminder, email):
    first, second = make.queue(), make.queue()
    worker.run_due(NOW)
    assert first == second
    assert len(email.handed) == 1


def test_a_message_stands_or_falls_with_its_cause(reminder):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make.queue()
        _ = 1 / 0
    assert not Message.objects.exists()
    assert not Job.objects.filter(kind=operations.KIND_OF_WORK).exists()


def test_an_unknown_kind_or_channel_is_a_fault_of_the_program(reminder):
    with pytest.raises(ValueError, match="goes by some of"):
        make.queue(channels=("pigeon",))
    del kinds.KINDS["reminder"]
    try:
        with pytest.raises(ValueError, match="No kind of message"):
            make.queue()
    finally:
        kinds.register(reminder)


def test_a_kind_is_registered_once(reminder):
    with pytest.raises(ValueError, match="registered twice"):
        kinds.register(reminder)


def test_a_job_that_runs_again_for_a_settled_message_does_nothing(reminder, email):
    message = make.queue()
    worker.run_due(NOW)
    Job.objects.update(state="waiting", finished_at=None)
    worker.run_due(NOW)
    assert len(email.handed) == 1
    assert message.attempts.count() == 1


def test_every_step_leaves_one_event(reminder):
    message = make.queue()
    worker.run_due(NOW)
    events = Event.objects.filter(subject_kind="message", subject_id=str(message.pk)).order_by("id")
    assert [event.verb for event in events] == ["message-queued", "message-sent"]
    assert {event.clinic_id for event in events} == {CLINIC}
    assert {event.patient_id for event in events} == {make.PATIENT}


def test_no_log_line_says_to_whom_or_what(reminder, email, caplog):
    caplog.set_level("DEBUG")
    email.replies = [KeyError("robin@example.test"), answers(Outcome.ACCEPTED)]
    make.queue("reminder for Robin")
    worker.run_due(NOW)
    worker.run_due(NOW + HOUR)
    assert "failed" in caplog.text
    for private in ("robin", "appointment", "+447700900123"):
        assert private not in caplog.text.lower()


def test_marketing_that_was_agreed_to_is_sent(email, monkeypatch):
    monkeypatch.setattr(kinds, "CONSENT_CHECKS", [])
    kinds.ask_consent_with(lambda _message: True)
    with make.kind(marketing=True):
        make.queue()
        worker.run_due(NOW)
    assert len(email.handed) == 1


def test_late_but_still_of_use_is_sent(reminder, email):
    make.queue(due_at=NOW - HOUR, useful_until=NOW + HOUR)
    worker.run_due(NOW)
    assert len(email.handed) == 1


class TestTheNextChannel:
    def test_takes_over_without_an_email_address(self, email, sms):
        with make.kind(render=lambda _message: make.letter(email=None)):
            message = make.queue()
            worker.run_due(NOW)
        assert state(message) == (State.SENT, "")
        assert [(parcel.to, parcel.text) for parcel in sms.handed] == [("+447700900123", "We see you tomorrow at 10.")]

    def test_takes_over_at_once_when_the_address_is_refused(self, reminder, email, sms):
        email.replies = [NotSentError(answers(Outcome.REFUSED))]
        message = make.queue()
        worker.run_due(NOW)
        assert state(message) == (State.SENT, "")
        assert [attempt.channel for attempt in message.attempts.order_by("number")] == ["email", "sms"]

    def test_keeps_the_task_when_the_first_was_refused_earlier(self, reminder, email, sms):
        email.replies = [NotSentError(answers(Outcome.REFUSED))]
        sms.replies = [answers(Outcome.LATER), answers(Outcome.ACCEPTED)]
        message = make.queue()
        worker.run_due(NOW)
        worker.run_due(NOW + HOUR)
        assert [attempt.channel for attempt in message.attempts.order_by("number")] == ["email", "sms", "sms"]

    def test_is_not_asked_where_the_message_may_not_go(self, reminder, email, sms):
        email.replies = [NotSentError(answers(Outcome.REFUSED))]
        message = make.queue(channels=("email",))
        worker.run_due(NOW)
        assert state(message) == (State.FAILED, Reason.REFUSED)
        assert sms.handed == []

    def test_is_not_asked_while_the_first_may_still_accept(self, reminder, email, sms):
        email.replies = [NotSentError(answers(Outcome.LATER))]
        message = make.queue()
        worker.run_due(NOW)
        assert state(message) == (State.WAITING, "")
        assert sms.handed == []


def test_a_secret_kind_keeps_no_copy_of_its_words(settings, email):
    files = (Attachment("a.ics", "text/calendar", b"BEGIN:VCALENDAR"),)
    with make.kind(secret=True, render=lambda _message: make.letter(attachments=files)):
        sent = make.queue("1")
        worker.run_due(NOW)
        settings.DEMO = True
        shown = make.queue("2")
        worker.run_due(NOW)
    assert sent.attempts.get().copy["text"] == ""
    assert shown.attempts.get().copy["text"].startswith("Dear Robin")
    kept = {"name": "a.ics", "media_type": "text/calendar"}
    assert sent.attempts.get().copy["attachments"] == [kept | {"content": ""}]
    assert shown.attempts.get().copy["attachments"] == [kept | {"content": "QkVHSU46VkNBTEVOREFS"}]


def test_a_text_message_carries_no_files(email, sms):
    files = (Attachment("a.ics", "text/calendar", b"BEGIN:VCALENDAR"),)
    with make.kind(render=lambda _message: make.letter(attachments=files)):
        make.queue(channels=("sms",))
        worker.run_due(NOW)
    assert sms.handed[0].attachments == ()


def test_a_secret_letter_written_anew_has_a_key_of_its_own(email, sms):
    sms.replies = [answers(Outcome.UNKNOWN), answers(Outcome.ACCEPTED)]
    with make.kind(secret=True):
        make.queue(channels=("sms",))
        worker.run_due(NOW)
        worker.run_due(NOW + HOUR)
    first, second = sms.handed
    assert first.key != second.key
