"""Staff find their way in: password, second factor, idle lock, and out again."""

import re
from datetime import timedelta

import pyotp
import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from needlework.accounts import operations, presence, setup_code
from needlework.accounts.models import Organisation, Role, User
from tests.browser.conftest import PHONE
from tests.factories import accounts

PASSWORD = "heron quilt saddle lantern"


@pytest.fixture
def lead(server):
    """A lead with a password and no second factor yet."""
    somebody = accounts.member(Role.LEAD)
    somebody.set_password(PASSWORD)
    somebody.save()
    return somebody


def given_a_fingerprint_reader(page: Page) -> None:
    """Give the browser an authenticator of its own, as a laptop has."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    reader = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    reader |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": reader})


def given_an_app(user: User) -> pyotp.TOTP:
    """Give somebody an authenticator app that was confirmed a while ago."""
    made = operations.set_up_authenticator(user=user, at=timezone.now())
    made.confirmed_at = timezone.now()
    made.save()
    return pyotp.TOTP(made.secret)


def given_the_page_was_left_alone(page: Page, user: User, minutes: int) -> None:
    sign_in = user.sign_ins.get(ended_at=None)
    mark = presence.stamp(sign_in, at=timezone.now() - timedelta(minutes=minutes))
    address = re.match(r"https?://[^/]+", page.url)[0]
    page.context.add_cookies([{"name": presence.COOKIE, "value": mark, "url": address, "httpOnly": True}])


def when_somebody_gives_the_password(page: Page, user: User, password: str = PASSWORD) -> None:
    page.goto("/sign-in/?next=/account/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def when_somebody_signs_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()


def then_they_are_in(page: Page) -> None:
    page.goto("/account/")
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def test_a_new_colleague_makes_a_passkey_and_signs_in_with_it(page, lead, axe):
    given_a_fingerprint_reader(page)
    when_somebody_gives_the_password(page, lead)
    expect(page.get_by_role("heading", name="Set up a second factor")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("button", name="Make ten codes").click()
    expect(page.locator(".codes code")).to_have_count(10)
    axe(page)
    then_they_are_in(page)
    expect(page.get_by_text("Passkey: Chrome on Linux")).to_be_visible()
    when_somebody_signs_out(page)
    when_somebody_gives_the_password(page, lead)
    expect(page.get_by_role("heading", name="Now your second factor")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    assert lead.passkeys.get().sign_count > 0


def test_a_browser_without_the_passkey_is_told_so(page, lead, open_context):
    given_a_fingerprint_reader(page)
    when_somebody_gives_the_password(page, lead)
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    other = open_context().new_page()
    given_a_fingerprint_reader(other)
    when_somebody_gives_the_password(other, lead)
    other.get_by_role("button", name="Use a passkey").click()
    expect(other.get_by_text("No passkey was given. Try again, or use another way.")).to_be_visible(timeout=70_000)


@pytest.mark.parametrize("browser", ["page", "phone", "plain"])
def test_a_new_colleague_connects_an_app_and_signs_in_with_its_code(lead, browser, request):
    page = request.getfixturevalue(browser)
    when_somebody_gives_the_password(page, lead)
    page.get_by_role("button", name="Use an authenticator app").click()
    expect(page.get_by_alt_text("QR code for the authenticator app")).to_be_visible()
    page.get_by_text("I cannot scan the picture").click()
    app = pyotp.TOTP(page.locator("#secret").inner_text().replace(" ", ""))
    page.get_by_label("Code from the app").fill(app.now())
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    when_somebody_signs_out(page)
    when_somebody_gives_the_password(page, lead)
    page.get_by_label("Code from the app").fill(app.at(timezone.now() + timedelta(seconds=30)))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def test_a_recovery_code_lets_somebody_in_who_lost_the_phone(page, lead, axe):
    given_an_app(lead)
    code = operations.make_recovery_codes(user=lead, at=timezone.now())[0]
    when_somebody_gives_the_password(page, lead)
    page.get_by_role("link", name="Use a recovery code").click()
    axe(page)
    page.get_by_label("Recovery code").fill(code.lower())
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("You used a recovery code. 9 are left.")).to_be_visible()
    axe(page)


def test_a_wrong_password_is_answered_by_a_sentence_that_takes_focus(page, lead, axe):
    when_somebody_gives_the_password(page, lead, "wrong wrong wrong")
    summary = page.locator("[data-summary]")
    expect(summary).to_contain_text("The e-mail address or the password is not right")
    expect(summary).to_be_focused()
    axe(page)


def test_signing_in_needs_no_mouse(page, lead):
    app = given_an_app(lead)
    page.goto("/sign-in/?next=/account/")
    page.get_by_label("E-mail address").focus()
    page.keyboard.type(lead.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("Code from the app").focus()
    page.keyboard.type(app.now())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def test_a_page_left_alone_is_locked_and_opens_where_one_was(page, lead, sign_in, axe):
    sign_in(page, lead)
    page.goto("/staff/")
    given_the_page_was_left_alone(page, lead, minutes=16)
    page.goto("/clinics/")
    expect(page.get_by_role("heading", name="Still Amira Khan?")).to_be_visible()
    axe(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Clinics")).to_be_visible()


def test_a_locked_page_opens_with_a_passkey(page, lead):
    given_a_fingerprint_reader(page)
    when_somebody_gives_the_password(page, lead)
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    given_the_page_was_left_alone(page, lead, minutes=16)
    page.goto("/clinics/")
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page.get_by_role("heading", name="Clinics")).to_be_visible()


def test_the_first_lead_sets_up_the_clinic(page, tmp_path, axe, monkeypatch):
    monkeypatch.setattr(settings, "SETUP_CODE_FILE", tmp_path / "setup-code")
    code = setup_code.make(settings.SETUP_CODE_FILE)
    page.goto("/")
    expect(page.get_by_role("heading", name="Set up the clinic")).to_be_visible()
    axe(page)
    page.get_by_label("Set-up code").fill(code)
    page.get_by_label("Name of the organisation").fill("Linthorpe Skin")
    page.get_by_label("First clinic").fill("Linthorpe Road")
    page.get_by_label("Nation").select_option("England")
    page.get_by_label("Your name").fill("Amira Khan")
    page.get_by_label("Your e-mail address").fill("amira@example.test")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", name="Set up a second factor")).to_be_visible()
    assert Organisation.objects.get().name == "Linthorpe Skin"


STAFF_PAGES = [
    "/account/",
    "/staff/",
    "/staff/add/",
    "/clinics/",
    "/clinics/add/",
    "/settings/",
    "/second-factor/set-up/",
]


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desktop", "phone"])
def test_every_page_of_accounts_reads_well_for_everybody(lead, sign_in, open_context, axe, options):
    page = open_context(**options).new_page()
    sign_in(page, lead)
    for path in [*STAFF_PAGES, f"/staff/{lead.pk}/", f"/staff/{lead.pk}/documents/add/"]:
        page.goto(path)
        axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} scrolls sideways"
