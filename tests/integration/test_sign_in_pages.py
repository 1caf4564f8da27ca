"""Signing in: password, second factor, and nothing before both."""

import pyotp
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from needlework.accounts import operations
from needlework.accounts.models import Role
from tests.factories import accounts

pytestmark = pytest.mark.django_db

PASSWORD = "heron quilt saddle lantern"


@pytest.fixture
def lead():
    somebody = accounts.member(Role.LEAD)
    somebody.set_password(PASSWORD)
    somebody.save()
    return somebody


def given_password(client, somebody, password=PASSWORD, **extra):
    return client.post(reverse("sign-in"), {"email": somebody.email, "password": password}, **extra)


def with_app(somebody):
    """Give somebody an authenticator app whose first code is spent long ago."""
    made = operations.set_up_authenticator(user=somebody, at=timezone.now())
    made.confirmed_at = timezone.now()
    made.save()
    return pyotp.TOTP(made.secret)


def test_the_right_password_leads_to_the_second_factor(lead):
    with_app(lead)
    client = Client()
    assert given_password(client, lead).url == reverse("second-factor")
    assert client.get(reverse("second-factor")).status_code == 200


def test_password_and_code_let_somebody_in(lead):
    app = with_app(lead)
    client = Client()
    given_password(client, lead)
    answer = client.post(reverse("second-factor"), {"code": app.now()})
    assert answer.status_code == 302
    assert client.get(reverse("account")).status_code == 200


def test_every_page_answers_a_lead(lead):
    client = accounts.signed_in_client(lead)
    for name in (
        "account",
        "staff",
        "add-staff",
        "clinics",
        "add-clinic",
        "settings",
        "change-password",
        "recovery-codes",
        "set-up-second-factor",
    ):
        assert client.get(reverse(name)).status_code == 200, name
    assert client.get(reverse("staff-member", args=[lead.pk])).status_code == 200
    assert client.get(reverse("clinic", args=[accounts.clinic().pk])).status_code == 200
