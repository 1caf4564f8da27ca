"""Passkeys: made, proved, and refused when anything about the answer is wrong."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from needlework.accounts import presence
from needlework.accounts.models import Factor, Passkey, Role
from tests.factories import accounts
from tests.factories.accounts import signed_in_client
from tests.fingerprint import Reader

pytestmark = pytest.mark.django_db

PASSWORD = "heron quilt saddle lantern"


@pytest.fixture
def lead():
    somebody = accounts.member(Role.LEAD)
    somebody.set_password(PASSWORD)
    somebody.save()
    return somebody


def half_way(user):
    client = Client()
    client.post(reverse("sign-in"), {"email": user.email, "password": PASSWORD})
    return client


def asked(client, name):
    return json.loads(client.post(reverse(name)).content)


def make(client, reader):
    return client.post(reverse("set-up-passkey"), {"answer": reader.make(asked(client, "set-up-passkey-options"))})


def prove(client, reader):
    return client.post(reverse("prove-passkey"), {"answer": reader.prove(asked(client, "prove-passkey-options"))})


def test_a_passkey_is_made_at_the_first_sign_in_and_opens_the_next(lead):
    reader = Reader()
    assert make(half_way(lead), reader).url == reverse("recovery-codes")
    client = half_way(lead)
    assert prove(client, reader).url == "/"
    assert client.get(reverse("account")).status_code == 200
    assert lead.sign_ins.latest("started_at").factor == Factor.PASSKEY
    assert Passkey.objects.get().sign_count == 1


def test_a_second_passkey_is_added_from_the_account(lead):
    make(half_way(lead), Reader())
    client = signed_in_client(lead)
    assert make(client, Reader(b"another one")).url == reverse("account")
    assert "Your new second factor works from now on" in client.get(reverse("account")).content.decode()
    assert lead.passkeys.count() == 2


def test_a_passkey_that_is_there_already_is_named_so_that_the_browser_refuses_it(lead):
    make(half_way(lead), Reader())
    known = asked(signed_in_client(lead), "set-up-passkey-options")["excludeCredentials"]
    assert [one["id"] for one in known] == [lead.passkeys.get().credential_id]


def test_a_passkey_made_twice_from_one_question_is_kept_once(lead):
    client, reader = signed_in_client(lead), Reader()
    answer = reader.make(asked(client, "set-up-passkey-options"))
    for _ in range(2):
        client.post(reverse("set-up-passkey"), {"answer": answer})
    assert lead.passkeys.count() == 1


def test_another_sites_passkey_is_refused(lead):
    client = signed_in_client(lead)
    assert make(client, Reader(origin="https://linthorpe.example")).url == reverse("set-up-second-factor")
    make(client, Reader())
    phishing = Reader(origin="https://linthorpe.example")
    phishing.key = Reader().key
    assert prove(half_way(lead), phishing).url == reverse("second-factor")


def test_a_proof_by_another_key_is_refused(lead):
    make(half_way(lead), Reader())
    assert prove(half_way(lead), Reader()).url == reverse("second-factor")


def test_a_proof_for_an_older_question_is_refused(lead):
    reader = Reader()
    make(half_way(lead), reader)
    client = half_way(lead)
    answer = reader.prove(asked(client, "prove-passkey-options"))
    asked(client, "prove-passkey-options")
    assert client.post(reverse("prove-passkey"), {"answer": answer}).url == reverse("second-factor")


def test_a_proof_heard_on_the_way_does_not_work_again(lead):
    reader = Reader()
    make(half_way(lead), reader)
    client = half_way(lead)
    answer = reader.prove(asked(client, "prove-passkey-options"))
    assert client.post(reverse("prove-passkey"), {"answer": answer}).url == "/"
    other = half_way(lead)
    asked(other, "prove-passkey-options")
    assert other.post(reverse("prove-passkey"), {"answer": answer}).url == reverse("second-factor")


def test_a_copy_of_a_passkey_is_noticed_by_its_count(lead):
    reader = Reader()
    make(half_way(lead), reader)
    for _ in range(3):
        prove(half_way(lead), reader)
    reader.count = 1
    assert prove(half_way(lead), reader).url == reverse("second-factor")


def test_a_colleagues_passkey_does_not_open_ones_account(lead):
    reader = Reader()
    make(half_way(lead), reader)
    other = accounts.member(Role.LEAD, name="Dana Reid")
    other.set_password(PASSWORD)
    other.save()
    make(half_way(other), Reader(b"another one"))
    assert prove(half_way(other), reader).url == reverse("second-factor")


def test_a_removed_passkey_opens_nothing(lead):
    reader = Reader()
    make(half_way(lead), reader)
    make(signed_in_client(lead), Reader(b"another one"))
    lead.passkeys.filter(name__gt="").first()
    first = lead.passkeys.order_by("added_at").first()
    signed_in_client(lead).post(reverse("remove-passkey", args=[first.pk]))
    assert prove(half_way(lead), reader).url == reverse("second-factor")


def test_a_locked_page_opens_with_a_passkey_where_one_was(lead):
    reader = Reader()
    make(half_way(lead), reader)
    client = signed_in_client(lead)
    sign_in = lead.sign_ins.latest("started_at")
    client.cookies[presence.COOKIE] = presence.stamp(sign_in, at=timezone.now() - timedelta(minutes=16))
    answer = reader.prove(asked(client, "unlock-passkey-options"))
    assert client.post(reverse("unlock-passkey") + "?next=/staff/", {"answer": answer}).url == "/staff/"
    assert client.get(reverse("staff")).status_code == 200


def test_a_wrong_passkey_keeps_a_page_locked(lead):
    make(half_way(lead), Reader())
    client = signed_in_client(lead)
    sign_in = lead.sign_ins.latest("started_at")
    client.cookies[presence.COOKIE] = presence.stamp(sign_in, at=timezone.now() - timedelta(minutes=16))
    answer = Reader().prove(asked(client, "unlock-passkey-options"))
    assert client.post(reverse("unlock-passkey") + "?next=/staff/", {"answer": answer}).url == "/unlock/?next=/staff/"
    assert client.get(reverse("staff")).status_code == 302
