"""Patients, as the front desk and practitioners meet them."""

import pytest
from playwright.sync_api import Page, expect

from needlework.accounts.models import Role
from needlework.patients.models import Patient
from tests.factories import accounts, patients

SCREENS = pytest.mark.parametrize("screen", ["page", "phone", "plain"], indirect=True)


@pytest.fixture
def screen(request: pytest.FixtureRequest) -> Page:
    """A desktop, a phone, and a browser without JavaScript."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def practitioner(server):
    patients.lead()
    return accounts.member(Role.PRACTITIONER, name="Dana Reid")


def when_a_name_is_given(page: Page, given: str, family: str) -> None:
    page.get_by_label("Given names").fill(given)
    page.get_by_label("Family name").fill(family)


def when_a_birthday_is_given(page: Page, day: str, month: str, year: str) -> None:
    for part, number in (("Day", day), ("Month", month), ("Year", year)):
        page.get_by_label(part).fill(number)


@SCREENS
def test_a_patient_is_added_after_a_mistake(screen, sign_in, practitioner, axe):
    sign_in(screen, practitioner)
    # when the birthday is forgotten
    screen.goto("/patients/")
    screen.get_by_role("link", name="Add a patient").click()
    when_a_name_is_given(screen, "Jo", "Ellison")
    screen.get_by_role("button", name="Add the patient").click()
    # then a sentence says what to enter, and leads there
    expect(
        screen.get_by_role("link", name="Enter the patient’s date of birth").or_(
            screen.get_by_role("link", name="Enter the patient's date of birth")
        )
    ).to_be_visible()
    assert not Patient.objects.exists()
    axe(screen)
    # when it is given, then the patient's page opens
    when_a_birthday_is_given(screen, "12", "6", "1988")
    screen.get_by_role("button", name="Add the patient").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Jo Ellison")
    axe(screen)


def test_a_likely_duplicate_is_asked_about_first(page, sign_in, practitioner):
    # given Jo is known
    patients.patient()
    sign_in(page, practitioner)
    # when somebody adds her again
    page.goto("/patients/new/")
    when_a_name_is_given(page, "Jo", "Ellison")
    when_a_birthday_is_given(page, "12", "6", "1988")
    page.get_by_role("button", name="Add the patient").click()
    # then nothing is saved before the question is answered
    expect(page.get_by_role("heading", name="Is it one of these?")).to_be_visible()
    assert Patient.objects.count() == 1
    page.get_by_text("None of these is the patient").click()
    page.get_by_role("button", name="Add the patient").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jo Ellison")
    assert Patient.objects.count() == 2


def test_going_back_and_sending_again_adds_nobody_twice(page, sign_in, practitioner):
    sign_in(page, practitioner)
    page.goto("/patients/new/")
    when_a_name_is_given(page, "Jo", "Ellison")
    when_a_birthday_is_given(page, "12", "6", "1988")
    page.get_by_role("button", name="Add the patient").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jo Ellison")
    # when she goes back and sends the form once more
    page.go_back()
    page.get_by_role("button", name="Add the patient").click()
    page.wait_for_load_state()
    # then there is still one patient
    assert Patient.objects.count() == 1


def test_a_stale_tab_does_not_overwrite(page, sign_in, practitioner):
    # given two tabs on the same record
    jo = patients.patient()
    sign_in(page, practitioner)
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(f"/patients/{jo.pk}/edit/")
    # when one is saved, and then the other
    other.get_by_label("Known as").fill("Joey")
    other.get_by_role("button", name="Save the details").click()
    expect(other.get_by_text("The details are saved.")).to_be_visible()
    page.get_by_label("Known as").fill("Josephine")
    page.get_by_role("button", name="Save the details").click()
    # then the second is told, and the first stands
    expect(page.get_by_text("since you opened this page").first).to_be_visible()
    assert Patient.objects.get().known_as == "Joey"


def test_an_allergy_stands_in_the_banner(screen_or_phone, sign_in, practitioner, axe):
    page = screen_or_phone
    jo = patients.patient()
    sign_in(page, practitioner)
    # when the practitioner records it
    page.goto(f"/patients/{jo.pk}/facts/allergy/new/")
    page.get_by_label("What is the patient allergic to?").fill("Lidocaine: swollen lips in 2019")
    page.get_by_role("button", name="Record").first.click()
    # then nobody can overlook it
    expect(page.get_by_text("Lidocaine: swollen lips in 2019").first).to_be_visible()
    axe(page)


@pytest.fixture(params=["page", "phone"])
def screen_or_phone(request: pytest.FixtureRequest) -> Page:
    return request.getfixturevalue(request.param)


def test_finding_and_opening_a_patient_needs_no_mouse(page, sign_in, practitioner):
    # given one patient, and somebody at the keyboard
    patients.patient()
    sign_in(page, practitioner)
    page.goto("/patients/")
    # when they reach the search, type, and walk to the name
    page.get_by_label("Find a patient").focus()
    page.keyboard.type("ellis")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=ellis*")
    link = page.get_by_role("link", name="Jo Ellison")
    for _ in range(30):
        if link.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    # then the patient's page opens
    expect(page.get_by_role("heading", level=1)).to_have_text("Jo Ellison")


def test_another_clinics_patient_looks_like_nobody(page, sign_in, practitioner):
    # given a patient of Marton
    stranger = patients.patient(accounts.clinic("Marton"))
    sign_in(page, practitioner)
    # when somebody of Linthorpe Road opens the address
    answer = page.goto(f"/patients/{stranger.pk}/")
    # then the page says that there is nobody
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_text("Ellison")).to_have_count(0)
