"""What is not sent, and what the outbox says about it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from needlework.messages import channels, kinds, operations, sending
from needlework.messages.models import Attempt, Outcome, Reason, State
from needlework.work import worker
from needlework.work.models import Job
from tests.factories import messages as make
from tests.factories.messages import NOW
from tests.scripted import state

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class TestNothingIsSent:
    def test_when_the_thing_it_was_about_is_cancelled(self, email):
        with make.kind(render=lambda _message: None):
            message = make.queue()
            worker.run_due(NOW)
        assert state(message) == (State.NOT_NEEDED, Reason.CANCELLED)
        assert email.handed == []
        assert not Attempt.objects.exists()

    def test_when_its_time_had_passed_before_it_was_queued(self, reminder, email):
        message = make.queue(due_at=NOW - HOUR)
        worker.run_due(NOW)
        assert state(message) == (State.NOT_NEEDED, Reason.TOO_LATE)
        assert not Job.objects.filter(kind=operations.KIND_OF_WORK).exists()
        assert email.handed == []

    def test_when_it_was_of_use_only_until_a_moment_before_it_was_queued(self, reminder):
        message = make.queue(due_at=NOW - 2 * HOUR, useful_until=NOW - HOUR)
        assert state(message) == (State.NOT_NEEDED, Reason.TOO_LATE)

    def test_when_the_worker_comes_too_late(self, reminder, email):
        message = make.queue(useful_until=NOW + HOUR)
        worker.run_due(NOW + 2 * HOUR)
        assert state(message) == (State.NOT_NEEDED, Reason.TOO_LATE)
        assert email.handed == []

    def test_when_there_is_no_address(self, email):
        with make.kind(render=lambda _message: make.letter(email=None, phone=None)):
            message = make.queue()
            worker.run_due(NOW)
        assert state(message) == (State.FAILED, Reason.NO_ADDRESS)

    def test_when_marketing_was_not_agreed_to(self, email, monkeypatch):
        monkeypatch.setattr(kinds, "CONSENT_CHECKS", [])
        with make.kind(marketing=True):
            unasked = make.queue("1")
            worker.run_due(NOW)
            kinds.ask_consent_with(lambda _message: False)
            refused = make.queue("2")
            worker.run_due(NOW)
        assert state(unasked) == state(refused) == (State.NOT_NEEDED, Reason.NO_CONSENT)
        assert email.handed == []

    def test_when_the_person_was_sent_too_many_of_the_kind_today(self, email):
        with make.kind(per_day=2):
            all_three = [make.queue(str(number)) for number in range(3)]
            worker.run_due(NOW)
            somebody_else = make.queue("other", to_id=uuid4())
            worker.run_due(NOW)
        assert [state(message) for message in all_three] == [
            (State.SENT, ""),
            (State.SENT, ""),
            (State.PARKED, Reason.TOO_MANY),
        ]
        assert state(somebody_else) == (State.SENT, "")

    def test_when_nothing_is_set_up_but_the_words_are_kept(self, reminder, monkeypatch):
        monkeypatch.setattr(sending, "configured", channels.configured)
        message = make.queue()
        worker.run_due(NOW)
        assert state(message) == (State.KEPT, "")
        [attempt] = message.attempts.order_by("number")
        assert (attempt.provider, attempt.answer.outcome) == ("outbox", Outcome.KEPT)
        assert attempt.copy["subject"] == "Your appointment tomorrow"


def test_a_letter_that_cannot_be_written_is_parked_and_holds_up_nobody(email):
    def broken(message):
        if message.key == "poison":
            raise KeyError("a name that no log may hold")
        return make.letter()

    with make.kind(render=broken):
        poison = make.queue("poison", due_at=NOW - timedelta(minutes=1), useful_until=NOW + 30 * DAY)
        healthy = [make.queue(str(number), to_id=uuid4()) for number in range(5)]
        worker.run_due(NOW)
        assert {state(message) for message in healthy} == {(State.SENT, "")}
        for hours in range(1, 12):
            worker.run_due(NOW + hours * HOUR)
    assert state(poison) == (State.PARKED, Reason.FAULT)
    job = Job.objects.get(key=operations.work_key(poison))
    assert job.last_error.startswith("KeyError at test_not_sent.py:")
    assert "name" not in job.last_error
