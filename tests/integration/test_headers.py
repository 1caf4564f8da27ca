"""Every answer, page or file, carries the headers that keep browsers to our rules."""

import pytest
from django.templatetags.static import static
from django.test import Client, override_settings

from tests.answers import content

pytestmark = pytest.mark.django_db
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
}


@pytest.fixture(params=["/nowhere/", "/components/", "static"])
def answer(request):
    """Return an answer of each kind."""
    answer = Client().get(static("web/css/base.css") if request.param == "static" else request.param)
    content(answer)
    return answer


def test_the_headers_are_there(answer):
    assert {name: answer.headers[name] for name in EXPECTED} == EXPECTED


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(answer):
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy.pop("img-src") == "'self' data: blob:"
    assert {name: value for name, value in policy.items() if value not in {"'self'", "'none'"}} == {}
    assert {policy["object-src"], policy["base-uri"], policy["frame-ancestors"]} == {"'none'"}
    assert policy["default-src"] == policy["form-action"] == "'self'"


def test_pages_stay_out_of_every_cache():
    assert Client().get("/components/").headers["Cache-Control"] == "no-store"


@override_settings(SECURE_HSTS_SECONDS=31_536_000)
def test_browsers_are_held_to_https_once_they_have_used_it():
    assert Client().get("/components/", secure=True).headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "Strict-Transport-Security" not in Client().get("/components/").headers
