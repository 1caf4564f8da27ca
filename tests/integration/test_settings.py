"""The organisation's name, colours, logo and idle time."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from needlework.accounts.models import Logo, Organisation, Role
from needlework.audit.models import Event
from tests.factories import accounts
from tests.factories.accounts import signed_in_client
from tests.unit.test_logos import jpeg, png

pytestmark = pytest.mark.django_db

ANSWERS = {
    "version": "1",
    "name": "Linthorpe Skin",
    "colour": "#1d5c53",
    "colour_deep": "#123f39",
    "colour_wash": "#e6f0ed",
    "idle_minutes": "15",
}


@pytest.fixture
def client():
    return signed_in_client(accounts.member(Role.LEAD))


def upload(client, content, name="logo.png"):
    return client.post(reverse("set-logo"), {"logo": SimpleUploadedFile(name, content)})


def test_a_lead_changes_name_colours_and_idle_time(client):
    changed = {"name": "Linthorpe", "colour": "#5B2A86", "colour_deep": "#33104f", "idle_minutes": "30"}
    assert client.post(reverse("settings"), {**ANSWERS, **changed}).status_code == 302
    ours = Organisation.objects.get()
    assert (ours.name, ours.colour, ours.colour_deep, ours.idle_minutes) == ("Linthorpe", "#5b2a86", "#33104f", 30)
    event = Event.objects.get(verb="settings-changed")
    assert event.fields == ["colour", "colour_deep", "idle_minutes", "name"]
    body = client.get(reverse("settings")).content.decode()
    assert "/brand/" in body


@pytest.mark.parametrize(
    ("field", "colour", "sentence"),
    [
        ("colour", "#8bc34a", "Choose a darker main colour, for example #"),
        ("colour_deep", "#cccccc", "Choose a darker deep colour, for example #"),
        ("colour_wash", "#444444", "Choose a lighter wash, for example #"),
        ("colour", "green", "Enter the colour as # and six figures"),
        ("colour", "#12345g", "Enter the colour as # and six figures"),
        ("colour", "}x{#aaa", "Enter the colour as # and six figures"),
        ("idle_minutes", "1000", "That choice is no longer offered"),
        ("name", "", "Enter the name of the organisation"),
    ],
)
def test_what_cannot_be_read_or_kept_is_refused_with_a_sentence(client, field, colour, sentence):
    answer = client.post(reverse("settings"), {**ANSWERS, field: colour})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Organisation.objects.get().version == 1


def test_a_stale_page_changes_nothing(client):
    client.post(reverse("settings"), {**ANSWERS, "name": "Linthorpe"})
    answer = client.post(reverse("settings"), {**ANSWERS, "name": "Something else"})
    assert "Somebody changed this organisation since" in answer.content.decode()
    assert Organisation.objects.get().name == "Linthorpe"


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.PRESCRIBER, Role.FRONT_DESK, Role.AUDITOR])
def test_only_a_lead_changes_settings(role):
    client = signed_in_client(accounts.member(role))
    assert client.get(reverse("settings")).status_code == 403
    assert client.post(reverse("settings"), ANSWERS).status_code == 403
    assert upload(client, png()).status_code == 403
    assert client.post(reverse("remove-logo")).status_code == 403
    assert reverse("settings") not in client.get(reverse("account")).content.decode()


@pytest.mark.parametrize(("content", "media_type"), [(png(), "image/png"), (jpeg(), "image/jpeg")])
def test_a_logo_is_shown_on_every_page_to_everybody(client, content, media_type):
    assert upload(client, content).status_code == 302
    digest = Logo.objects.get().digest
    address = reverse("logo", args=[digest[:16]])
    assert address in Client().get(reverse("sign-in")).content.decode()
    answer = Client().get(address)
    assert (answer.content, answer.headers["Content-Type"]) == (content, media_type)
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_new_logo_takes_the_place_of_the_old_one_and_can_be_removed(client):
    upload(client, png())
    old = reverse("logo", args=[Logo.objects.get().digest[:16]])
    upload(client, jpeg())
    assert Logo.objects.count() == 1
    assert client.get(old).status_code == 404
    client.post(reverse("remove-logo"))
    assert Logo.objects.count() == 0
    assert list(Event.objects.filter(verb__startswith="logo").values_list("verb", flat=True)) == [
        "logo-set",
        "logo-set",
        "logo-removed",
    ]


def test_what_is_no_picture_is_refused_whatever_it_is_called(client):
    answer = upload(client, b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", name="logo.png")
    assert answer.status_code == 422
    assert "neither PNG nor JPEG" in answer.content.decode()
    assert not Logo.objects.exists()


def test_an_empty_form_asks_for_the_picture(client):
    assert "Choose the picture" in client.post(reverse("set-logo")).content.decode()
