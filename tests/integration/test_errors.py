"""Every trouble gets a page that says what happened and what to do next, and gives nothing away."""

from io import BytesIO

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from needlework.web import errors, shell
from tests.factories.accounts import organisation

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integration.urls_that_fail")]


@pytest.fixture(autouse=True)
def clinic():
    """An organisation, without which every address leads to setting one up."""
    return organisation()


@pytest.fixture
def browser():
    """A browser that sees error pages as people do."""
    return Client(raise_request_exception=False)


def page(browser, trouble):
    """Return what a trouble is answered with, and its words."""
    answer = browser.get(f"/fail/{trouble}/")
    return answer, " ".join(answer.content.decode().split())


def test_a_refusal_shows_the_sentence_why_not(browser):
    answer, words = page(browser, "refused")
    assert answer.status_code == 403
    assert "Only a lead can close a clinic. Ask Amira Khan." in words


def test_a_refusal_without_a_sentence_gets_one(browser):
    answer, words = page(browser, "refused-in-silence")
    assert answer.status_code == 403
    assert errors.FORBIDDEN.sentence in words


def test_a_missing_record_gives_nothing_away(browser):
    answer, words = page(browser, "missing")
    assert answer.status_code == 404
    assert errors.NOT_FOUND.heading in words
    assert "secret" not in words


def test_an_unknown_address_gets_a_page(browser):
    assert errors.NOT_FOUND.heading in browser.get("/nowhere/").content.decode()


@pytest.mark.parametrize("trouble", ["fault", "no-such-table", "no-file"])
def test_a_fault_gives_nothing_away(browser, trouble):
    answer, words = page(browser, trouble)
    assert answer.status_code == 500
    assert errors.FAULT.heading in words
    assert "secret" not in words


@pytest.mark.parametrize(
    "trouble", ["locked", "timeout", "lost", "postgres-lock", "postgres-statement", "postgres-gone"]
)
def test_a_busy_database_asks_to_come_back(browser, trouble):
    answer, words = page(browser, trouble)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert errors.BUSY.next[0].split(":")[0] in words


@pytest.mark.parametrize("trouble", ["full", "io", "readonly", "postgres-full", "no-space"])
def test_a_full_disk_says_that_nothing_was_saved(browser, trouble):
    answer, words = page(browser, trouble)
    assert answer.status_code == 507
    assert "Nothing was saved" in words
    assert "to free space on the server" in words


@pytest.mark.parametrize("trouble", ["missing", "refused", "fault", "locked", "full"])
def test_error_pages_are_drawn_when_the_database_does_not_answer(browser, monkeypatch, trouble):
    def broken(request):
        raise OperationalError("unable to open database file")

    monkeypatch.setattr(shell.SHELL, "brand", broken)
    answer, words = page(browser, trouble)
    assert "What to do now" in words
    assert answer.headers["Content-Type"].startswith("text/html")


def test_a_form_without_its_secret_is_a_page_left_open():
    answer = Client(enforce_csrf_checks=True).post("/send/", {"name": "Jo"})
    assert answer.status_code == 403
    assert "This page is out of date" in answer.content.decode()
    assert "reload the page and send the form again" in answer.content.decode()


def test_an_old_form_is_told_who_changed_what(browser):
    answer = browser.post("/changed/")
    assert answer.status_code == 422
    assert "Amira Khan changed this a minute ago." in answer.content.decode()


def test_ten_megabytes_in_a_field_are_refused_with_a_sentence():
    browser = Client(enforce_csrf_checks=True)
    browser.cookies[settings.CSRF_COOKIE_NAME] = "s" * 32
    answer = browser.post("/send/", {"name": "x" * 10_000_000})
    assert answer.status_code == 413
    assert "Nothing was saved" in answer.content.decode()


def test_ten_megabytes_in_a_plain_form_are_refused_and_read_to_the_end(browser):
    body = BytesIO(b"name=" + b"x" * 10_000_000)
    arriving = {
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body.getvalue())),
        "wsgi.input": body,
    }
    assert browser.generic("POST", "/send/", **arriving).status_code == 413
    assert body.read() == b""


def test_too_many_fields_are_refused(browser):
    answer = browser.post("/send/", {f"field-{number}": "x" for number in range(501)})
    assert answer.status_code == 413


def test_a_name_the_server_does_not_know_is_explained(browser):
    answer = browser.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "NEEDLEWORK_HOSTS" in answer.content.decode()
    assert "evil.example" not in answer.content.decode()


def test_a_damaged_form_is_told_to_go_back(browser):
    answer = browser.generic("POST", "/send/", b"x", "multipart/form-data; boundary=\xff")
    assert answer.status_code == 400
    assert "reload the page and try again" in answer.content.decode()


@pytest.mark.parametrize(
    "trouble", [trouble for trouble in vars(errors).values() if isinstance(trouble, errors.Trouble)]
)
def test_every_page_says_what_to_do_next(trouble):
    assert trouble.next
    assert all(step.endswith(".") for step in (trouble.sentence, *trouble.next))
