"""The report of two visits opens from a file, on a desk and a phone, asks nobody for anything and all can read it."""

import pytest
from playwright.sync_api import Browser, Page

from needlework.imaging.report.page import page as report
from tests.browser.access import violations
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.watching import Watch
from tests.compared import comparison


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    written = tmp_path_factory.mktemp("report") / "changed.html"
    written.write_text(report(comparison(), before=["b1.jpg", "b2.jpg"], after=["a1.jpg", "a2.jpg"]), "utf-8")
    return written.as_uri()


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_the_report_is_whole_accessible_and_no_wider_than_the_screen(real_chromium: Browser, file, screen):
    context = real_chromium.new_context(**screen)
    watch = Watch(context, "file://")
    page = context.new_page()
    page.goto(file)
    when_every_zone_is_opened(page)
    then_every_picture_is_there(page)
    then_letters_are_the_products(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert violations(page) == []
    context.close()
    assert watch.faults == []


def when_every_zone_is_opened(page: Page) -> None:
    for summary in page.locator("summary").all():
        summary.click()


def then_every_picture_is_there(page: Page) -> None:
    widths = page.eval_on_selector_all("img", "all => all.map(one => one.naturalWidth)")
    assert len(widths) > 3
    assert min(widths) >= 760


def then_letters_are_the_products(page: Page) -> None:
    assert page.evaluate("document.fonts.check('16px \"Figtree Variable\"')")
    assert page.evaluate("[...document.fonts].map(one => one.status)") == ["loaded", "loaded"]
