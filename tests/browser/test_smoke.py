"""The shortest way through the product; it also runs on PostgreSQL."""

from playwright.sync_api import expect

from needlework.patients.models import Patient
from tests.factories import patients


def test_a_lead_adds_a_patient_and_signs_out(page, sign_in):
    # given a lead at the desk
    sign_in(page, patients.lead())
    # when she adds a patient
    page.goto("/patients/new/")
    page.get_by_label("Given names").fill("Zoë")
    page.get_by_label("Family name").fill("Åkesson")
    for part, number in (("Day", "12"), ("Month", "6"), ("Year", "1988")):
        page.get_by_label(part).fill(number)
    page.get_by_role("button", name="Add the patient").click()
    # then the patient's page opens, and the patient is found by two letters
    expect(page.get_by_role("heading", level=1)).to_have_text("Zoë Åkesson")
    page.goto("/patients/?q=zo")
    expect(page.get_by_role("link", name="Zoë Åkesson")).to_be_visible()
    assert Patient.objects.count() == 1
    # when she signs out, then the page asks to sign in
    page.goto("/account/")
    page.get_by_role("button", name="Sign out").first.click()
    page.goto("/patients/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
