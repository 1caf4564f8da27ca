"""A page that nobody has touched for a while asks who is there."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from needlework.accounts import presence
from needlework.accounts.models import Role, SignIn
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


def untouched_for(client, minutes):
    """Leave a browser alone for so long."""
    sign_in = SignIn.objects.latest("started_at")
    client.cookies[presence.COOKIE] = presence.stamp(sign_in, at=timezone.now() - timedelta(minutes=minutes))
    return client


def test_a_browser_used_lately_is_open(lead):
    assert untouched_for(signed_in_client(lead), 14).get(reverse("staff")).status_code == 200


@pytest.mark.parametrize("query", ["", "?skip_timeout_reset=1", "?next=/staff/&unlock=1&_=9", "?seen=now"])
def test_a_browser_left_alone_is_locked_whatever_the_address_says(lead, query):
    client = untouched_for(signed_in_client(lead), 16)
    for name in ("staff", "account", "clinics", "settings", "add-staff"):
        answer = client.get(reverse(name) + query)
        assert answer.status_code == 302
        assert answer.url.startswith("/unlock/?next=/")


def test_the_organisation_decides_how_long(lead):
    ours = accounts.organisation()
    ours.idle_minutes = 30
    ours.save()
    client = signed_in_client(lead)
    assert untouched_for(client, 29).get(reverse("staff")).status_code == 200
    assert untouched_for(client, 31).get(reverse("staff")).status_code == 302


def test_the_password_opens_it_where_one_was(lead):
    client = untouched_for(signed_in_client(lead), 16)
    asked = client.get(reverse("staff")).url
    assert client.post(asked, {"password": PASSWORD}).url == "/staff/"
    assert client.get(reverse("staff")).status_code == 200


def test_a_wrong_password_keeps_it_locked(lead):
    client = untouched_for(signed_in_client(lead), 16)
    assert client.post(reverse("unlock"), {"password": "wrong wrong wrong"}).status_code == 422
    assert client.get(reverse("staff")).status_code == 302


def test_somebody_elses_password_does_not_open_it(lead):
    other = accounts.member(Role.LEAD, name="Dana Reid")
    other.set_password("another good long one")
    other.save()
    client = untouched_for(signed_in_client(lead), 16)
    assert client.post(reverse("unlock"), {"password": "another good long one"}).status_code == 422


def test_without_the_mark_of_being_here_a_browser_is_locked(lead):
    client = signed_in_client(lead)
    del client.cookies[presence.COOKIE]
    assert client.get(reverse("staff")).status_code == 302


@pytest.mark.parametrize("forged", ["", "x", "WyJ4IiwxXQ:1abc:forged"])
def test_a_forged_mark_opens_nothing(lead, forged):
    client = signed_in_client(lead)
    client.cookies[presence.COOKIE] = forged
    assert client.get(reverse("staff")).status_code == 302


def test_the_mark_of_another_sign_in_opens_nothing(lead):
    client = signed_in_client(lead)
    other = signed_in_client(accounts.member(Role.LEAD, name="Dana Reid"))
    client.cookies[presence.COOKIE] = other.cookies[presence.COOKIE].value
    assert client.get(reverse("staff")).status_code == 302


def test_a_locked_page_can_only_be_unlocked_or_left(lead):
    client = untouched_for(signed_in_client(lead), 16)
    assert client.get(reverse("unlock")).status_code == 200
    assert client.post(reverse("end-other-sign-ins")).status_code == 302
    assert client.post(reverse("sign-out")).url == reverse("signed-out")


def test_a_form_sent_from_a_locked_page_leads_back_to_that_page(lead):
    client = untouched_for(signed_in_client(lead), 16)
    answer = client.post(reverse("add-staff"), headers={"Referer": "http://testserver/staff/add/"})
    assert answer.url == "/unlock/?next=http%3A//testserver/staff/add/"
    assert client.post(answer.url, {"password": PASSWORD}).url == "http://testserver/staff/add/"


def test_the_mark_is_renewed_at_most_once_a_minute(lead):
    client = signed_in_client(lead)
    assert presence.COOKIE not in client.get(reverse("staff")).cookies
    assert presence.COOKIE in untouched_for(client, 2).get(reverse("staff")).cookies


def test_saying_still_here_keeps_the_page_open(lead):
    client = untouched_for(signed_in_client(lead), 14)
    assert client.head(reverse("stay")).status_code == 204
    assert client.cookies[presence.COOKIE]["httponly"]
    assert untouched_for(client, 16).head(reverse("stay")).status_code == 302


def test_unlocking_without_a_session_leads_to_sign_in():
    accounts.organisation()
    assert Client().get(reverse("unlock")).url == reverse("sign-in")


def test_the_page_says_when_it_will_be_locked(lead):
    body = signed_in_client(lead).get(reverse("staff")).content.decode()
    assert f'data-idle-seconds="{15 * 60}"' in body
    assert settings.LOGIN_URL not in body
