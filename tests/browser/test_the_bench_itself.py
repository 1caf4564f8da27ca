"""What the journeys stand on: the watch and axe do find what they are there to find."""

import pytest
from playwright.sync_api import Page

from tests.browser.access import violations
from tests.browser.watching import Watch


@pytest.fixture
def unjudged(real_chromium, server):
    """A page whose faults are the test's own business."""
    context = real_chromium.new_context(base_url=server)
    page = context.new_page()
    yield page, Watch(context, server)
    context.close()


def given_a_page_of_ours(page: Page, html: str) -> None:
    page.goto("/nowhere-at-all/")
    page.evaluate("html => { document.open(); document.write(html); document.close() }", html)


def test_the_watch_reports_what_the_policy_refuses(unjudged):
    page, watch = unjudged
    given_a_page_of_ours(page, "<p style='color: red'>Red</p>")
    page.wait_for_timeout(200)
    assert any("Content Security Policy" in fault for fault in watch.faults)


def test_the_watch_reports_a_request_that_leaves_the_machine(unjudged):
    page, watch = unjudged
    page.set_content("<img alt='' src='http://192.0.2.1/pixel.png'>", wait_until="commit")
    page.wait_for_timeout(200)
    assert "Request to a foreign address: http://192.0.2.1/pixel.png" in watch.faults


def test_the_watch_reports_a_missing_part_of_a_page(unjudged):
    page, watch = unjudged
    given_a_page_of_ours(page, "<img alt='' src='/static/no-such-picture.png'>")
    page.wait_for_timeout(300)
    assert any(fault.startswith("404 for image") for fault in watch.faults)


def test_axe_reports_a_picture_without_words(unjudged):
    page, _ = unjudged
    given_a_page_of_ours(page, "<html lang=en><title>A</title><main><img src='data:,'></main>")
    assert any(line.startswith("image-alt") for line in violations(page))


def test_an_unknown_address_answers_without_fault(page):
    answer = page.goto("/nowhere-at-all/")
    assert answer is not None
    assert answer.status == 404
