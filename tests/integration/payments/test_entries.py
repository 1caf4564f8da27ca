"""The books: entries are only added, written once, and never take back more than there was."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from needlework.accounts.decision import Refused
from needlework.accounts.models import Role
from needlework.audit.models import Event
from needlework.payments import operations, permissions, queries
from needlework.payments.models import Checkout, Entry, Kind, Method
from needlework.payments.problems import NotDoneError
from needlework.work.models import Job
from tests.factories import accounts, patients, payments
from tests.factories.payments import AT, PAYER, REFERENCE

pytestmark = pytest.mark.django_db


def row(**changed):
    own = {"clinic": accounts.clinic(), "reference": REFERENCE, "kind": Kind.CHARGE, "amount_pence": 18000}
    own |= {"performed_on": AT.date(), "recorded_at": AT, "recorded_by_kind": "system"}
    return Entry.objects.create(**own | changed)


def checkout(**changed):
    own = {"clinic": accounts.clinic(), "reference": REFERENCE, "amount_pence": 5000, "token_hash": uuid4().hex}
    return Checkout.objects.create(**own | {"opened_at": AT, "opened_by_kind": "system", "valid_until": AT} | changed)


def test_what_is_left_is_worked_out_from_the_entries():
    charged = payments.charge()
    paid = payments.payment(5000)
    payments.refund(paid, 2000)
    payments.charge(3000, reference="series:1")
    found = queries.balances([REFERENCE, "series:1", "nothing"])
    assert {name: (one.charged, one.kept, one.left) for name, one in found.items()} == {
        REFERENCE: (18000, 3000, 15000),
        "series:1": (3000, 0, 3000),
        "nothing": (0, 0, 0),
    }
    operations.reverse_charge(entry_id=uuid4(), charged=charged, reason="", by=patients.lead(), at=AT)
    after = queries.balance(REFERENCE)
    assert (after.left, after.over, after.deposit_left(5000)) == (-3000, 3000, 0)
    assert queries.Balance(charged=18000, paid=2000).deposit_left(5000) == 3000


def test_balances_of_many_come_in_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(queries.balances([f"appointment:{number}" for number in range(50)])) == 50


def test_what_is_asked_for_twice_is_written_once():
    key = uuid4()
    charged = [payments.charge(entry_id=key) for _ in range(2)]
    again = uuid4()
    paid = [payments.payment(entry_id=again) for _ in range(2)]
    back_key = uuid4()
    back = [payments.refund(paid[0], 18000, entry_id=back_key) for _ in range(2)]
    undone = [
        operations.reverse_charge(entry_id=uuid4(), charged=charged[0], reason="", by=patients.lead(), at=AT)
        for _ in range(2)
    ]
    for one, other in (charged, paid, back, undone):
        assert one == other
    events = Event.objects.filter(subject_kind="entry").values_list("verb", "patient_id")
    kinds = ("charge", "payment", "refund", "reversal")
    assert sorted(events) == [(f"{kind}-recorded", PAYER) for kind in kinds]


def test_a_key_of_something_else_means_an_old_page():
    payments.charge()
    charged = payments.charge(reference="series:1")
    with pytest.raises(NotDoneError, match="This page is out of date"):
        payments.payment(entry_id=charged.pk)


def test_nobody_pays_more_than_is_left():
    payments.charge()
    with pytest.raises(NotDoneError, match=r"£180\.00 is left to pay here"):
        payments.payment(18001)
    payments.payment()
    with pytest.raises(NotDoneError, match="Nothing is left to pay here"):
        payments.payment(1)


def test_nobody_gets_back_more_than_was_paid():
    payments.charge()
    paid = payments.payment()
    payments.refund(paid, 17000)
    with pytest.raises(NotDoneError, match=r"£10\.00 of this payment can be refunded"):
        payments.refund(paid, 1001)
    with pytest.raises(NotDoneError, match="This was not paid online"):
        payments.refund(paid, 1, method=Method.ONLINE)
    assert not Job.objects.exists()


def test_a_refund_that_did_not_arrive_can_be_made_again():
    payments.charge()
    paid = payments.payment()
    failed = payments.refund(paid, 18000)
    for _ in range(2):
        operations.note_failed_refund(refund=failed, reason="The card is closed", at=AT + timedelta(minutes=1))
    assert queries.balance(REFERENCE).kept == queries.refundable(paid) == 18000
    lines = queries.lines(queries.entries_of([REFERENCE]))
    assert [line.open_pence for line in lines if line.is_payment or line.is_charge] == [18000, 18000]
    payments.refund(paid, 18000)
    assert queries.balance(REFERENCE).kept == 0


@pytest.mark.parametrize("role", Role)
def test_leads_and_the_front_desk_take_money_and_only_leads_give_it_back(role):
    charged = payments.charge()
    somebody = accounts.member(role)
    if role in {Role.LEAD, Role.FRONT_DESK}:
        paid = payments.payment(5000, by=somebody)
    else:
        with pytest.raises(Refused, match="You may not take payments at Linthorpe Road"):
            payments.payment(5000, by=somebody)
        paid = payments.payment(5000)
    if role == Role.LEAD:
        payments.refund(paid, 100, by=somebody)
    else:
        with pytest.raises(Refused, match="You may not refund payments"):
            payments.refund(paid, 100, by=somebody)
    assert charged.audit_clinic_id == accounts.clinic().pk
    assert not permissions.may_take_payments(user=somebody, clinic=accounts.clinic("Marton"))


WRONG = {
    "nothing": {"amount_pence": 0},
    "a fortune": {"amount_pence": 10_000_001},
    "for nothing": {"reference": ""},
    "of no kind": {"kind": "gift"},
    "a charge by cash": {"method": "cash"},
    "a payment by nothing": {"kind": Kind.PAYMENT},
    "a payment by shells": {"kind": Kind.PAYMENT, "method": "shells"},
    "an online payment nobody knows": {"kind": Kind.PAYMENT, "method": Method.ONLINE},
    "a reversal of nothing": {"kind": Kind.REVERSAL},
    "a refund of nothing": {"kind": Kind.REFUND, "method": Method.CASH},
}


@pytest.mark.parametrize("changed", WRONG.values(), ids=WRONG)
def test_the_database_refuses_an_entry_without_sense(changed):
    with pytest.raises(DatabaseError), transaction.atomic():
        row(**changed)


TAKEN_BACK_WRONGLY = {
    "of something else": {"kind": Kind.REVERSAL, "of": Kind.CHARGE, "reference": "series:1"},
    "a charge in part": {"kind": Kind.REVERSAL, "of": Kind.CHARGE, "amount_pence": 17999},
    "a payment reversed": {"kind": Kind.REVERSAL, "of": Kind.PAYMENT, "amount_pence": 10000},
    "a charge refunded": {"kind": Kind.REFUND, "of": Kind.CHARGE, "method": Method.CASH},
    "more than was paid": {"kind": Kind.REFUND, "of": Kind.PAYMENT, "method": Method.CASH, "amount_pence": 10001},
    "a payment failed": {"kind": Kind.FAILED_REFUND, "of": Kind.PAYMENT, "method": Method.CASH, "amount_pence": 10000},
    "a charge beside": {"of": Kind.CHARGE},
}


@pytest.mark.parametrize("changed", TAKEN_BACK_WRONGLY.values(), ids=TAKEN_BACK_WRONGLY)
def test_the_database_refuses_to_take_back_wrongly(changed):
    there = {Kind.CHARGE: payments.charge(), Kind.PAYMENT: payments.payment(10000)}
    with pytest.raises(DatabaseError), transaction.atomic():
        row(**changed | {"of": there[changed["of"]]})


def test_the_database_refuses_what_was_taken_back_or_paid_before():
    paid = row(kind=Kind.PAYMENT, method=Method.ONLINE, provider_reference="pi_1")
    charged = row()
    row(kind=Kind.REVERSAL, of=charged)
    row(kind=Kind.REFUND, method=Method.CASH, of=paid, amount_pence=10000)
    for again in (
        {"kind": Kind.REVERSAL, "of": charged},
        {"kind": Kind.REFUND, "method": Method.CASH, "of": paid, "amount_pence": 8001},
        {"kind": Kind.PAYMENT, "method": Method.ONLINE, "provider_reference": "pi_1"},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            row(**again)


def test_entries_are_never_changed_or_removed():
    entry = payments.charge()
    for act in (
        lambda: Entry.objects.filter(pk=entry.pk).update(amount_pence=1),
        lambda: Entry.objects.filter(pk=entry.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()


@pytest.mark.parametrize(
    "changed",
    [
        {"amount_pence": 0},
        {"state": "paid"},
        {"state": "open", "settled_at": AT},
        {"state": "lost", "settled_at": AT},
        {"provider_reference": "cs_1"},
        {"token_hash": "same"},
    ],
)
def test_the_database_refuses_a_checkout_without_sense(changed):
    checkout(provider_reference="cs_1", token_hash="same")
    with pytest.raises(DatabaseError), transaction.atomic():
        checkout(**changed)


def test_a_backup_and_a_move_may_bring_a_refund_before_its_payment():
    later = uuid4()
    with transaction.atomic():
        constraints("DEFERRED")
        row(kind=Kind.REFUND, method=Method.CASH, amount_pence=500, of_id=later)
        row(kind=Kind.PAYMENT, method=Method.CASH, amount_pence=500, id=later)
        constraints("IMMEDIATE")
    assert queries.balance(REFERENCE).kept == 0


def constraints(when):
    """Say when PostgreSQL looks; SQLite looks at its foreign keys at the end anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS ALL {when}")
