"""Second factors: added, taken away, reset."""

from datetime import timedelta

import pyotp
import pytest
from django.urls import reverse
from django.utils import timezone

from needlework.accounts import letters, operations, presence
from needlework.accounts.decision import Refused
from needlework.accounts.models import Role
from needlework.accounts.passkeys import NewKey
from needlework.accounts.queries import factors_of
from needlework.audit.models import Event
from needlework.messages.models import Message
from tests.factories import accounts
from tests.factories.accounts import AT, signed_in_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana():
    return accounts.member(Role.PRACTITIONER, name="Dana Reid")


def with_passkey(user, name="Chrome on Linux", key="AAAA"):
    return operations.add_passkey(user=user, key=NewKey(key, "AAAA", 0), name=name, at=AT)


def with_app(user):
    made = operations.set_up_authenticator(user=user, at=AT)
    assert operations.confirm_authenticator(authenticator=made, code=pyotp.TOTP(made.secret).at(AT), at=AT)
    return made


def not_confirmed_lately(client):
    session = client.session
    session["confirmed_at"] = (timezone.now() - timedelta(minutes=16)).isoformat()
    session.save()
    return client


def test_the_secret_is_sealed_in_the_database(dana):
    made = with_app(dana)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM accounts_authenticator")
        stored = bytes(cursor.fetchone()[0])
    assert made.secret.encode() not in stored


def test_a_new_app_takes_the_place_of_the_old_one(dana):
    first = with_app(dana)
    second = operations.set_up_authenticator(user=dana, at=AT)
    assert factors_of(dana).authenticator == first
    later = AT + timedelta(minutes=5)
    assert operations.confirm_authenticator(authenticator=second, code=pyotp.TOTP(second.secret).at(later), at=later)
    assert factors_of(dana).authenticator == second


def test_an_app_counts_only_after_its_first_code(dana):
    made = operations.set_up_authenticator(user=dana, at=AT)
    assert not operations.confirm_authenticator(authenticator=made, code="000000", at=AT)
    assert not factors_of(dana).enough
    assert not operations.accept_code(user=dana, code=pyotp.TOTP(made.secret).at(AT), at=AT)


def test_the_code_that_confirmed_an_app_does_not_also_sign_in(dana):
    made = with_app(dana)
    assert not operations.accept_code(user=dana, code=pyotp.TOTP(made.secret).at(AT), at=AT)


def test_the_only_second_factor_stays(dana):
    with_app(dana)
    client = signed_in_client(dana)
    answer = client.post(reverse("remove-app"), follow=True)
    assert "only second factor" in answer.content.decode()
    assert factors_of(dana).enough


def test_one_of_two_second_factors_can_be_removed(dana):
    with_app(dana)
    passkey = with_passkey(dana)
    client = signed_in_client(dana)
    client.post(reverse("remove-passkey", args=[passkey.pk]))
    assert factors_of(dana).passkeys == ()
    assert Event.objects.filter(verb="second-factor-removed").count() == 1


def test_nobody_removes_a_colleagues_passkey(dana):
    passkey = with_passkey(dana)
    with_passkey(dana, key="BBBB")
    client = signed_in_client(accounts.member(Role.LEAD))
    assert client.post(reverse("remove-passkey", args=[passkey.pk])).status_code == 404


@pytest.mark.parametrize("name", ["recovery-codes", "change-password", "set-up-second-factor"])
def test_what_guards_the_account_asks_for_the_password_again_after_a_while(dana, name):
    client = not_confirmed_lately(signed_in_client(dana))
    assert client.get(reverse(name)).url.startswith("/unlock/?next=")


@pytest.mark.parametrize("name", ["remove-app", "start-app", "set-up-passkey-options"])
def test_no_second_factor_changes_without_the_password_after_a_while(dana, name):
    with_app(dana)
    with_passkey(dana)
    client = not_confirmed_lately(signed_in_client(dana))
    assert client.post(reverse(name)).url.startswith("/unlock/?next=")
    assert dana.authenticators.count() == 1
    assert factors_of(dana).authenticator


def test_recovery_codes_are_shown_once_and_stored_as_hashes(dana):
    client = signed_in_client(dana)
    body = client.post(reverse("recovery-codes")).content.decode()
    assert body.count("<code>") == 10
    shown = body.split("<code>")[1].split("</code>")[0]
    assert shown not in client.get(reverse("recovery-codes")).content.decode()
    assert not dana.recovery_codes.filter(digest__contains=shown[:5]).exists()


def test_a_lead_resets_a_colleagues_second_factor(dana):
    lead = accounts.member(Role.LEAD)
    with_app(dana)
    with_passkey(dana)
    operations.make_recovery_codes(user=dana, at=AT)
    theirs = signed_in_client(dana)
    signed_in_client(lead).post(reverse("reset-second-factor", args=[dana.pk]))
    factors = factors_of(dana)
    assert (factors.enough, factors.codes_left) == (False, 0)
    assert theirs.get(reverse("account")).status_code == 302
    assert Event.objects.filter(verb="second-factor-reset", actor_id=lead.pk, subject_id=str(dana.pk)).count() == 1
    letter = letters.telling(Message.objects.get(kind="second-factor-reset"))
    assert letter.email == dana.email
    assert "Amira Khan has removed the second factors" in letter.text


def test_nobody_resets_their_own_second_factor():
    lead = accounts.member(Role.LEAD)
    with pytest.raises(Refused, match="another lead"):
        operations.reset_second_factor(user=lead, by=lead, at=AT)


def test_a_lead_of_one_clinic_does_not_reset_somebody_who_also_works_in_another(dana):
    lead = accounts.member(Role.LEAD)
    marton = accounts.member(Role.LEAD, at=accounts.clinic("Marton"), name="Tomasz Wolny")
    operations.give_role(user=dana, clinic=accounts.clinic("Marton"), role=Role.LEAD, by=marton, at=AT)
    with pytest.raises(Refused, match="every clinic"):
        operations.reset_second_factor(user=dana, by=lead, at=AT)


def test_changing_the_password_keeps_this_browser_and_ends_the_others(dana):
    here, there = signed_in_client(dana), signed_in_client(dana)
    old = here.cookies["session"].value
    assert here.post(reverse("change-password"), {"password": "heron quilt saddle lantern"}).status_code == 302
    assert here.get(reverse("account")).status_code == 200
    assert here.cookies["session"].value != old
    assert there.get(reverse("account")).status_code == 302


def test_ones_sign_ins_are_listed_and_ended(dana):
    here, there = signed_in_client(dana), signed_in_client(dana)
    assert here.get(reverse("account")).content.decode().count('scope="row">A browser') == 2
    other = dana.sign_ins.exclude(session_key=here.cookies["session"].value).get()
    here.post(reverse("end-sign-in", args=[other.pk]))
    assert there.get(reverse("account")).status_code == 302
    assert here.get(reverse("account")).status_code == 200


def test_all_other_sign_ins_are_ended_at_once(dana):
    here, *others = [signed_in_client(dana) for _ in range(3)]
    here.post(reverse("end-other-sign-ins"))
    assert [client.get(reverse("account")).status_code for client in (here, *others)] == [200, 302, 302]


def test_nobody_ends_a_colleagues_sign_in(dana):
    signed_in_client(dana)
    client = signed_in_client(accounts.member(Role.LEAD))
    assert client.post(reverse("end-sign-in", args=[dana.sign_ins.get().pk])).status_code == 404


def test_a_passkey_made_for_another_question_is_refused(dana):
    client = signed_in_client(dana)
    client.post(reverse("set-up-passkey-options"))
    for answer in ("", "{}", "not json", '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}'):
        client.post(reverse("set-up-passkey-options"))
        assert client.post(reverse("set-up-passkey"), {"answer": answer}).url == reverse("set-up-second-factor")
    assert factors_of(dana).passkeys == ()


def test_a_question_is_good_for_one_answer(dana):
    client = signed_in_client(dana)
    client.post(reverse("set-up-passkey-options"))
    client.post(reverse("set-up-passkey"), {"answer": "{}"})
    assert "challenge" not in client.session
    assert presence.COOKIE in client.cookies


def test_the_app_can_be_removed_when_there_is_a_passkey(dana):
    with_app(dana)
    with_passkey(dana)
    client = signed_in_client(dana)
    for _ in range(2):
        client.post(reverse("remove-app"))
    assert factors_of(dana).authenticator is None
    assert Event.objects.filter(verb="second-factor-removed").count() == 1


def test_the_only_passkey_stays(dana):
    passkey = with_passkey(dana)
    client = signed_in_client(dana)
    assert (
        "only second factor" in client.post(reverse("remove-passkey", args=[passkey.pk]), follow=True).content.decode()
    )
    assert factors_of(dana).enough


def test_another_app_is_connected_from_the_account(dana):
    with_passkey(dana)
    client = signed_in_client(dana)
    assert client.get(reverse("set-up-app")).url == reverse("set-up-second-factor")
    for _ in range(2):
        assert client.post(reverse("start-app")).url == reverse("set-up-app")
    made = dana.authenticators.get()
    assert "data:image/svg+xml" in client.get(reverse("set-up-app")).content.decode()
    assert client.post(reverse("set-up-app"), {"code": "000000"}).status_code == 422
    assert client.post(reverse("set-up-app"), {"code": pyotp.TOTP(made.secret).now()}).url == reverse("account")
    assert factors_of(dana).authenticator == made


def test_first_codes_cannot_be_guessed_either(dana):
    client = signed_in_client(dana)
    client.post(reverse("start-app"))
    for _ in range(6):
        client.post(reverse("set-up-app"), {"code": "000000"})
    code = pyotp.TOTP(dana.authenticators.get().secret).now()
    assert client.post(reverse("set-up-app"), {"code": code}).status_code == 429


def test_an_app_confirmed_in_another_tab_is_confirmed_once(dana):
    made = operations.set_up_authenticator(user=dana, at=AT)
    code = pyotp.TOTP(made.secret).at(AT)
    assert operations.confirm_authenticator(authenticator=made, code=code, at=AT)
    assert not operations.confirm_authenticator(authenticator=made, code=code, at=AT)
    assert factors_of(dana).authenticator == made


def test_somebody_without_an_app_has_no_code(dana):
    assert not operations.accept_code(user=dana, code="000000", at=AT)
    assert not operations.use_recovery_code(user=dana, code="ABCDE-23456", at=AT)
    assert operations.remove_authenticator(user=dana, at=AT)


def test_the_page_before_a_reset_says_what_it_does(dana):
    lead = accounts.member(Role.LEAD)
    body = signed_in_client(lead).get(reverse("reset-second-factor", args=[dana.pk])).content.decode()
    assert "has asked you in person" in body
    assert signed_in_client(lead).get(reverse("reset-second-factor", args=[lead.pk])).status_code == 403
