"""A patient's own pages: in by a link and a birthday, out again."""

from django.utils import timezone
from playwright.sync_api import Page, expect

from needlework.audit.record import viewed
from needlework.patients.models import SignInLink
from needlework.patients.tokens import token_of
from tests.factories import patients


def given_a_patient_whose_record_was_opened():
    jo = patients.patient(email="jo@example.test")
    viewed(jo, by=patients.lead(), at=timezone.now())
    return jo


def when_a_link_is_asked_for(page: Page) -> str:
    page.goto("/me/sign-in/")
    page.get_by_label("Your e-mail address").fill("jo@example.test")
    page.get_by_role("button", name="Send me a link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your e-mail")
    return f"/me/sign-in/{token_of(SignInLink.objects.get().pk)}/"


def when_the_birthday_is_given(page: Page, year: str) -> None:
    for part, number in (("Day", "12"), ("Month", "6"), ("Year", year)):
        page.get_by_label(part).fill(number)
    page.get_by_role("button", name="Sign in").click()


def test_a_patient_signs_in_and_sees_who_opened_the_record(phone, axe):
    given_a_patient_whose_record_was_opened()
    # when Jo asks for a link, and a scanner opens it before she does
    link = when_a_link_is_asked_for(phone)
    axe(phone)
    phone.request.get(link)
    # and she gives a wrong birthday, then hers
    phone.goto(link)
    axe(phone)
    when_the_birthday_is_given(phone, "1989")
    expect(phone.get_by_text("That does not match").first).to_be_visible()
    when_the_birthday_is_given(phone, "1988")
    # then her details open
    expect(phone.get_by_role("heading", level=1)).to_have_text("Jo Ellison")
    axe(phone)
    # and she sees who looked at them
    phone.goto("/me/opened/")
    expect(phone.get_by_text("Rowan Hale").first).to_be_visible()
    axe(phone)


def test_a_link_works_once(plain):
    given_a_patient_whose_record_was_opened()
    link = when_a_link_is_asked_for(plain)
    plain.goto(link)
    when_the_birthday_is_given(plain, "1988")
    # when Jo signs out and opens the link again
    plain.get_by_role("button", name="Sign out").first.click()
    plain.goto(link)
    # then it is dead, and so are her pages
    expect(plain.get_by_role("heading", level=1)).to_have_text("This link no longer works")
    plain.goto("/me/")
    expect(plain.get_by_role("heading", level=1)).to_have_text("Sign in as a patient")
