"""Paying: at the desk, and on the provider's page from an appointment's private link."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from needlework.care.queries import bills
from needlework.diary import operations
from needlework.diary.models import Appointment
from needlework.diary.queries.appointments import appointment_for
from needlework.diary.tokens import token_of
from tests.browser.conftest import PHONE_320
from tests.browser.watching import Watch
from tests.factories import diary, payments


@pytest.fixture
def there(server):
    return diary.clinic_with_diary()


@pytest.fixture
def appointment(there) -> Appointment:
    """A treatment for which a deposit is asked."""
    begins = datetime(2026, 11, 24, 10, tzinfo=UTC)
    made = operations.book_appointment(
        appointment_id=uuid4(),
        service=there.treatment,
        begins=begins,
        practitioner=there.amira,
        patient=there.patient,
        by=there.lead,
        at=diary.AT,
    )
    Appointment.objects.update(deposit_pence=5000)
    return appointment_for(there.lead, made.pk)


def test_the_desk_takes_a_payment_and_pays_a_part_back(page: Page, sign_in, there, appointment, axe):
    sign_in(page, there.lead)
    page.goto(f"/money/{bills.of_appointment(appointment).reference}/")
    axe(page)
    page.get_by_role("link", name="Take a payment").click()
    expect(page.get_by_label("Amount")).to_have_value("180.00")
    page.get_by_text("Card machine").click()
    axe(page)
    page.get_by_role("button", name="Record the payment").click()
    expect(page.get_by_text("The payment is recorded.")).to_be_visible()
    page.get_by_role("link", name="Refund").click()
    page.get_by_label("Amount").fill("30")
    page.get_by_label("Why?").fill("Came late, shorter session")
    page.get_by_role("button", name="Record the refund").click()
    expect(page.get_by_text("Refund, card machine")).to_be_visible()
    axe(page)


def test_a_deposit_is_paid_on_the_providers_page_from_a_phone(real_chromium, server, settings, there, appointment, axe):
    settings.ADDRESS = server
    with payments.provider(settings) as trial:
        trial.tell = f"{server}/payments/heard/"
        context = real_chromium.new_context(base_url=server, **PHONE_320)
        watch = Watch(context, "http://")  # the provider's page is on another address
        phone = context.new_page()
        phone.goto(f"/book/a/{token_of('appointment', appointment.pk)}/")
        axe(phone)
        phone.get_by_role("button", name="Pay the deposit online, £50.00").click()
        axe(phone)
        phone.get_by_role("link", name="Go on to pay").click()
        phone.get_by_role("button", name="Pay", exact=True).click()
        expect(phone.get_by_role("heading", name="It has arrived")).to_be_visible()
        axe(phone)
        wide = phone.evaluate("document.documentElement.scrollWidth")
        context.close()
    assert (wide, watch.faults) == (320, [])
    assert bills.of_appointment(appointment).balance.left == 13000
