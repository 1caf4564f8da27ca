"""Every page of the product, found by its address: read by axe, on a desk and on a phone, by who sees most of it."""

import pytest
from playwright.sync_api import Page

from tests.browser.access import violations
from tests.browser.conftest import DESKTOP, PHONE_320
from tests.integration.authorisation import world
from tests.integration.authorisation.cast import HALF_SIGNED_IN, HERE, Person
from tests.integration.authorisation.crawl import World, addresses, url
from tests.integration.authorisation.policy import POLICY

NO_PAGES = {"livez", "readyz", "brand", "logo", "stay", "patients-export", "calendar", "me-appointment-ics"}
"""Addresses that answer with something other than a page."""

HALF_WAY = {"second-factor", "recovery-code"}
"""Pages for somebody who owes the second factor."""

PAGES = [one for one in addresses() if "GET" in POLICY[one.name].methods and one.name not in NO_PAGES]


def reader(name: str, everything: World) -> Person:
    """Return who sees most of a page."""
    is_own = name == "me" or name.startswith("me-")
    wanted = "patient here" if is_own else HALF_SIGNED_IN if name in HALF_WAY else "lead of both"
    return next(one for one in everything.people if one.name == wanted)


def given_cookies(page: Page, server: str, person: Person) -> None:
    """Let the browser be somebody's."""
    page.context.clear_cookies()
    cookies = [{"name": name, "value": one.value, "url": server} for name, one in person.client.cookies.items()]
    page.context.add_cookies(cookies)


def faults(page: Page) -> list[str]:
    """Return what is wrong with the page as it stands."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    headings = page.locator("h1").count()
    found = violations(page)
    found += [f"is {wide} pixels too wide"] if wide > 0 else []
    found += [f"has {headings} main headings"] if headings != 1 else []
    return found


@pytest.mark.parametrize("screen", [DESKTOP, PHONE_320], ids=["desktop", "small phone"])
def test_every_page_reads_well(open_context, server, screen):
    # given one of everything in two clinics
    everything = world.build()
    page = open_context(**screen).new_page()
    found = {}
    for address in PAGES:
        # when who sees most of a page opens it
        given_cookies(page, server, reader(address.name, everything))
        page.goto(url(address, HERE, everything))
        # then axe has nothing to say, nothing sticks out, and there is one main heading
        found |= {address.name: wrong} if (wrong := faults(page)) else {}
    assert found == {}
