"""The day, the outbox and the access log, as a lead and a front desk meet them."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from needlework.accounts.models import CredentialKind, Role, User
from needlework.accounts.operations import record_credential
from needlework.audit.record import SYSTEM, viewed
from needlework.messages.models import Message, State
from needlework.messages.operations import queue
from needlework.patients.models import Patient
from tests.factories import accounts
from tests.factories import patients as people

SCREENS = pytest.mark.parametrize("screen", ["page", "phone", "plain"], indirect=True)


@pytest.fixture
def screen(request: pytest.FixtureRequest) -> Page:
    """A desktop, a phone, and a browser without JavaScript."""
    chosen: Page = request.getfixturevalue(request.param)
    return chosen


def given_a_clinic_with_a_patient() -> tuple[User, Patient]:
    lead = people.lead()
    jo = people.patient(email="jo@example.test")
    viewed(jo, by=lead, at=timezone.now())
    return lead, jo


def given_insurance_that_ends_soon() -> User:
    dana = accounts.member(Role.PRACTITIONER, name="Dana Reid")
    today = timezone.localdate()
    for kind, days in ((CredentialKind.REGISTRATION, 200), (CredentialKind.INSURANCE, 9)):
        record_credential(
            user=dana,
            kind=kind,
            body="Nursing and Midwifery Council",
            number="15C0921E",
            valid_from=today - timedelta(days=300),
            valid_until=today + timedelta(days=days),
            by=SYSTEM,
            at=timezone.now(),
        )
    return dana


def given_a_message_that_failed(lead: User) -> None:
    at = timezone.now()
    with transaction.atomic():
        message = queue(
            "break-glass", key="k", about_kind="breakglass", about_id=lead.pk, to_kind="staff", to_id=lead.pk,
            due_at=at, by=SYSTEM, at=at, clinic_id=accounts.clinic().pk,
        )  # fmt: skip
    failed = {"state": State.FAILED, "reason": "refused", "settled_at": at, "settled_by_kind": "system"}
    Message.objects.filter(pk=message.pk).update(**failed)


@SCREENS
def test_the_day_says_what_needs_somebody_and_finds_a_patient(screen, sign_in, axe):
    lead, _ = given_a_clinic_with_a_patient()
    given_insurance_that_ends_soon()
    # when the lead opens the day
    sign_in(screen, lead)
    screen.goto("/today/")
    # then it says what runs out, and who may treat
    expect(screen.get_by_text("Dana Reid’s insurance ends in 9 days.")).to_be_visible()
    expect(screen.get_by_text("May treat").first).to_be_visible()
    axe(screen)
    # when she types two letters of a name
    screen.get_by_label("Find a patient").fill("el")
    screen.get_by_role("button", name="Find").click()
    # then the patient is found
    screen.get_by_role("link", name="Jo Ellison").click()
    expect(screen.get_by_role("heading", level=1)).to_contain_text("Jo Ellison")
    axe(screen)


@SCREENS
def test_a_message_that_failed_is_sent_again(screen, sign_in, axe):
    lead, _ = given_a_clinic_with_a_patient()
    given_a_message_that_failed(lead)
    sign_in(screen, lead)
    # when the lead follows the day's first notice
    screen.goto("/today/")
    screen.get_by_role("link", name="See the outbox").click()
    expect(screen.get_by_role("heading", name="Needs a person")).to_be_visible()
    axe(screen)
    screen.get_by_role("link", name="Break glass").click()
    axe(screen)
    screen.get_by_role("button", name="Send again").click()
    # then it waits to be sent
    expect(screen.get_by_text("It will be sent again now.")).to_be_visible()
    expect(screen.get_by_text("Waiting")).to_be_visible()


@SCREENS
def test_an_auditor_narrows_the_access_log_to_one_person(screen, sign_in, axe):
    lead, _ = given_a_clinic_with_a_patient()
    dana = given_insurance_that_ends_soon()
    sign_in(screen, accounts.member(Role.AUDITOR, name="Ravi Menon"))
    # when the auditor opens the log
    screen.goto("/access-log/")
    expect(screen.get_by_role("rowheader", name=lead.name).first).to_be_visible()
    axe(screen)
    # when he narrows it to somebody who did nothing
    screen.get_by_text("Show one person or some days only").click()
    screen.get_by_label("Who").select_option(label=dana.name)
    screen.get_by_role("button", name="Show").click()
    # then it says so
    expect(screen.get_by_text("No entry fits.")).to_be_visible()
    axe(screen)


@SCREENS
def test_a_lead_hands_out_a_copy_and_erases_a_record(screen, sign_in, axe):
    lead, jo = given_a_clinic_with_a_patient()
    sign_in(screen, lead)
    # when Jo asks for everything the clinic holds
    screen.goto(f"/patients/{jo.pk}/")
    screen.get_by_role("link", name="Copy of the record").click()
    axe(screen)
    with screen.expect_download() as download:
        screen.get_by_role("button", name="Make the copy").click()
    # then the lead has one file to hand over
    assert download.value.suggested_filename.endswith(".zip")
    # when Jo asks to be forgotten, and the lead mistypes the name
    screen.goto(f"/patients/{jo.pk}/")
    screen.get_by_role("link", name="Erase the record").click()
    axe(screen)
    screen.get_by_label("Type the family name").fill("Smith")
    screen.get_by_role("button", name="Erase for good").click()
    expect(screen.get_by_text("Type the family name exactly").first).to_be_visible()
    axe(screen)
    # then nothing is erased; with the right name it is
    screen.get_by_label("Type the family name").fill("Ellison")
    screen.get_by_role("button", name="Erase for good").click()
    expect(screen.get_by_text("The record is erased.")).to_be_visible()
    assert not Patient.objects.exists()


@SCREENS
def test_a_visitor_chooses_a_way_in(screen, axe):
    accounts.clinic()
    screen.goto("/")
    axe(screen)
    screen.get_by_role("link", name="I am a patient").click()
    expect(screen).to_have_url("/me/sign-in/")
