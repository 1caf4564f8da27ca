"""Two refunds of one payment, or two who take one charge back, at the same moment: it is done once."""

from threading import Barrier, Thread
from uuid import uuid4

from django.db import DatabaseError, connection

from needlework.payments import operations, queries
from needlework.payments.models import Entry, Method
from needlework.payments.problems import NotDoneError
from tests.factories import patients, payments
from tests.factories.payments import AT


def test_two_refunds_at_once_never_give_back_more_than_was_paid(real_home):
    payments.charge()
    paid, lead = payments.payment(), patients.lead()
    together, answers = Barrier(4), []

    def give_back(number):
        together.wait()
        try:
            if number % 2:
                payments.refund(paid, 10000, by=lead)
            else:  # a writer that asks nobody
                Entry.objects.create(
                    clinic_id=paid.clinic_id, reference=paid.reference, kind="refund", method=Method.CASH, of=paid,
                    amount_pence=10000, performed_on=payments.AT.date(), recorded_at=payments.AT,
                    recorded_by_kind="system",
                )  # fmt: skip
            answers.append("done")
        except (NotDoneError, DatabaseError):
            answers.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=give_back, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["done", "refused", "refused", "refused"]
    assert queries.refundable(paid) == 8000


def test_two_who_take_one_charge_back_at_once_do_it_once(real_home):
    charged, lead = payments.charge(), patients.lead()
    together, answers = Barrier(4), []

    def take_back():
        together.wait()
        try:
            answers.append(operations.reverse_charge(entry_id=uuid4(), charged=charged, reason="", by=lead, at=AT))
        finally:
            connection.close()

    threads = [Thread(target=take_back) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert len(set(answers)) == 1
