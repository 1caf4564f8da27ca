"""Signing in: password, second factor, and nothing before both."""

from datetime import timedelta

import pyotp
import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from needlework.accounts import hashing, operations
from needlework.accounts.models import Role
from needlework.audit.models import Event
from tests.factories import accounts

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


def give_password(client, email, password=PASSWORD, goal="", **extra):
    return client.post(reverse("sign-in") + goal, {"email": email, "password": password}, **extra)


def verbs():
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


def test_password_and_code_let_somebody_in(lead, app):
    client = Client()
    assert give_password(client, lead.email).url == reverse("second-factor")
    assert client.post(reverse("second-factor"), {"code": app.now()}).url == "/"
    assert client.get(reverse("account")).status_code == 200
    assert "signed-in" in verbs()


def test_an_e_mail_address_is_taken_in_any_spelling(lead, app):
    assert give_password(Client(), f" {lead.email.upper()} ").url == reverse("second-factor")


def test_somebody_goes_on_to_the_page_they_asked_for(lead, app):
    client = Client()
    asked = client.get(reverse("staff"))
    assert asked.url == "/sign-in/?next=/staff/"
    give_password(client, lead.email, goal="?next=/staff/")
    assert client.post(reverse("second-factor"), {"code": app.now()}).url == "/staff/"


@pytest.mark.parametrize("goal", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"])
def test_nobody_is_sent_to_a_foreign_page(lead, app, goal):
    client = Client()
    give_password(client, lead.email, goal=f"?next={goal}")
    assert client.post(reverse("second-factor"), {"code": app.now()}).url == "/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(lead):
    answers = [give_password(Client(), email, "wrong wrong wrong") for email in (lead.email, "nobody@example.test")]
    bodies = [
        answer.content.decode()
        .replace(lead.email, "")
        .replace("nobody@example.test", "")
        .split("csrfmiddlewaretoken")[0]
        for answer in answers
    ]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert bodies[0] == bodies[1]
    assert "The e-mail address or the password is not right" in answers[0].content.decode()


@pytest.mark.parametrize("email", ["amira.khan@example.test", "nobody@example.test"])
def test_known_and_unknown_addresses_cost_the_same_work(lead, email, monkeypatch, django_assert_num_queries):
    hashes = []
    real = hashing.check_password
    monkeypatch.setattr(hashing, "check_password", lambda *given: hashes.append(1) or real(*given))
    give_password(Client(), email, "wrong wrong wrong")
    assert hashes == [1]
    assert verbs()[-1] == "sign-in-refused"


def test_somebody_invited_without_a_password_is_refused_like_anybody(lead, monkeypatch):
    lead.set_unusable_password()
    lead.save()
    assert give_password(Client(), lead.email).status_code == 422


def test_an_ended_account_is_refused_like_anybody(lead):
    lead.ended_at, lead.ended_by = accounts.AT, lead
    lead.save()
    assert give_password(Client(), lead.email).status_code == 422


def test_a_refusal_never_records_what_was_typed(lead):
    give_password(Client(), "amira.typo@example.test", "my secret password")
    event = Event.objects.get(verb="sign-in-refused")
    assert "amira.typo" not in f"{event.subject_id} {event.fields}"
    assert event.fields == ["password"]


def test_too_many_wrong_passwords_get_a_sentence_and_no_hash(lead, monkeypatch):
    client = Client()
    for _ in range(10):
        give_password(client, lead.email, "wrong wrong wrong")
    monkeypatch.setattr(hashing, "check_password", lambda *_: pytest.fail("hashed"))
    answer = give_password(client, lead.email)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "300"
    assert "Wait 5 minutes and try again" in answer.content.decode()


def test_the_right_password_from_another_address_still_works(lead, app):
    for _ in range(10):
        give_password(Client(), lead.email, "wrong wrong wrong")
    assert give_password(Client(), lead.email, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_a_browser_that_knows_the_account_gets_in_however_many_others_fail(lead, app):
    client = Client()
    give_password(client, lead.email)
    client.post(reverse("second-factor"), {"code": app.now()})
    client.post(reverse("sign-out"))
    for number in range(60):
        give_password(Client(), lead.email, "wrong wrong wrong", REMOTE_ADDR=f"203.0.113.{number}")
    assert give_password(Client(), lead.email, REMOTE_ADDR="198.51.100.7").status_code == 429
    assert give_password(client, lead.email).status_code == 302


def test_a_full_queue_gets_a_sentence(lead, monkeypatch):
    monkeypatch.setattr(hashing, "QUEUE", hashing.Queue(1, 0))
    with hashing.QUEUE.turn():
        answer = give_password(Client(), lead.email)
    assert answer.status_code == 503
    assert "Too many people are signing in" in answer.content.decode()


def test_the_session_has_a_new_id_after_each_step(lead, app):
    client = Client()
    client.get(reverse("sign-in"))
    give_password(client, lead.email)
    half_way = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post(reverse("second-factor"), {"code": app.now()})
    whole = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert half_way != whole
    client.cookies[settings.SESSION_COOKIE_NAME] = half_way
    assert client.get(reverse("account")).status_code == 302


def every_address():
    """Return every address of the product that takes no argument."""

    def walk(patterns, prefix=""):
        for one in patterns:
            if hasattr(one, "url_patterns"):
                yield from walk(one.url_patterns, prefix + str(one.pattern))
            else:
                yield prefix + str(one.pattern), one

    return [(address, one) for address, one in walk(get_resolver().url_patterns) if "<" not in address]


OPEN = {
    "/sign-in/",
    "/sign-in/second-factor/",
    "/sign-in/second-factor/recovery-code/",
    "/second-factor/set-up/",
    "/second-factor/set-up/app/",
    "/forgotten-password/",
    "/forgotten-password/sent/",
    "/signed-out/",
    "/livez",
    "/readyz",
    "/components/",
}


@pytest.mark.parametrize("enrolled", [True, False])
def test_the_password_alone_opens_nothing_but_the_second_factor(lead, enrolled, request):
    if enrolled:
        request.getfixturevalue("app")
    client = Client()
    give_password(client, lead.email)
    reached = set()
    for address, _ in every_address():
        for query in ("", "?skip_timeout_reset=1&second_factor=done&user=1"):
            if client.get(f"/{address}{query}").status_code == 200:
                reached.add(f"/{address}")
    strangers = {path for path in reached if path not in OPEN and Client().get(path).status_code != 200}
    assert strangers == set()
    assert not Event.objects.filter(actor_id=lead.pk, verb="signed-in").exists()


def test_somebody_without_a_second_factor_sets_one_up_first(lead):
    client = Client()
    give_password(client, lead.email)
    assert client.get(reverse("second-factor")).url == reverse("set-up-second-factor")
    client.post(reverse("start-app"))
    code = pyotp.TOTP(lead.authenticators.get().secret).now()
    assert client.post(reverse("set-up-app"), {"code": code}).url == reverse("recovery-codes")
    assert client.get(reverse("account")).status_code == 200
    assert "second-factor-added" in verbs()


def test_somebody_with_a_second_factor_cannot_set_up_another_instead_of_proving_it(lead, app):
    client = Client()
    give_password(client, lead.email)
    for name in ("set-up-second-factor", "set-up-app"):
        assert client.get(reverse(name)).url == reverse("second-factor")
    assert client.post(reverse("start-app")).url == reverse("second-factor")
    assert lead.authenticators.count() == 1


def test_the_wait_between_password_and_code_ends_after_a_quarter_of_an_hour(lead, app):
    client = Client()
    give_password(client, lead.email)
    session = client.session
    session["half_way"] = {**session["half_way"], "at": (timezone.now() - timedelta(minutes=16)).isoformat()}
    session.save()
    assert client.post(reverse("second-factor"), {"code": app.now()}).url == reverse("sign-in")


def test_a_code_works_once(lead, app):
    first, second = Client(), Client()
    code = app.now()
    for client in (first, second):
        give_password(client, lead.email)
    assert first.post(reverse("second-factor"), {"code": code}).status_code == 302
    answer = second.post(reverse("second-factor"), {"code": code})
    assert answer.status_code == 422
    assert "used before" in answer.content.decode()


def test_wrong_codes_are_counted_per_account_wherever_they_come_from(lead, app):
    for number in range(6):
        client = Client(REMOTE_ADDR=f"203.0.113.{number}")
        give_password(client, lead.email)
        client.post(reverse("second-factor"), {"code": "000000"})
    client = Client()
    give_password(client, lead.email)
    assert client.post(reverse("second-factor"), {"code": app.now()}).status_code == 429


def test_a_recovery_code_lets_somebody_in_once(lead, app):
    code = operations.make_recovery_codes(user=lead, at=timezone.now())[3]
    for expected in (302, 422):
        client = Client()
        give_password(client, lead.email)
        assert client.post(reverse("recovery-code"), {"code": code.lower()}).status_code == expected
    assert verbs().count("recovery-code-used") == 1


def test_new_recovery_codes_withdraw_the_old_ones(lead, app):
    old = operations.make_recovery_codes(user=lead, at=timezone.now())[0]
    operations.make_recovery_codes(user=lead, at=timezone.now())
    assert not operations.use_recovery_code(user=lead, code=old, at=timezone.now())


def test_a_passkey_answer_that_makes_no_sense_is_refused_and_recorded(lead):
    from needlework.accounts.passkeys import NewKey

    operations.add_passkey(user=lead, key=NewKey("AAAA", "AAAA", 0), name="Chrome on Linux", at=timezone.now())
    client = Client()
    give_password(client, lead.email)
    for answer in ("", "{", "[]", "null", '{"id": "AAAA"}', '{"id": 7}'):
        client.post(reverse("prove-passkey-options"))
        assert client.post(reverse("prove-passkey"), {"answer": answer}).url == reverse("second-factor")
    assert verbs().count("sign-in-refused") == 6
    assert client.get(reverse("account")).status_code == 302
