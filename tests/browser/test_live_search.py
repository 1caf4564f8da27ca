"""A list narrows while somebody types; without scripts the button does the same."""

import pytest
from playwright.sync_api import Page, expect

from needlework.accounts.models import Role
from tests.factories import accounts, patients


@pytest.fixture
def practitioner(server):
    """A practitioner of a clinic with two patients."""
    clinic = accounts.clinic()
    for given, family in (("Jo", "Ellison"), ("Sam", "Okoro")):
        patients.patient(clinic, given_names=given, family_name=family)
    return accounts.member(Role.PRACTITIONER, at=clinic)


def given_the_list(page: Page, practitioner, sign_in) -> None:
    sign_in(page, practitioner)
    page.goto("/patients/")
    expect(page.get_by_role("link", name="Sam Okoro")).to_be_visible()


def then_only_jo_is_left(page: Page) -> None:
    expect(page.get_by_role("link", name="Sam Okoro")).to_be_hidden()
    expect(page.get_by_role("link", name="Jo Ellison")).to_be_visible()


def test_a_list_narrows_while_somebody_types(page, practitioner, sign_in):
    given_the_list(page, practitioner, sign_in)
    page.get_by_label("Find a patient").press_sequentially("ell", delay=20)
    then_only_jo_is_left(page)
    expect(page).to_have_url("/patients/?q=ell")
    page.get_by_label("Find a patient").press_sequentially("i", delay=20)
    expect(page).to_have_url("/patients/?q=elli")
    page.go_back()
    then_only_jo_is_left(page)


def test_the_button_does_the_same_without_scripts(plain, practitioner, sign_in):
    given_the_list(plain, practitioner, sign_in)
    plain.get_by_label("Find a patient").fill("ell")
    plain.get_by_role("button", name="Find").click()
    then_only_jo_is_left(plain)


def test_nothing_of_a_page_stays_in_the_browsers_store(page, practitioner, sign_in):
    given_the_list(page, practitioner, sign_in)
    page.get_by_label("Find a patient").press_sequentially("ell", delay=20)
    then_only_jo_is_left(page)
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "Ellison" not in kept
    assert "Okoro" not in kept
