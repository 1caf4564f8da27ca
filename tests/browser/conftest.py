"""Journeys in Chromium.

A journey is a plain test whose steps are functions named given_…, when_… and then_… in the same file. Whatever page it
uses, it fails on script errors, on anything the content policy refuses, and on requests that leave the machine.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from weakref import WeakSet

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from needlework.accounts.models import User
from needlework.config.home import Home
from tests.browser.access import violations
from tests.browser.serving import serving
from tests.browser.watching import Watch
from tests.needs import needs
from tests.signing_in import cookies_for

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"viewport": {"width": 1200, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
PHONE_320 = PHONE | {"viewport": {"width": 320, "height": 640}}

WITHOUT_SCRIPTS: WeakSet[Page] = WeakSet()
Open = Callable[..., BrowserContext]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every journey, so that `-m browser` and `-m 'not browser'` choose."""
    for item in items:
        if "real_chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def real_chromium() -> Iterator[Browser]:
    """One Chromium for the run."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    needs(path, "Browser tests need Chromium: install it (Debian: apt-get install chromium) or name it with CHROMIUM=.")
    # Playwright keeps an event loop in this thread, and Django would refuse the ORM beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS, headless=True)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def server(real_chromium: Browser, real_home: Home) -> Iterator[str]:
    """The address of the real application on the test's own database."""
    with serving() as address:
        yield address


@pytest.fixture
def open_context(real_chromium: Browser, server: str) -> Iterator[Open]:
    """Open one more browser, as a second person has: `open_context(**PHONE)`; closed and judged after the test."""
    watches = []
    with ExitStack() as stack:

        def open_one(**options: Any) -> BrowserContext:
            context = real_chromium.new_context(base_url=server, locale="en-GB", timezone_id="Europe/London", **options)
            context.set_default_timeout(10_000)
            watches.append(Watch(context, server))
            stack.callback(context.close)
            return context

        yield open_one
    assert [fault for watch in watches for fault in watch.faults] == []


@pytest.fixture
def page(open_context: Open) -> Page:
    """A desktop."""
    return open_context(**DESKTOP).new_page()


@pytest.fixture
def phone(open_context: Open) -> Page:
    """A phone."""
    return open_context(**PHONE).new_page()


@pytest.fixture
def plain(open_context: Open) -> Page:
    """A desktop whose browser runs no JavaScript."""
    page = open_context(**DESKTOP, java_script_enabled=False).new_page()
    WITHOUT_SCRIPTS.add(page)
    return page


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fail unless a page as it stands is free of violations at WCAG 2.2 AA: `axe(page)`.

    Axe is a script: on `plain` it judges nothing, and the markup is that of `page`.
    """

    def judge(page: Page) -> None:
        assert page in WITHOUT_SCRIPTS or violations(page) == []

    return judge


@pytest.fixture
def sign_in(server: str) -> Callable[[Page, User], None]:
    """Sign somebody in without the pages that do it: `sign_in(page, user)`."""

    def give_cookies(page: Page, user: User) -> None:
        cookies = cookies_for(user).items()
        page.context.add_cookies([{"name": name, "value": value, "url": server} for name, value in cookies])

    return give_cookies
