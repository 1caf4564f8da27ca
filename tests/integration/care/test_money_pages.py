"""The pages about money: at the desk, on a patient's own pages, behind an appointment's private link."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from needlework.accounts.models import Role
from needlework.audit.models import Event
from needlework.care.queries import bills
from needlework.diary import operations as diary_operations
from needlework.diary.models import Appointment, Visitor
from needlework.diary.people import person_of
from needlework.diary.tokens import token_of
from needlework.payments.models import Checkout, Entry, Kind, Method
from needlework.work.models import Job
from tests.factories import accounts, payments
from tests.factories.accounts import signed_in_client
from tests.integration.authorisation.cast import signed_in_patient
from tests.integration.care.conftest import AT, booked
from tests.providers import free_port


@pytest.fixture
def lead(there):
    return signed_in_client(there.lead)


@pytest.fixture
def bill(appointment):
    return bills.of_appointment(appointment)


@pytest.fixture
def trial(there, settings):
    with payments.provider(settings) as running:
        yield running


def answer(**changed):
    own = {"id": uuid4(), "amount": "50.00", "method": "cash"}
    own |= {"performed_on_day": "22", "performed_on_month": "11", "performed_on_year": "2026"}
    return own | changed


def text(response):
    return " ".join(response.content.decode().split())


class TestAtTheDesk:
    def test_a_payment_is_taken_with_the_amount_filled_in_and_sent_twice_is_one(self, lead, bill):
        address = reverse("bill-payment", args=[bill.reference])
        assert 'value="180.00"' in text(lead.get(address))
        once = answer()
        for _ in range(2):
            shown = text(lead.post(address, once, follow=True))
        assert "The payment is recorded." in shown
        assert "Payment, cash" in shown
        assert "£130.00" in shown
        assert Entry.objects.filter(kind=Kind.PAYMENT).count() == 1

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"amount": "180.01"}, "£180.00 is left to pay here. Enter that or less."),
            ({"amount": "0"}, "Amount: enter £0.01 to £100,000.00"),
            ({"amount": "fifty"}, "Amount: enter an amount like 45 or 45.50"),
            ({"method": ""}, "Choose how it was paid"),
            ({"method": "online"}, "That choice is no longer offered"),
            ({"performed_on_year": "2099"}, "Received on: enter today or a day before"),
            ({"id": ""}, "This page is out of date"),
        ],
    )
    def test_what_cannot_be_right_is_said_and_nothing_is_written(self, lead, bill, changed, sentence):
        response = lead.post(reverse("bill-payment", args=[bill.reference]), answer(**changed))
        assert (response.status_code, sentence in text(response)) == (422, True)
        assert not Entry.objects.filter(kind=Kind.PAYMENT).exists()

    def test_it_goes_back_with_a_reason_and_its_receipt_says_so(self, lead, bill):
        lead.post(reverse("bill-payment", args=[bill.reference]), answer())
        paid = Entry.objects.get(kind=Kind.PAYMENT)
        address = reverse("bill-refund", args=[bill.reference, paid.pk])
        page = text(lead.get(address))
        assert "£50.00 can be paid back" in page
        assert "Back to the card" not in page
        assert "Enter why it is paid back" in text(lead.post(address, answer(amount="20.00", reason="")))
        assert "£50.00 of this payment can be refunded" in text(lead.post(address, answer(amount="50.01", reason="x")))
        shown = text(lead.post(address, answer(amount="20.00", reason="Stopped early"), follow=True))
        assert "Stopped early" in shown
        assert "£150.00" in shown
        receipt = text(lead.get(reverse("bill-receipt", args=[bill.reference, paid.pk])))
        assert "Paid back since" in receipt
        assert "£20.00" in receipt
        assert "Jo Ellison" in receipt

    def test_what_was_paid_online_goes_back_to_the_card(self, lead, bill, trial):
        checkout = payments.begin(5000, clinic=bill.clinic, reference=bill.reference)
        trial.pay(checkout.provider_reference)
        payments.tell(payments.told(trial, "checkout.session.completed", checkout))
        paid = Entry.objects.get(kind=Kind.PAYMENT)
        address = reverse("bill-refund", args=[bill.reference, paid.pk])
        assert "Back to the card, online" in text(lead.get(address))
        lead.post(address, answer(amount="50", method="online", reason="Moved away"))
        assert Entry.objects.get(kind=Kind.REFUND).method == Method.ONLINE
        assert Job.objects.filter(kind="refund-online").exists()

    def test_something_more_is_charged_and_taken_back(self, lead, bill):
        late = answer(about="Late cancellation", amount="25")
        assert "£205.00" in text(lead.post(reverse("bill-charge", args=[bill.reference]), late, follow=True))
        charged = Entry.objects.get(kind=Kind.CHARGE, amount_pence=2500)
        address = reverse("bill-take-back", args=[bill.reference, charged.pk])
        assert "Late cancellation" in text(lead.get(address))
        shown = text(lead.post(address, answer(reason="A kind word"), follow=True))
        assert "Charge taken back" in shown
        assert "A kind word" in shown

    def test_an_entry_is_only_what_it_is(self, lead, bill):
        lead.post(reverse("bill-payment", args=[bill.reference]), answer())
        charged, paid = (Entry.objects.get(kind=kind) for kind in (Kind.CHARGE, Kind.PAYMENT))
        for name, entry in (("bill-refund", charged), ("bill-receipt", charged), ("bill-take-back", paid)):
            assert lead.get(reverse(name, args=[bill.reference, entry.pk])).status_code == 404
        assert lead.get(reverse("bill-refund", args=[bill.reference, uuid4()])).status_code == 404
        for reference in ("appointment:1", f"appointment:{uuid4()}", f"series:{uuid4()}"):
            assert lead.get(reverse("bill", args=[reference])).status_code == 404

    def test_all_of_a_patients_money_is_one_page_and_opening_it_is_noted(self, there, lead, appointment, course):
        shown = text(lead.get(reverse("patient-money", args=[there.patient.pk])))
        assert "£630.00 left to pay." in shown
        assert "Microneedling, face, a course of 3" in shown
        assert "0 of 3" in shown
        series = text(lead.get(reverse("bill", args=[f"series:{course.pk}"])))
        assert "Session 3: booked" in series
        assert "Sessions used" in series
        assert Event.objects.filter(verb="viewed", fields=["payments"]).count() == 2
        assert reverse("patient-money", args=[there.patient.pk]) in text(
            lead.get(reverse("patient", args=[there.patient.pk]))
        )

    def test_who_takes_no_payments_sees_no_money(self, there, bill):
        practitioner = signed_in_client(there.amira.user)
        assert practitioner.get(reverse("bill", args=[bill.reference])).status_code == 403
        patient_page = text(practitioner.get(reverse("patient", args=[there.patient.pk])))
        assert reverse("patient-money", args=[there.patient.pk]) not in patient_page
        desk = signed_in_client(accounts.member(Role.FRONT_DESK, at=there.clinic, name="Dee Desk"))
        shown = text(desk.get(reverse("bill", args=[bill.reference])))
        assert "Take a payment" in shown
        assert "Take back" not in shown

    def test_a_bill_of_somebody_who_is_no_patient_yet_can_be_opened_in_its_clinic(self, lead, bill, there):
        visitor = Visitor.objects.create(clinic=there.clinic, person_key="k", details={}, recorded_at=AT)
        person_of(visitor=visitor)
        Appointment.objects.update(patient=None, visitor=visitor)
        assert lead.get(reverse("bill", args=[bill.reference])).status_code == 200
        assert not Event.objects.filter(verb="viewed").exists()
        elsewhere = signed_in_client(accounts.member(Role.LEAD, at=accounts.clinic("Marton"), name="Mary Marton"))
        assert elsewhere.get(reverse("bill", args=[bill.reference])).status_code == 404

    def test_the_appointments_page_shows_its_money_to_who_takes_payments(self, there, lead, bill, appointment):
        address = reverse("appointment", args=[appointment.pk])
        assert reverse("bill-payment", args=[bill.reference]) in text(lead.get(address))
        assert "All about its money" not in text(signed_in_client(there.amira.user).get(address))


class TestOnesOwn:
    @pytest.fixture
    def jo(self, there):
        there.patient.email = "jo@example.test"
        there.patient.save()
        return signed_in_patient(there.patient)

    def test_a_patient_sees_what_was_charged_and_paid_with_receipts(self, jo, there, bill):
        paid = payments.payment(5000, clinic=there.clinic, reference=bill.reference, payer=there.patient.pk)
        shown = text(jo.get(reverse("me-payments")))
        assert "£130.00 left to pay." in shown
        assert "You pay at the clinic." in shown
        assert "online" not in shown
        assert "Receipt" in text(jo.get(reverse("me-receipt", args=[paid.pk])))
        for foreign in (uuid4(), bill.lines[0].entry.pk):
            assert jo.get(reverse("me-receipt", args=[foreign])).status_code == 404

    def test_a_patient_pays_online_deposit_or_all(self, jo, bill, trial):
        assert "Pay the deposit online, £50.00" in text(jo.get(reverse("me-payments")))
        address = reverse("me-pay", args=[bill.reference])
        shown = text(jo.post(address, {"part": "deposit"}, follow=True))
        assert "Go on to pay" in shown
        jo.post(address, {"part": "left"})
        checkouts = Checkout.objects.order_by("opened_at").values_list("amount_pence", "opened_by_kind")
        assert list(checkouts) == [(5000, "patient"), (18000, "patient")]
        assert jo.post(reverse("me-pay", args=["series:1"])).status_code == 404

    def test_when_nothing_is_left_or_nobody_answers_it_is_said(self, jo, bill, there, trial, settings):
        settings.PAYMENTS_URL = f"http://127.0.0.1:{free_port()}"
        address = reverse("me-pay", args=[bill.reference])
        assert "Nothing was paid, and everything booked stands." in text(jo.post(address, follow=True))
        payments.payment(18000, clinic=there.clinic, reference=bill.reference)
        assert "Nothing is left to pay here." in text(jo.post(address, follow=True))
        assert "Everything is paid." in text(jo.get(reverse("me-payments")))

    def test_what_was_paid_for_a_cancelled_appointment_is_owed_to_the_patient(self, jo, bill, there, appointment):
        payments.payment(5000, clinic=there.clinic, reference=bill.reference)
        diary_operations.cancel_appointment(
            appointment=appointment, sequence=appointment.sequence, by=there.lead, at=AT
        )
        assert "£50.00 paid too much, to be paid back." in text(jo.get(reverse("me-payments")))


class TestBehindAnAppointmentsLink:
    def test_what_costs_nothing_shows_nothing(self, there):
        there.consultation.price_pence = 0
        there.consultation.save()
        free = booked(there, service=there.consultation)
        shown = text(Client().get(reverse("appointment-private", args=[token_of("appointment", free.pk)])))
        assert "Left to pay" not in shown

    def test_it_shows_what_is_left_and_leads_to_the_payment(self, appointment, trial):
        accounts.organisation()
        token, browser = token_of("appointment", appointment.pk), Client()
        shown = text(browser.get(reverse("appointment-private", args=[token])))
        assert "We ask for the deposit before you come. Your appointment stands either way." in shown
        address = reverse("appointment-private-pay", args=[token])
        assert address in shown
        assert "Go on to pay" in text(browser.post(address, {"part": "deposit"}, follow=True))
        assert Checkout.objects.get().amount_pence == 5000

    def test_without_a_provider_nothing_is_said_about_paying_online(self, appointment, bill, there):
        token, browser = token_of("appointment", appointment.pk), Client()
        shown = text(browser.get(reverse("appointment-private", args=[token])))
        assert "You pay at the clinic." in shown
        assert "online" not in shown
        assert browser.post(reverse("appointment-private-pay", args=["0" * 64])).status_code == 404
        answered = browser.post(reverse("appointment-private-pay", args=[token]), follow=True)
        assert "Pay at the clinic." in text(answered)
