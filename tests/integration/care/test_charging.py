"""What the diary's events mean for the books, and what is left of a bill."""

from datetime import timedelta
from uuid import uuid4

import pytest

from needlework.accounts.decision import Refused
from needlework.accounts.models import Role
from needlework.care import operations, references
from needlework.care.queries import bills
from needlework.diary import operations as diary_operations
from needlework.diary.models import Appointment
from needlework.diary.queries.appointments import appointment_for
from needlework.payments.models import Kind
from tests.factories import accounts, payments
from tests.integration.care.conftest import AT, TEN, booked, course_of_three


def kinds(bill):
    return [(line.entry.kind, line.entry.amount_pence) for line in bill.lines]


def bill_of(there, appointment):
    return bills.of_appointment(appointment_for(there.lead, appointment.pk))


def test_an_appointment_is_charged_at_the_price_of_then_and_once(there, appointment):
    bill = bill_of(there, appointment)
    assert kinds(bill) == [(Kind.CHARGE, 18000)]
    assert (bill.balance.left, bill.deposit_left, bill.about) == (18000, 5000, "Microneedling, face")
    assert (bill.used, bill.unused_pence) == (0, 0)
    entry = bill.lines[0].entry
    assert (entry.payer, entry.recorded_by_kind, entry.recorded_by_id) == (there.patient.pk, "staff", there.lead.pk)
    diary_operations.book_appointment(
        appointment_id=appointment.pk, service=there.treatment, begins=TEN, patient=there.patient, by=there.lead, at=AT
    )
    assert len(bill_of(there, appointment).lines) == 1


def test_what_costs_nothing_is_not_charged(there):
    there.consultation.price_pence = 0
    there.consultation.save()
    assert bill_of(there, booked(there, service=there.consultation)).lines == []


def test_moving_costs_nothing_and_cancelling_takes_the_charge_back_but_not_the_payment(there, appointment):
    bill = bill_of(there, appointment)
    payments.payment(5000, clinic=there.clinic, reference=bill.reference, at=AT + timedelta(hours=1))
    moved = diary_operations.move_appointment(
        appointment=appointment, begins=TEN + timedelta(days=1), sequence=appointment.sequence, by=there.lead, at=AT
    )
    assert bill_of(there, moved).balance.left == 13000
    diary_operations.cancel_appointment(
        appointment=moved, sequence=moved.sequence, reason="Ill", by=there.lead, at=AT + timedelta(hours=2)
    )
    after = bill_of(there, moved)
    assert kinds(after) == [(Kind.CHARGE, 18000), (Kind.PAYMENT, 5000), (Kind.REVERSAL, 18000)]
    assert (after.balance.over, after.deposit_left) == (5000, 0)


def test_a_course_sold_as_a_whole_is_charged_once_and_its_sessions_cost_nothing_more(there, course):
    first = course.appointments.get(number=1)
    bill = bill_of(there, first)
    assert bill.reference == references.of_series(course)
    assert kinds(bill) == [(Kind.CHARGE, 45000)]
    assert (bill.about, bill.deposit_left) == ("Microneedling, face, a course of 3", 0)
    diary_operations.cancel_appointment(appointment=first, sequence=first.sequence, by=there.lead, at=AT)
    assert bill_of(there, first).balance.left == 45000


def test_sessions_used_and_what_the_others_are_worth_follow_from_who_came(there, course):
    first = course.appointments.get(number=1)
    assert (bill_of(there, first).used, bill_of(there, first).unused_pence) == (0, 45000)
    diary_operations.mark_attended(appointment=first, sequence=first.sequence, by=there.lead, at=first.begins)
    after = bill_of(there, first)
    assert (after.used, after.unused_pence) == (1, 30000)


def test_a_course_whose_sessions_are_paid_one_by_one_charges_each(there):
    there.treatment.course_price_pence = there.treatment.course_sessions = None
    there.treatment.save()
    sessions = course_of_three(there).appointments.order_by("number")
    assert [kinds(bill_of(there, one)) for one in sessions] == [[(Kind.CHARGE, 18000)]] * 3


def test_staff_charge_and_take_back_by_hand_as_their_roles_allow(there, appointment):
    bill, key = bill_of(there, appointment), uuid4()
    desk = accounts.member(Role.FRONT_DESK, at=there.clinic, name="Dee Desk")
    for _ in range(2):
        late = operations.charge_by_hand(
            entry_id=key, bill=bill, amount_pence=2500, about="Late cancellation", by=desk, at=AT
        )
    assert bill_of(there, appointment).balance.left == 20500
    with pytest.raises(Refused, match="You may not refund payments"):
        operations.take_charge_back(entry_id=uuid4(), charged=late, reason="Kind", by=desk, at=AT)
    with pytest.raises(Refused, match="You may not take payments"):
        operations.charge_by_hand(entry_id=uuid4(), bill=bill, amount_pence=1, about="Tea", by=there.amira.user, at=AT)
    operations.take_charge_back(entry_id=uuid4(), charged=late, reason="Kind", by=there.lead, at=AT)
    assert bill_of(there, appointment).balance.left == 18000


def test_all_of_a_patients_money_comes_together(there, appointment, course):
    account = bills.account_of(there.patient, seen_by=there.lead)
    assert {bill.about for bill in account.bills} == {"Microneedling, face", "Microneedling, face, a course of 3"}
    assert (account.left, account.over, account.total.charged) == (63000, 0, 63000)
    elsewhere = accounts.member(Role.LEAD, at=accounts.clinic("Marton"), name="Mary Marton")
    assert bills.account_of(there.patient, seen_by=elsewhere).bills == []


def test_how_long_a_history_is_does_not_change_how_often_the_books_are_asked(there, django_assert_max_num_queries):
    for day in range(4):
        booked(there, TEN + timedelta(days=7 * day))
    with django_assert_max_num_queries(8):
        assert len(bills.account_of(there.patient).bills) == 4


@pytest.mark.parametrize("reference", ["", "appointment", "appointment:1", "session:" + "0" * 36, "series:" + "z" * 36])
def test_what_is_no_reference_of_ours_names_nothing(reference):
    assert references.parts(reference) is None


def test_records_never_depend_on_payment(there, appointment, settings):
    settings.PAYMENTS_URL = ""
    moment = TEN + timedelta(hours=1)
    diary_operations.mark_attended(appointment=appointment, sequence=appointment.sequence, by=there.lead, at=moment)
    assert Appointment.objects.get().state == "attended"
    assert bill_of(there, appointment).balance.left == 18000
