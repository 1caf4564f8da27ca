"""What surrounds a page: tabs for those who may, and which of them is current."""

from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from needlework.web import shell

KNOWN = SimpleNamespace(is_authenticated=True)
UNKNOWN = SimpleNamespace(is_authenticated=False)


@pytest.fixture(autouse=True)
def own_shell(monkeypatch):
    """A shell in which nothing is registered."""
    monkeypatch.setattr(shell, "SHELL", shell.Shell({}, lambda _: shell.Brand(), lambda _: None))
    monkeypatch.setattr(shell, "reverse", lambda name: f"/{name}/")


def request(path="/", **who):
    """Return a request from somebody."""
    made = RequestFactory().get(path)
    for name, value in who.items():
        setattr(made, name, value)
    return made


def register(*names, audience="staff", may=lambda _: True):
    """Register tabs in this order."""
    for order, name in enumerate(names):
        shell.register_tab(name.title(), name, may=may, order=order, audience=audience)


def test_tabs_come_in_their_order_whoever_registers_first():
    shell.register_tab("Second", "second", may=lambda _: True, order=2, audience="staff")
    shell.register_tab("First", "first", may=lambda _: True, order=1, audience="staff")
    assert [tab.label for tab in shell.tabs(request(user=KNOWN))] == ["First", "Second"]


def test_a_tab_is_shown_only_to_those_who_may():
    register("staff", may=lambda asked: asked.path == "/here/")
    assert shell.tabs(request("/there/", user=KNOWN)) == []
    assert [tab.label for tab in shell.tabs(request("/here/", user=KNOWN))] == ["Staff"]


def test_patients_and_staff_have_tabs_of_their_own():
    register("today")
    register("me", audience="patient")
    assert [tab.label for tab in shell.tabs(request(user=UNKNOWN, patient=object()))] == ["Me"]
    assert [tab.label for tab in shell.tabs(request(user=KNOWN))] == ["Today"]


@pytest.mark.parametrize("who", [{}, {"user": UNKNOWN}, {"user": UNKNOWN, "patient": None}])
def test_strangers_see_no_tabs_and_nothing_is_asked_about_them(who):
    register("today", may=lambda _: pytest.fail("asked"))
    assert shell.tabs(request(**who)) == []


def test_a_tab_registered_twice_is_shown_once():
    register("today")
    register("today")
    assert len(shell.tabs(request(user=KNOWN))) == 1


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/patients/5/edit/", "/patients/"),
        ("/patients/", "/patients/"),
        ("/patients/import/", "/patients/import/"),
        ("/", "/"),
        ("/else/", None),
    ],
)
def test_the_nearest_address_above_is_current(path, current):
    assert shell.current(path, ["/", "/patients/", "/patients/import/"]) == current


def test_nothing_is_asked_until_it_is_drawn():
    shell.set_brand(lambda _: pytest.fail("asked"))
    shell.set_idle(lambda _: pytest.fail("asked"))
    register("today", may=lambda _: pytest.fail("asked"))
    assert set(shell.context(request(user=KNOWN))) == {"brand", "tabs", "idle", "corner"}


def test_what_is_registered_is_drawn():
    shell.set_brand(lambda _: shell.Brand(name="Linthorpe Skin"))
    shell.set_idle(lambda _: shell.Idle(900, "/stay/"))
    shell.set_corner("accounts/corner.html")
    drawn = shell.context(request())
    assert drawn["brand"].name == "Linthorpe Skin"
    assert drawn["idle"].seconds == 900
    assert drawn["corner"] == "accounts/corner.html"
