"""What people decide about messages, and what the database refuses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from needlework.audit.record import SYSTEM
from needlework.messages import operations
from needlework.messages.channels import NotSentError
from needlework.messages.models import Answer, Attempt, Message, Outcome, Reason, State
from needlework.work import worker
from needlework.work.models import Job
from tests.factories import messages as make
from tests.factories.messages import NOW
from tests.scripted import answers, state

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


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

    def test_to_send_it_again_when_its_job_was_forgotten_long_ago(self, parked):
        Job.objects.all().delete()
        assert operations.send_again(message=parked, by=SYSTEM, at=NOW + HOUR)
        worker.run_due(NOW + HOUR)
        assert state(parked) == (State.SENT, "")

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
        attempt = message.attempts.order_by("number").get()
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
