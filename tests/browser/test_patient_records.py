"""Journeys with records: allergies, merging, importing, opening in need, giving access, and a patient's own choices."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from needlework.accounts.models import Role
from needlework.patients import operations
from needlework.patients.models import FactKind, Patient, SignInLink
from needlework.patients.tokens import token_of
from tests.factories import accounts, patients

SCREENS = pytest.mark.parametrize("screen", ["page", "phone", "plain"], indirect=True)


@pytest.fixture
def axe(axe: Callable[[Page], None], plain: Page) -> Callable[[Page], None]:
    """Judge a page where axe can run: it is a script, and the markup is the same without scripts."""
    return lambda page: None if page is plain else axe(page)


@pytest.fixture
def screen(request: pytest.FixtureRequest) -> Page:
    """A desktop, a phone, and a browser without JavaScript."""
    chosen: Page = request.getfixturevalue(request.param)
    return chosen


def given_jo() -> Patient:
    return patients.patient(phone="+447700900123", email="jo@example.test")


def when_a_day_is_entered(page: Page, day: str, month: str, year: str) -> None:
    for label, value in (("Day", day), ("Month", month), ("Year", year)):
        page.get_by_label(label, exact=True).fill(value)


def when_ticked(place: Page | Locator, statement: str) -> None:
    """Click the label, which covers its box: the whole line can be clicked."""
    place.locator("label", has_text=statement).click()


def then_the_address_is(page: Page, name: str, *args: object) -> None:
    expect(page).to_have_url(re.compile(re.escape(reverse(name, args=args)) + r"$"))


@SCREENS
def test_an_allergy_stands_in_the_banner_and_goes_when_it_was_a_mistake(screen, sign_in, axe):
    # given a patient whom nobody has asked
    jo = given_jo()
    sign_in(screen, patients.lead())
    screen.goto(reverse("patient", args=[jo.pk]))
    banner = screen.get_by_role("region", name="Not everything was asked")
    expect(banner).to_contain_text("Allergies: not asked")
    # when an allergy is recorded
    screen.get_by_role("link", name="Record Allergies").click()
    screen.get_by_label("What is the patient allergic to?").fill("Lidocaine: swollen lips")
    screen.get_by_role("button", name="Record it").click()
    # then nobody can overlook it
    expect(screen.get_by_role("region", name="Mind this")).to_contain_text("Lidocaine: swollen lips")
    axe(screen)
    # when it turns out to be a mistake
    screen.get_by_role("link", name="Entered in error Lidocaine: swollen lips").click()
    axe(screen)
    screen.get_by_role("button", name="Yes, it was entered in error").click()
    # then it stands in the past, marked
    expect(screen.get_by_role("region", name="Mind this")).to_be_hidden()
    screen.get_by_role("link", name="Entries that no longer hold").click()
    expect(screen.get_by_text("Entered in error")).to_be_visible()
    axe(screen)


@SCREENS
def test_two_records_are_merged_and_taken_apart(screen, sign_in, axe):
    jo, joe = given_jo(), patients.patient(given_names="Joe", family_name="Elison")
    sign_in(screen, patients.lead())
    screen.goto(reverse("patient", args=[jo.pk]))
    screen.get_by_role("link", name="Merge with another record").click()
    screen.get_by_role("link", name="Joe Elison").first.click()
    axe(screen)
    when_ticked(screen, "I have compared both records")
    screen.get_by_role("button", name="Merge the records").click()
    expect(screen.get_by_role("heading", name="Merged into this record")).to_be_visible()
    axe(screen)
    # then the old address leads to the kept record
    screen.goto(reverse("patient", args=[joe.pk]))
    then_the_address_is(screen, "patient", jo.pk)
    # when the merge is undone
    screen.get_by_role("link", name="Undo").click()
    screen.get_by_role("button", name="Take them apart").click()
    # then the other record stands by itself again
    expect(screen.get_by_text("apart again")).to_be_visible()
    screen.goto(reverse("patient", args=[joe.pk]))
    expect(screen.get_by_role("heading", level=1, name="Joe Elison")).to_be_visible()


@SCREENS
def test_a_list_is_checked_corrected_and_imported(screen, sign_in, axe, tmp_path: Path):
    patients.patient()
    sign_in(screen, patients.lead())
    file = tmp_path / "patients.csv"
    file.write_text("Family name,Given names,Date of birth\nOkoro,Sam,31/02/1990\nNair,Renée,4/3/1991\n", "cp1252")
    screen.goto("/patients/")
    screen.get_by_role("link", name="Import").click()
    screen.get_by_label("File").set_input_files(file)
    screen.get_by_role("button", name="Check the file").click()
    # then the bad row is named and nothing can be imported
    expect(screen.get_by_text("Enter the date of birth with the day first")).to_be_visible()
    expect(screen.get_by_role("button", name="Import them now")).to_be_hidden()
    axe(screen)
    # when it is corrected
    file.write_text("Family name,Given names,Date of birth\nOkoro,Sam,28/02/1990\nNair,Renée,4/3/1991\n", "cp1252")
    screen.get_by_role("link", name="Import patients").click()
    screen.get_by_label("File").set_input_files(file)
    screen.get_by_role("button", name="Check the file").click()
    axe(screen)
    screen.get_by_role("button", name="Import them now").click()
    # then all are there
    expect(screen.get_by_text("Imported: 2 patients are added.")).to_be_visible()
    expect(screen.get_by_role("link", name="Renée Nair")).to_be_visible()


@SCREENS
def test_a_record_is_opened_in_need_and_the_lead_sees_why(screen, sign_in, axe, open_context):
    # given a patient of another clinic
    theirs = patients.patient(clinic=accounts.clinic("Marton"))
    sign_in(screen, accounts.member(Role.PRACTITIONER, at=accounts.clinic("Linthorpe Road")))
    # when a practitioner looks for exactly this person
    screen.goto("/patients/")
    screen.get_by_role("link", name="Open a record in need").click()
    screen.get_by_label("Given names").fill("Jo")
    screen.get_by_label("Family name").fill("Ellison")
    when_a_day_is_entered(screen, "12", "6", "1988")
    screen.get_by_role("button", name="Look").click()
    axe(screen)
    screen.get_by_label("Why do you need to open this record?").fill("Fainted in our waiting room")
    screen.get_by_role("button", name="Open the record").click()
    # then the record opens, and says how
    expect(screen.get_by_role("region", name="You opened this record in need")).to_be_visible()
    then_the_address_is(screen, "patient", theirs.pk)
    axe(screen)
    # and the lead of the patient's clinic reads the reason
    lead = open_context().new_page()
    sign_in(lead, patients.lead(accounts.clinic("Marton")))
    lead.goto("/patients/")
    lead.get_by_role("link", name="Read the reasons").click()
    expect(lead.get_by_text("Fainted in our waiting room")).to_be_visible()
    axe(lead)
    lead.get_by_role("button", name="I have seen this").click()
    expect(lead.get_by_text("Nothing waits")).to_be_visible()


@SCREENS
def test_access_is_given_until_a_day_and_ended(screen, sign_in, axe):
    jo = given_jo()
    accounts.clinic("Marton")
    sign_in(screen, patients.lead())
    screen.goto(reverse("patient-access", args=[jo.pk]))
    screen.get_by_label("Everybody at").select_option("Marton")
    when_a_day_is_entered(screen, "1", "1", "2099")
    screen.get_by_label("Reason").fill("Joint care")
    screen.get_by_role("button", name="Give access").click()
    expect(screen.get_by_text("In force")).to_be_visible()
    axe(screen)
    screen.get_by_role("button", name="End this access now").click()
    expect(screen.get_by_text("The access has ended.")).to_be_visible()


@SCREENS
def test_a_patient_reads_their_record_and_chooses_how_to_be_reached(screen, axe):
    # given a signed-in patient who was asked about allergies
    jo = given_jo()
    operations.record_none_known(patient=jo, kind=FactKind.ALLERGY, by=patients.lead(), at=timezone.now())
    screen.goto("/me/")
    screen.get_by_label("Your e-mail address").fill("jo@example.test")
    screen.get_by_role("button", name="Send me a link").click()
    expect(screen.get_by_role("heading", name="Look into your e-mail")).to_be_visible()
    screen.goto(reverse("me-link", args=[token_of(SignInLink.objects.get().pk)]))
    when_a_day_is_entered(screen, "12", "6", "1988")
    screen.get_by_role("button", name="Sign in").click()
    # then they read what the clinic keeps
    expect(screen.get_by_role("heading", level=1, name="Jo Ellison")).to_be_visible()
    expect(screen.get_by_text("None known")).to_be_visible()
    axe(screen)
    # when they say how they want to be reached
    screen.get_by_role("link", name="Contact", exact=True).click()
    axe(screen)
    when_ticked(screen.get_by_role("group", name="News and offers"), "E-mail")
    screen.get_by_role("button", name="Save my choices").click()
    # then it is saved, and staff see that the patient said so
    expect(screen.get_by_text("Your choices are saved.")).to_be_visible()
    assert jo.contact_choices.get(channel="email", purpose="marketing").by_patient


def test_contact_choices_are_changed_with_the_keyboard_alone(page, sign_in):
    jo = given_jo()
    sign_in(page, patients.lead())
    page.goto(reverse("patient", args=[jo.pk]))
    page.get_by_role("link", name="Change how Jo Ellison may be reached").focus()
    page.keyboard.press("Enter")
    page.get_by_role("group", name="Appointments and care").get_by_label("Post").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save the choices").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The contact choices are saved.")).to_be_visible()
    assert not jo.contact_choices.get(channel="post", purpose="care").allowed
