"""The outbox: what is queued, what is sent, what is not and why."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from needlework.audit.models import Event
from needlework.audit.record import SYSTEM
from needlework.messages import channels, kinds, operations, queries, sending
from needlework.messages.channels import NotSentError, Parcel, Reply
from needlework.messages.models import Answer, Attempt, Message, Outcome, Reason, State
from needlework.work import leases, worker
from needlework.work.models import Job
from tests.factories import messages as make
from tests.factories.messages import CLINIC, NOW

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass
class Provider:
    """A channel whose answers the test decides: the last one again and again."""

    name: str
    honours_keys: bool
    replies: list[Reply | Exception] = field(default_factory=lambda: [Reply(Outcome.ACCEPTED, "250", "queued as 4XYZ")])
    handed: list[Parcel] = field(default_factory=list)
    provider: str = "provider.test"

    @contextmanager
    def session(self, parcel):
        reply = self.replies[0] if len(self.replies) == 1 else self.replies.pop(0)
        if isinstance(reply, NotSentError):
            raise reply

        def hand_over():
            self.handed.append(parcel)
            if isinstance(reply, Exception):
                raise reply
            return reply

        yield hand_over


def answers(outcome: Outcome, **more) -> Reply:
    return Reply(outcome, str(outcome), **more)


@pytest.fixture(autouse=True)
def email(monkeypatch) -> Provider:
    return Provider("email", honours_keys=False)


@pytest.fixture(autouse=True)
def sms(monkeypatch, email) -> Provider:
    provider = Provider("sms", honours_keys=True)
    monkeypatch.setattr(sending, "configured", lambda: {"email": email, "sms": provider})
    return provider


@pytest.fixture
def reminder() -> Iterator[kinds.MessageKind]:
    with make.kind() as kind:
        yield kind


def state(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.reason


def test_a_due_message_is_sent_once_with_proof(reminder, email, sms):
    message = make.queue()
    worker.run_due(NOW)
    worker.run_due(NOW + HOUR)
    assert state(message) == (State.SENT, "")
    assert (message.settled_at, message.settled_by_kind) == (NOW, "system")
    assert [parcel.to for parcel in email.handed] == ["robin@example.test"]
    assert sms.handed == []
    [attempt] = queries.attempts_of(message)
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


def test_every_step_leaves_one_event(reminder):
    message = make.queue()
    worker.run_due(NOW)
    events = Event.objects.filter(subject_kind="message", subject_id=str(message.pk)).order_by("id")
    assert [event.verb for event in events] == ["message-queued", "message-sent"]
    assert {event.clinic_id for event in events} == {CLINIC}
    assert {event.patient_id for event in events} == {make.PATIENT}


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
        [attempt] = queries.attempts_of(message)
        assert (attempt.provider, attempt.answer.outcome) == ("outbox", Outcome.KEPT)
        assert attempt.copy["subject"] == "Your appointment tomorrow"


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
        assert [attempt.channel for attempt in queries.attempts_of(message)] == ["email", "sms"]

    def test_keeps_the_task_when_the_first_was_refused_earlier(self, reminder, email, sms):
        email.replies = [NotSentError(answers(Outcome.REFUSED))]
        sms.replies = [answers(Outcome.LATER), answers(Outcome.ACCEPTED)]
        message = make.queue()
        worker.run_due(NOW)
        worker.run_due(NOW + HOUR)
        assert [attempt.channel for attempt in queries.attempts_of(message)] == ["email", "sms", "sms"]

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


class TestAPersonDecides:
    @pytest.fixture
    def parked(self, reminder, email) -> Message:
        email.replies = [answers(Outcome.UNKNOWN)]
        message = make.queue()
        worker.run_due(NOW)
        email.replies = [answers(Outcome.ACCEPTED)]
        return message

    def test_to_send_it_again_with_the_same_key(self, parked, email):
        assert operations.send_again(message=parked, by=SYSTEM, at=NOW + HOUR)
        worker.run_due(NOW + HOUR)
        assert state(parked) == (State.SENT, "")
        assert parked.released_at == NOW + HOUR
        assert len({parcel.key for parcel in email.handed}) == 1

    def test_once_only(self, parked):
        assert operations.send_again(message=parked, by=SYSTEM, at=NOW)
        assert not operations.send_again(message=parked, by=SYSTEM, at=NOW)
        assert not operations.set_aside(message=parked, by=SYSTEM, at=NOW)

    def test_to_set_it_aside(self, parked, email):
        assert operations.set_aside(message=parked, by=SYSTEM, at=NOW + HOUR)
        worker.run_due(NOW + DAY)
        assert state(parked) == (State.NOT_NEEDED, Reason.SEEN_TO)
        assert len(email.handed) == 1

    def test_to_try_the_refused_address_again_once_it_is_corrected(self, reminder, email):
        email.replies = [NotSentError(answers(Outcome.REFUSED))]
        message = make.queue(channels=("email",))
        worker.run_due(NOW)
        email.replies = [answers(Outcome.ACCEPTED)]
        operations.send_again(message=message, by=SYSTEM, at=NOW + HOUR)
        worker.run_due(NOW + HOUR)
        assert state(message) == (State.SENT, "")


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
    assert job.last_error.startswith("KeyError at test_messages.py:")
    assert "name" not in job.last_error


def test_a_secret_kind_keeps_no_copy_of_its_words(settings, email):
    with make.kind(secret=True):
        sent = make.queue("1")
        worker.run_due(NOW)
        settings.DEMO = True
        shown = make.queue("2")
        worker.run_due(NOW)
    assert queries.attempts_of(sent).get().copy["text"] == ""
    assert queries.attempts_of(shown).get().copy["text"].startswith("Dear Robin")


def test_a_secret_letter_written_anew_has_a_key_of_its_own(email, sms):
    sms.replies = [answers(Outcome.UNKNOWN), answers(Outcome.ACCEPTED)]
    with make.kind(secret=True):
        make.queue(channels=("sms",))
        worker.run_due(NOW)
        worker.run_due(NOW + HOUR)
    first, second = sms.handed
    assert first.key != second.key


class TestTheOutbox:
    def test_shows_a_clinic_its_own_messages_only(self, reminder):
        own, foreign, nobodys = make.queue("1"), make.queue("2", clinic_id=uuid4()), make.queue("3", clinic_id=None)
        assert list(queries.messages_in([CLINIC])) == [own]
        assert set(queries.messages_in([CLINIC], organisation=True)) == {own, nobodys}
        assert queries.message_in([CLINIC], own.pk) == own
        for hidden in (foreign, nobodys):
            with pytest.raises(Http404):
                queries.message_in([CLINIC], hidden.pk)

    def test_counts_by_state_and_lists_what_needs_a_person(self, reminder, email):
        email.replies = [answers(Outcome.UNKNOWN), answers(Outcome.ACCEPTED)]
        parked, sent = make.queue("1", due_at=NOW), make.queue("2", due_at=NOW, to_id=uuid4())
        worker.run_due(NOW)
        counts = queries.counts_in([CLINIC])
        assert (counts[State.PARKED], counts[State.SENT], counts[State.WAITING]) == (1, 1, 0)
        assert len(queries.needing_a_person_in([CLINIC])) == 1
        assert list(queries.messages_in([CLINIC], state=State.SENT)) == [
            message for message in (parked, sent) if state(message) == (State.SENT, "")
        ]

    def test_shows_what_one_thing_has_caused(self, reminder):
        message = make.queue()
        assert list(queries.messages_about(message.about_id)) == [message]


class TestTheDatabaseRefuses:
    @pytest.mark.parametrize(
        "change",
        [
            {"kind": ""},
            {"key": ""},
            {"state": "lost"},
            {"state": State.SENT},
            {"settled_at": NOW},
            {"reason": Reason.CANCELLED},
            {"state": State.FAILED, "settled_at": NOW, "settled_by_kind": "system"},
            {"settled_by_kind": "system"},
            {"released_at": NOW},
            {"queued_by_kind": "staff"},
        ],
    )
    def test_a_message_that_makes_no_sense(self, reminder, change):
        message = make.queue()
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.filter(pk=message.pk).update(**change)

    def test_a_second_message_with_a_key(self, reminder):
        message = make.queue("1")
        make.queue("2")
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.exclude(pk=message.pk).update(key="1")

    def test_a_second_attempt_with_a_number_or_a_second_answer(self, reminder):
        message = make.queue()
        worker.run_due(NOW)
        attempt = queries.attempts_of(message).get()
        own = {"channel": "email", "key": "k", "honours_keys": True, "started_at": NOW, "copy": {}}
        with pytest.raises(IntegrityError), transaction.atomic():
            Attempt.objects.create(message=message, number=1, **own)
        with pytest.raises(IntegrityError), transaction.atomic():
            Attempt.objects.create(message=message, number=0, **own)
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.create(attempt=attempt, outcome=Outcome.KEPT, code="x", said="", answered_at=NOW)

    def test_an_answer_of_an_unknown_kind(self, reminder, email):
        email.replies = [ConnectionAbortedError()]
        message = make.queue()
        worker.run_due(NOW)
        attempt = message.attempts.get()
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.create(attempt=attempt, outcome="perhaps", code="x", said="", answered_at=NOW)

    @pytest.mark.parametrize("table", ["outbox_attempt", "outbox_answer"])
    @pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
    def test_any_change_to_the_log(self, reminder, table, change):
        make.queue()
        worker.run_due(NOW)
        with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change.format(table))
