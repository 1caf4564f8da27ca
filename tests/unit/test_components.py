"""A component is one file, with a block of the style sheets of the same name and an example on the page."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import get_template
from django.test import RequestFactory

import needlework.web
from needlework.web import gallery, shell
from needlework.web.status import STATUSES

WEB = Path(needlework.web.__file__).parent
COMPONENTS = sorted(path.stem for path in (WEB / "templates/components").glob("*.html"))
STYLES = {path.name: path.read_text("utf-8") for path in (WEB / "static/web/css").glob("*.css")}
BLOCKS = {name for text in STYLES.values() for name in re.findall(r"^  /\* ([a-z-]+)\b", text, re.MULTILINE)}
SHELL = {"topbar", "notices", "idle"}
"""Components that surround pages: the page of components shows them at its own edges, or cannot show them."""


@pytest.fixture(scope="module")
def drawn():
    """Return the templates that the page of components draws."""
    seen = set()
    queue = [WEB / "templates/web/components.html", *(WEB / "templates/web/form").glob("*.html")]
    while queue:
        text = queue.pop().read_text("utf-8")
        names = set(re.findall(r"components/([a-z-]+)\.html", text)) | set(re.findall(r'component "([a-z-]+)"', text))
        names |= {"tag"} if "{% status" in text else set()
        queue += [WEB / f"templates/components/{name}.html" for name in names - seen]
        seen |= names
    return seen


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_has_a_block_of_style(name):
    assert name in BLOCKS


@pytest.mark.parametrize("name", sorted(set(COMPONENTS) - SHELL))
def test_a_component_has_an_example(name, drawn):
    assert name in drawn


def test_the_page_of_components_asks_no_database(monkeypatch):
    monkeypatch.setattr(shell, "SHELL", shell.Shell({}, lambda _: shell.Brand(), lambda _: None))
    page = get_template("web/components.html").render(gallery.examples(), RequestFactory().get("/"))
    assert all(status.word in page for status in STATUSES.values())


@pytest.mark.parametrize("key", STATUSES)
def test_a_status_has_a_word_a_tone_and_a_shape(key):
    written = Template("{% load web %}{% status key %}").render(Context({"key": key}))
    assert STATUSES[key].word in written
    assert f"tag--{STATUSES[key].tone}" in written
    assert "<svg" in written


def test_a_word_has_one_tone_everywhere():
    tones = {status.word: status.tone for status in STATUSES.values()}
    assert all(tones[status.word] == status.tone for status in STATUSES.values())


def test_a_component_sees_what_is_named_and_nothing_else_of_the_page():
    text = '{% load web %}{% component "card" heading="Where" %}<p>{{ tone }}</p>{% endcomponent %}'
    drawn = Template(text).render(Context({"tone": "stop", "id": "outside"}))
    assert "<p>stop</p>" in drawn
    assert "card--stop" not in drawn
    assert "outside" not in drawn


def test_a_confirmation_carries_the_forms_secret():
    text = '{% load web %}{% component "confirm" question="Sure?" yes="Yes" back="/" %}{% endcomponent %}'
    drawn = Template(text).render(Context({"csrf_token": "secret-token"}))
    assert 'value="secret-token"' in drawn


def test_pages_keep_what_was_searched_for():
    request = RequestFactory().get("/patients/?q=ellison&page=2")
    page = gallery.examples()["pages"][1]
    drawn = get_template("components/pagination.html").render({"page": page}, request)
    assert "?q=ellison&amp;page=4" in drawn
    assert "?q=ellison&amp;page=6" in drawn


@pytest.mark.parametrize("name", sorted(STYLES))
def test_a_style_sheet_names_colours_only_as_tokens(name):
    text = "" if name == "tokens.css" else STYLES[name]
    found = set(re.findall(r"#[0-9a-f]{3,8}\b", text))
    assert found <= {"#fff"}
