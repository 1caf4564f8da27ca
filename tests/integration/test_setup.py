"""The first set-up of an installation."""

import pytest
from django.test import Client
from django.urls import reverse

from needlework.accounts import setup_code
from needlework.accounts.models import Clinic, Membership, Organisation, Role, User
from needlework.audit.models import Event
from tests.factories import accounts

pytestmark = pytest.mark.django_db

ANSWERS = {
    "organisation": "Linthorpe Skin",
    "clinic": "Linthorpe Road",
    "nation": "england",
    "name": "Amira Khan",
    "email": "Amira@example.test",
    "password": "heron quilt saddle lantern",
}


@pytest.fixture
def code(tmp_path, settings):
    settings.SETUP_CODE_FILE = tmp_path / "setup-code"
    return setup_code.make(settings.SETUP_CODE_FILE)


def test_before_the_set_up_every_page_leads_there(code):
    for name in ("sign-in", "staff", "account", "home", "settings", "forgotten-password"):
        assert Client().get(reverse(name)).url == reverse("setup"), name
    assert Client().get("/nowhere-at-all/").status_code == 404
    assert Client().get(reverse("setup")).status_code == 200


def test_the_code_and_the_answers_open_the_organisation_and_lead_to_the_second_factor(code):
    client = Client()
    answer = client.post(reverse("setup"), {**ANSWERS, "code": code.lower().replace("-", " ")})
    assert answer.url == reverse("set-up-second-factor")
    lead = User.objects.get()
    assert (lead.email, lead.check_password(ANSWERS["password"])) == ("amira@example.test", True)
    membership = Membership.objects.get()
    assert (membership.user, membership.role, membership.clinic.name) == (lead, Role.LEAD, "Linthorpe Road")
    assert Event.objects.filter(verb="set-up", actor_kind="system").count() == 1
    assert client.get(reverse("set-up-second-factor")).status_code == 200
    assert client.get(reverse("account")).status_code == 302


def test_the_code_is_spent(code, settings):
    Client().post(reverse("setup"), {**ANSWERS, "code": code})
    assert not settings.SETUP_CODE_FILE.exists()
    assert Client().get(reverse("setup")).status_code == 404
    assert Client().post(reverse("setup"), {**ANSWERS, "code": code}).status_code == 404
    assert Organisation.objects.count() == 1


def test_a_wrong_code_opens_nothing(code):
    answer = Client().post(reverse("setup"), {**ANSWERS, "code": "ABCD-EFGH-JKLM"})
    assert answer.status_code == 422
    assert "not the code that the terminal shows" in answer.content.decode()
    assert not Organisation.objects.exists()


def test_the_code_cannot_be_guessed(code):
    for _ in range(6):
        Client().post(reverse("setup"), {**ANSWERS, "code": "ABCD-EFGH-JKLM"})
    assert Client().post(reverse("setup"), {**ANSWERS, "code": code}).status_code == 429
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("field", "answer", "sentence"),
    [
        ("organisation", "", "Enter the name of the organisation"),
        ("clinic", "", "Enter the name of the first clinic"),
        ("nation", "france", "That choice is no longer offered"),
        ("email", "amira", "Enter an e-mail address like name@example.org"),
        ("password", "short", "Use at least 12 characters"),
        ("password", "linthorpe-skin-2026", "which others can guess"),
        ("name", "A\0B", "hidden character"),
    ],
)
def test_each_answer_says_what_to_do(code, field, answer, sentence):
    page = Client().post(reverse("setup"), {**ANSWERS, "code": code, field: answer})
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not Clinic.objects.exists()


def test_once_set_up_the_page_does_not_exist(code):
    accounts.organisation()
    assert Client().get(reverse("setup")).status_code == 404
