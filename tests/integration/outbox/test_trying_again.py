"""When a provider refuses, delays or falls silent."""

from contextlib import contextmanager
from datetime import timedelta

import pytest

from needlework.messages import operations
from needlework.messages.channels import NotSentError
from needlework.messages.letters import Attachment
from needlework.messages.models import Outcome, Reason, State
from needlework.work import leases, worker
from needlework.work.models import Job
from tests.factories import messages as make
from tests.factories.messages import NOW
from tests.scripted import answers, state

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class TestTryingAgain:
    def test_waits_as_long_as_the_provider_asks(self, reminder, sms):
        sms.replies = [answers(Outcome.LATER, retry_after=7 * HOUR), answers(Outcome.ACCEPTED)]
        message = make.queue(channels=("sms",))
        worker.run_due(NOW)
        worker.run_due(NOW + 7 * HOUR - timedelta(seconds=1))
        assert state(message) == (State.WAITING, "")
        worker.run_due(NOW + 7 * HOUR)
        assert state(message) == (State.SENT, "")

    def test_waits_longer_and_longer(self, reminder, sms):
        sms.replies = [answers(Outcome.LATER)]
        make.queue(channels=("sms",))
        waits, at = [], NOW
        for _ in range(9):
            worker.run_due(at)
            due_at = Job.objects.get(kind=operations.KIND_OF_WORK).due_at
            waits.append((due_at - at).total_seconds())
            at = due_at
        assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]

    def test_repeats_the_same_words_under_the_same_key_after_silence(self, email, sms):
        words = ["first", "second"]
        sms.replies = [answers(Outcome.UNKNOWN), answers(Outcome.ACCEPTED)]
        with make.kind(render=lambda _message: make.letter(short_text=words.pop(0))):
            message = make.queue(channels=("sms",))
            worker.run_due(NOW)
            worker.run_due(NOW + HOUR)
        assert state(message) == (State.SENT, "")
        once, again = sms.handed
        assert once == again
        assert once.text == "first"

    def test_repeats_the_same_files_after_silence(self, email, sms):
        files = [(Attachment("a.ics", "text/calendar", content),) for content in (b"first \xff", b"second")]
        email.honours_keys, email.replies = True, [answers(Outcome.UNKNOWN), answers(Outcome.ACCEPTED)]
        with make.kind(render=lambda _message: make.letter(attachments=files.pop(0))):
            make.queue()
            worker.run_due(NOW)
            worker.run_due(NOW + HOUR)
        once, again = email.handed
        assert once == again
        assert once.attachments[0].content == b"first \xff"

    def test_reads_the_live_record_anew_when_nothing_went_out(self, email, sms):
        words = ["first", "second"]
        sms.replies = [NotSentError(answers(Outcome.LATER)), answers(Outcome.ACCEPTED)]
        with make.kind(render=lambda _message: make.letter(short_text=words.pop(0))):
            make.queue(channels=("sms",))
            worker.run_due(NOW)
            worker.run_due(NOW + HOUR)
        assert [parcel.text for parcel in sms.handed] == ["second"]

    def test_ends_after_a_day(self, reminder, email):
        email.replies = [NotSentError(answers(Outcome.LATER))]
        message = make.queue()
        for hours in range(25):
            worker.run_due(NOW + hours * HOUR)
        assert state(message) == (State.FAILED, Reason.TIMED_OUT)

    def test_ends_when_the_message_is_of_no_more_use(self, reminder, email):
        email.replies = [NotSentError(answers(Outcome.LATER))]
        message = make.queue(useful_until=NOW + 2 * HOUR)
        for hours in range(4):
            worker.run_due(NOW + hours * HOUR)
        assert state(message) == (State.FAILED, Reason.TIMED_OUT)

    def test_ends_with_a_person_when_it_may_have_arrived(self, reminder, sms):
        sms.replies = [answers(Outcome.UNKNOWN)]
        message = make.queue(channels=("sms",))
        for hours in range(26):
            worker.run_due(NOW + hours * HOUR)
        assert state(message) == (State.PARKED, Reason.UNANSWERED)


class TestAProviderWithoutKeys:
    def test_is_never_asked_twice_after_silence(self, reminder, email):
        email.replies = [answers(Outcome.UNKNOWN)]
        message = make.queue()
        worker.run_due(NOW)
        worker.run_due(NOW + DAY)
        assert state(message) == (State.PARKED, Reason.UNANSWERED)
        assert len(email.handed) == 1

    def test_is_never_asked_twice_when_the_worker_died_in_between(self, reminder, email):
        email.replies = [ConnectionAbortedError()]
        message = make.queue()
        worker.run_due(NOW)
        assert state(message) == (State.WAITING, "")
        worker.run_due(NOW + HOUR)
        assert state(message) == (State.PARKED, Reason.UNANSWERED)
        assert len(email.handed) == 1

    def test_may_still_answer_after_the_message_was_parked(self, reminder, email):
        """A worker outlives its lease while the server thinks: the next one parks, then the answer arrives."""
        message = make.queue()
        slow = leases.take(lambda: NOW)

        def another_worker_comes_along():
            later = NOW + leases.LEASE
            while worker.run_one(lambda: later):
                pass
            assert state(message) == (State.PARKED, Reason.UNANSWERED)
            return answers(Outcome.ACCEPTED)

        email.session = lambda parcel: _yields(another_worker_comes_along)
        worker.carry_out(slow)
        assert state(message) == (State.SENT, "")


def test_a_worker_that_lost_its_lease_hands_nothing_over(reminder, email):
    message = make.queue()
    slow = leases.take(lambda: NOW)
    later = NOW + leases.LEASE
    assert leases.take(lambda: later) is not None
    worker.carry_out(slow)
    assert email.handed == []
    assert state(message) == (State.WAITING, "")


@contextmanager
def _yields(value):
    yield value
