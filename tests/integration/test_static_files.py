"""Static files come from the package itself, under an address of their content that may be kept for ever."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.templatetags.static import static
from django.test import Client

import needlework
from needlework.web import assets, shell
from needlework.web.brand import Brand
from tests.answers import content

PACKAGE = Path(needlework.__file__).parent
STYLES = ("tokens", "base", "shell", "components", "forms", "print")


@pytest.mark.parametrize("name", STYLES)
def test_a_style_sheet_may_be_kept_for_ever(name):
    answer = Client().get(static(f"web/css/{name}.css"))
    assert content(answer)
    assert answer.headers["Content-Type"].startswith("text/css")
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", STYLES)
def test_what_a_style_sheet_names_is_there(name):
    sheet = static(f"web/css/{name}.css")
    text = content(Client().get(sheet)).decode()
    for address in re.findall(r'url\("(.+?)"\)', text):
        parts = (sheet.rpartition("/")[0] + "/" + address).split("/")
        while ".." in parts:
            at = parts.index("..")
            del parts[at - 1 : at + 1]
        assert content(Client().get("/".join(parts)))


@pytest.mark.django_db
def test_an_old_address_is_not_found():
    assert Client().get("/static/000000000000/web/css/base.css").status_code == 404


def test_the_address_changes_with_content_and_with_names(tmp_path):
    file = tmp_path / "web" / "static" / "web" / "a.css"
    file.parent.mkdir(parents=True)
    file.write_text("p {}")
    first = assets.fingerprint(tmp_path)
    file.write_text("p { color: red }")
    second = assets.fingerprint(tmp_path)
    file.rename(file.with_name("b.css"))
    assert len({first, second, assets.fingerprint(tmp_path)}) == 3
    assert settings.STATIC_URL.endswith(f"static/{assets.fingerprint(PACKAGE)}/")


def test_a_clinics_colours_have_an_address_of_their_own(monkeypatch):
    brand = Brand(colour="#234567")
    monkeypatch.setattr(shell.SHELL, "brand", lambda _: brand)
    answer = Client().get(f"/brand/{brand.version}.css")
    assert "--brand:#234567" in answer.content.decode()
    assert answer.headers["Content-Type"] == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]


def test_colours_asked_for_under_an_old_address_are_not_kept(monkeypatch):
    monkeypatch.setattr(shell.SHELL, "brand", lambda _: Brand(colour="#234567"))
    assert Client().get(f"/brand/{Brand().version}.css").headers["Cache-Control"] == "no-cache"
