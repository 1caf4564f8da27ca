"""Invitations and forgotten passwords."""

import re
from datetime import timedelta

import pyotp
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from needlework.accounts import letters, links, operations
from needlework.accounts.models import PasswordLink, Role
from needlework.audit.models import Event
from needlework.messages.models import Message
from needlework.work import worker
from needlework.work.models import Job
from tests.factories import accounts
from tests.factories.accounts import AT, signed_in_client

pytestmark = pytest.mark.django_db

NEW = "saddle lantern heron quilt"


@pytest.fixture
def lead():
    somebody = accounts.member(Role.LEAD)
    somebody.set_password("the old password of hers")
    somebody.save()
    return somebody


def letter_of(kind):
    message = Message.objects.get(kind=kind)
    return {"staff-invitation": letters.password_link, "password-link": letters.password_link}.get(
        kind, letters.telling
    )(message)


def path_in(letter):
    return re.search(r"http://localhost:8000(/set-password/\S+)", letter.text)[1]


def test_a_forgotten_password_is_asked_for_alike_for_everybody(lead):
    answers = [
        Client().post(reverse("forgotten-password"), {"email": email}) for email in (lead.email, "no@example.test")
    ]
    assert [answer.url for answer in answers] == [reverse("link-sent")] * 2
    assert Job.objects.filter(kind="send-password-link").count() == 2
    assert list(Event.objects.values_list("verb", "subject_kind").distinct()) == [("password-link-asked", "attempt")]


def test_only_a_known_address_is_sent_a_link(lead):
    for email in (lead.email, "nobody@example.test"):
        Client().post(reverse("forgotten-password"), {"email": email})
    now = timezone.now() + timedelta(seconds=1)
    worker.run_due(now)
    message = Message.objects.get(kind="password-link")
    assert (message.to_id, message.channels) == (lead.pk, ["email"])


def test_a_link_sets_the_password_once(lead):
    operations.send_reset(user=lead, at=timezone.now())
    path = path_in(letter_of("password-link"))
    client = Client()
    assert client.get(path).status_code == 200
    assert client.post(path, {"password": NEW}).url == reverse("sign-in")
    lead.refresh_from_db()
    assert lead.check_password(NEW)
    assert client.post(path, {"password": "yet another good one"}).status_code == 410
    lead.refresh_from_db()
    assert lead.check_password(NEW)


def test_opening_a_link_spends_nothing(lead):
    link = operations.send_reset(user=lead, at=timezone.now())
    path = path_in(letter_of("password-link"))
    for _ in range(3):
        assert Client().get(path).status_code == 200
        assert Client().head(path).status_code == 200
    link.refresh_from_db()
    assert link.spent_at is None


def test_a_link_ends_after_an_hour(lead):
    operations.send_reset(user=lead, at=timezone.now() - timedelta(minutes=61))
    assert Client().get(path_in(letter_of("password-link"))).status_code == 410


def test_a_newer_link_ends_the_one_before(lead):
    operations.send_reset(user=lead, at=timezone.now())
    path = path_in(letter_of("password-link"))
    operations.send_reset(user=lead, at=timezone.now())
    assert Client().get(path).status_code == 410


@pytest.mark.parametrize("token", ["x", "00000000000000000000000000000000:forged", "a:b:c"])
def test_a_forged_link_opens_nothing(token):
    accounts.organisation()
    assert Client().get(reverse("set-password", args=[token])).status_code == 410


def test_a_new_password_does_not_get_round_the_second_factor(lead):
    operations.set_up_authenticator(user=lead, at=AT)
    lead.authenticators.update(confirmed_at=AT)
    operations.send_reset(user=lead, at=timezone.now())
    client = Client()
    client.post(path_in(letter_of("password-link")), {"password": NEW})
    assert client.get(reverse("account")).status_code == 302
    client.post(reverse("sign-in"), {"email": lead.email, "password": NEW})
    assert client.get(reverse("account")).status_code == 302
    assert client.get(reverse("set-up-second-factor")).url == reverse("second-factor")


def test_a_new_password_signs_out_every_browser_and_tells_the_owner(lead):
    client = signed_in_client(lead)
    operations.send_reset(user=lead, at=timezone.now())
    Client().post(path_in(letter_of("password-link")), {"password": NEW})
    assert client.get(reverse("account")).status_code == 302
    assert "Your password was changed" in letter_of("password-changed").subject


@pytest.mark.parametrize(
    ("password", "reason"),
    [("short", "at least 12 characters"), ("amira-khan-amira", "which others can guess"), ("", "Enter a new password")],
)
def test_a_poor_password_is_refused_with_its_reason(lead, password, reason):
    operations.send_reset(user=lead, at=timezone.now())
    answer = Client().post(path_in(letter_of("password-link")), {"password": password})
    assert answer.status_code == 422
    assert reason in answer.content.decode()


def test_no_more_than_three_links_an_hour_are_sent():
    accounts.organisation()
    for _ in range(5):
        assert Client().post(reverse("forgotten-password"), {"email": "amira@example.test"}).status_code == 302
    assert Job.objects.filter(kind="send-password-link").count() == 3


def test_a_colleague_is_invited_chooses_a_password_and_sets_up_a_second_factor(lead):
    clinic = accounts.clinic()
    answers = {"id": "7b0fbb1e-6f0f-4b6e-9a0b-0a3a3b8d7a11", "name": "Dana Reid", "email": "Dana@example.test"}
    answers |= {"clinic": str(clinic.pk), "roles": ["practitioner"]}
    client = signed_in_client(lead)
    for _ in range(2):
        assert client.post(reverse("add-staff"), answers).status_code == 302
    path = path_in(letter_of("staff-invitation"))
    dana = Client()
    dana.post(path, {"password": NEW})
    dana.post(reverse("sign-in"), {"email": "dana@example.test", "password": NEW})
    dana.post(reverse("start-app"))
    secret = clinic.memberships.get(role="practitioner").user.authenticators.get().secret
    assert dana.post(reverse("set-up-app"), {"code": pyotp.TOTP(secret).now()}).url == reverse("recovery-codes")
    assert dana.get(reverse("account")).status_code == 200


def test_a_letter_is_not_written_once_its_link_is_spent_or_the_account_has_ended(lead):
    link = operations.send_reset(user=lead, at=timezone.now())
    lead.ended_at, lead.ended_by = AT, lead
    lead.save()
    assert letter_of("password-link") is None
    lead.ended_at = lead.ended_by = None
    lead.save()
    PasswordLink.objects.filter(pk=link.pk).update(spent_at=AT)
    assert letter_of("password-link") is None


def test_letters_about_accounts_use_no_words_about_health(lead):
    operations.send_reset(user=lead, at=timezone.now())
    letter = letter_of("password-link")
    words = f"{letter.subject} {letter.text} {links.address_of(PasswordLink.objects.get())}".lower()
    assert not [
        word for word in ("skin ", "patient", "treat", "needl", "health") if word in words.replace("linthorpe skin", "")
    ]
