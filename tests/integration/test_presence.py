"""Who is at the browser, and for how long: sign-ins that end, sessions, cookies."""

from datetime import timedelta

import pyotp
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from needlework.accounts import doors, operations, presence
from needlework.accounts.backend import StaffBackend
from needlework.accounts.models import Attempt, Factor, Role, SignIn
from needlework.audit.models import Event
from tests.factories import accounts
from tests.factories.accounts import signed_in_client

pytestmark = pytest.mark.django_db

PASSWORD = "heron quilt saddle lantern"


@pytest.fixture
def lead():
    somebody = accounts.member(Role.LEAD)
    somebody.set_password(PASSWORD)
    somebody.save()
    return somebody


@pytest.fixture
def app(lead):
    """The lead's authenticator app."""
    made = operations.set_up_authenticator(user=lead, at=timezone.now())
    made.confirmed_at = timezone.now()
    made.save()
    return pyotp.TOTP(made.secret)


def give_password(client, email, password=PASSWORD):
    return client.post(reverse("sign-in"), {"email": email, "password": password})


def verbs():
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


def test_signing_out_ends_the_session_and_is_recorded(lead):
    client = signed_in_client(lead)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert client.post(reverse("sign-out")).url == reverse("signed-out")
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert client.get(reverse("account")).status_code == 302
    assert "signed-out" in verbs()


def test_signing_out_is_not_done_by_a_link(lead):
    client = signed_in_client(lead)
    assert client.get(reverse("sign-out")).status_code == 405
    assert client.get(reverse("account")).status_code == 200


def test_an_ended_account_is_out_at_the_next_request(lead):
    leaver = accounts.member(Role.PRACTITIONER, name="Dana Reid")
    client = signed_in_client(leaver)
    assert client.get(reverse("account")).status_code == 200
    operations.end_account(user=leaver, by=lead, at=timezone.now())
    assert client.get(reverse("account")).status_code == 302


def test_an_ended_sign_in_is_out_even_if_its_session_is_still_there(lead):
    client = signed_in_client(lead)
    SignIn.objects.update(ended_at=timezone.now(), ended_by=lead)
    assert client.get(reverse("account")).status_code == 302


def test_nobody_stays_signed_in_for_more_than_twelve_hours(lead):
    client = signed_in_client(lead)
    SignIn.objects.update(started_at=timezone.now() - presence.ABSOLUTE - timedelta(minutes=1))
    assert client.get(reverse("account")).status_code == 302


def test_a_session_cookie_without_its_sign_in_opens_nothing(lead):
    client = Client()
    client.force_login(lead)
    assert client.get(reverse("account")).status_code == 302


def test_looking_at_pages_writes_nothing(lead):
    client = signed_in_client(lead)
    before = Event.objects.count(), Attempt.objects.count()
    for name in ("account", "staff", "clinics", "settings", "set-up-second-factor", "recovery-codes"):
        assert client.get(reverse(name)).status_code == 200
    assert (Event.objects.count(), Attempt.objects.count()) == before


def test_a_sign_in_says_where_and_how(lead, app):
    client = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/144.0"}, REMOTE_ADDR="198.51.100.7")
    give_password(client, lead.email)
    client.post(reverse("second-factor"), {"code": app.now()})
    sign_in = lead.sign_ins.get()
    assert (sign_in.browser, sign_in.address, sign_in.factor) == ("Firefox on Windows", "198.51.100.7", Factor.TOTP)


def test_cookies_are_kept_from_scripts_and_other_sites(lead, app):
    client = Client()
    give_password(client, lead.email)
    client.post(reverse("second-factor"), {"code": app.now()})
    for name in (settings.SESSION_COOKIE_NAME, "seen", "known"):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name


def test_a_session_whose_password_has_changed_opens_nothing(lead):
    client = signed_in_client(lead)
    lead.set_password("another good long one")
    lead.save()
    assert client.get(reverse("account")).status_code == 302


def test_django_finds_nobody_behind_an_ended_account(lead):
    assert StaffBackend().get_user(lead.pk) == lead
    lead.ended_at, lead.ended_by = accounts.AT, lead
    lead.save()
    assert StaffBackend().get_user(lead.pk) is None


def test_signing_in_again_is_not_asked_of_somebody_who_is_in(lead):
    client = signed_in_client(lead)
    assert client.get(reverse("sign-in") + "?next=/staff/").url == "/staff/"


def test_signing_in_at_a_locked_browser_means_unlocking_it(lead):
    client = signed_in_client(lead)
    del client.cookies[presence.COOKIE]
    assert client.get(reverse("sign-in")).url == reverse("unlock")


@pytest.mark.parametrize("referer", ["", "https://evil.example/staff/"])
def test_a_form_sent_without_a_page_of_ours_leads_to_the_first_page(lead, referer):
    client = Client(headers={"Referer": referer})
    accounts.organisation()
    assert client.post(reverse("end-other-sign-ins")).url == "/sign-in/?next=/"


@pytest.mark.parametrize("name", ["second-factor", "recovery-code", "set-up-second-factor", "set-up-app", "unlock"])
def test_a_door_opens_to_nobody_who_comes_from_nowhere(name):
    accounts.organisation()
    assert Client().get(reverse(name)).url == reverse("sign-in")


@pytest.mark.parametrize("gate", [doors.knows_the_password, doors.has_signed_in, doors.may_set_up_a_factor])
def test_doors_that_check_for_themselves_declare_it(gate):
    assert gate(user=None)


def test_a_sign_in_in_force_elsewhere_is_not_this_browsers(lead):
    here, there = signed_in_client(lead), signed_in_client(lead)
    mixed = here.session
    mixed["sign_in"] = there.session["sign_in"]
    mixed.save()
    assert here.get(reverse("account")).status_code == 302


def test_ending_a_sign_in_twice_is_recorded_once(lead):
    signed_in_client(lead)
    sign_in = lead.sign_ins.get()
    for _ in range(2):
        operations.end_sign_in(sign_in=sign_in, by=lead, at=timezone.now())
    assert verbs().count("signed-out") == 1
