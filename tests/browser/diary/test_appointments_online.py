"""Appointments as those make them who come: with a thumb, with and without JavaScript."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from needlework.diary.models import Appointment, State
from tests.browser.conftest import PHONE, WITHOUT_SCRIPTS
from tests.factories import diary
from tests.integration.authorisation.cast import signed_in_patient

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture
def clinic(server, monkeypatch):
    """A clinic with a diary, on a Sunday at nine."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: diary.AT)
    return diary.clinic_with_diary()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def hand(request: pytest.FixtureRequest, open_context) -> Page:
    """A phone."""
    page = open_context(**PHONE, java_script_enabled=request.param).new_page()
    if not request.param:
        WITHOUT_SCRIPTS.add(page)
    return page


def when_a_day_and_a_time_are_pressed(page: Page, day: str, clock: str) -> None:
    page.get_by_role("link", name=day).click()
    page.get_by_role("button", name=clock).click()


def when_details_are_given(page: Page) -> None:
    page.get_by_label("Given names").fill("Jo")
    page.get_by_label("Family name").fill("Ellison")
    page.get_by_label("E-mail").fill("jo@example.test")
    page.get_by_role("button", name="Book this time").click()


def then_it_stands_at(page: Page, words: str, begins: datetime) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)
    assert Appointment.objects.get().begins == begins


def test_a_visitor_books_moves_and_cancels(hand, clinic, axe):
    # given somebody who comes to the first page
    hand.goto("/")
    hand.get_by_role("link", name="Book an appointment").click()
    axe(hand)
    # when they choose a service, a day and a time
    hand.get_by_role("link", name="Consultation").click()
    axe(hand)
    when_a_day_and_a_time_are_pressed(hand, "Tue 24", "10:00")
    # then the time is kept while they type
    expect(hand.get_by_text("We are keeping this time for you until 09:10")).to_be_visible()
    axe(hand)
    when_details_are_given(hand)
    then_it_stands_at(hand, "Tuesday 24 November, 10:00", TUESDAY)
    axe(hand)
    # when it is moved, then one press is enough
    hand.get_by_role("link", name="Move").click()
    axe(hand)
    when_a_day_and_a_time_are_pressed(hand, "Wed 25", "11:15")
    then_it_stands_at(hand, "Wednesday 25 November, 11:15", datetime(2026, 11, 25, 11, 15, tzinfo=UTC))
    # when it is cancelled, then it says so, and going back sends nothing twice
    hand.get_by_role("link", name="Cancel").click()
    axe(hand)
    hand.get_by_role("button", name="Cancel the appointment").click()
    expect(hand.get_by_text("This appointment is cancelled")).to_be_visible()
    assert Appointment.objects.get().state == State.CANCELLED


def test_a_patient_books_waits_and_moves(phone, server, clinic, axe):
    # given Jo, signed in
    clinic.patient.email = "jo@example.test"
    clinic.patient.save()
    cookies = signed_in_patient(clinic.patient).cookies.items()
    phone.context.add_cookies([{"name": name, "value": one.value, "url": server} for name, one in cookies])
    phone.goto("/me/")
    phone.get_by_role("link", name="Appointments", exact=True).click()
    axe(phone)
    # when she books with somebody of her choice
    phone.get_by_role("link", name="Book an appointment").click()
    phone.get_by_role("link", name="Consultation").click()
    phone.get_by_role("link", name="Ben Okafor").click()
    when_a_day_and_a_time_are_pressed(phone, "Tue 24", "10:00")
    axe(phone)
    phone.get_by_role("button", name="Book this time").click()
    # then it stands on her list
    expect(phone.get_by_text("Consultation with Ben Okafor")).to_be_visible()
    axe(phone)
    # when she asks for an earlier time, and moves it meanwhile
    phone.get_by_role("button", name="Ask me if an earlier time comes free").click()
    expect(phone.get_by_role("button", name="Stop waiting for an earlier time")).to_be_visible()
    phone.get_by_role("link", name="Move the appointment").click()
    when_a_day_and_a_time_are_pressed(phone, "Fri 27", "14:00")
    # then it has moved
    expect(phone.get_by_text("Friday 27 November 2026, 14:00").first).to_be_visible()
    assert Appointment.objects.get().begins == datetime(2026, 11, 27, 14, 0, tzinfo=UTC)
