"""Every component in every state, on a desktop and on a phone, with keyboard, touch and print."""

import pytest
from playwright.sync_api import Page, expect

from needlework.web import shell


def given_the_page_of_components(page: Page) -> None:
    page.goto("/components/")


def then_nothing_is_wider_than_the_screen(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def then_letters_are_ours(page: Page) -> None:
    page.wait_for_function("document.fonts.status === 'loaded'")
    assert page.evaluate("document.fonts.check('16px \"Figtree Variable\"')")
    assert page.evaluate("document.fonts.check('16px \"Newsreader Variable\"')")


def then_every_target_is_large_enough(page: Page) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24, links within a sentence apart."""
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, summary, select, .choice, .button, .tabs a, .input")]
            .filter((element) => element.checkVisibility())
            .map((element) => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html)"""
    )
    assert small == []


def test_the_page_of_components_on_a_desktop(page, axe):
    given_the_page_of_components(page)
    then_letters_are_ours(page)
    then_nothing_is_wider_than_the_screen(page)
    then_every_target_is_large_enough(page)
    axe(page)


def test_the_page_of_components_on_a_phone(phone, axe):
    given_the_page_of_components(phone)
    then_nothing_is_wider_than_the_screen(phone)
    then_every_target_is_large_enough(phone)
    axe(phone)


def test_it_reads_the_same_without_scripts(plain):
    given_the_page_of_components(plain)
    expect(plain.get_by_role("heading", name="A form sent back")).to_be_visible()
    expect(plain.get_by_role("button", name="Copy")).to_be_hidden()


def test_a_row_of_a_table_carries_its_headings_on_a_phone(phone):
    given_the_page_of_components(phone)
    row = phone.get_by_role("row", name="Sam Okoro")
    expect(row).to_be_visible()
    label = row.locator("[data-label=For]").evaluate("cell => getComputedStyle(cell, '::before').content")
    assert label == '"For"'


def when_tab_is_pressed(page: Page, times: int = 1) -> None:
    for _ in range(times):
        page.keyboard.press("Tab")


def test_the_first_tab_skips_to_the_page(page):
    given_the_page_of_components(page)
    when_tab_is_pressed(page)
    skip = page.get_by_role("link", name="Skip to the page")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_sentence_of_the_summary_leads_to_its_field(page):
    given_the_page_of_components(page)
    page.get_by_role("link", name="Date of birth: enter the year too").click()
    expect(page.locator("#wrong_born_day")).to_be_focused()


def test_the_whole_row_of_a_choice_can_be_pressed(phone):
    given_the_page_of_components(phone)
    row = phone.locator(".choice", has=phone.locator("#filled_side_0"))
    box = row.bounding_box()
    row.tap(position={"x": box["width"] - 8, "y": 8})
    expect(phone.locator("#filled_side_0")).to_be_checked()


def test_a_choice_is_made_with_the_arrow_keys(page):
    given_the_page_of_components(page)
    page.locator("#filled_side_2").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#filled_side_1")).to_be_checked()


def test_what_has_the_focus_can_be_seen(page):
    given_the_page_of_components(page)
    for control in (page.locator("#filled_name"), page.get_by_role("link", name="First action")):
        control.focus()
        page.keyboard.press("Shift")
        outline = control.evaluate("element => getComputedStyle(element).outlineStyle")
        assert outline == "solid"


def test_a_code_is_copied(page):
    given_the_page_of_components(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "7QX4-M2PD-9KTV"


@pytest.mark.parametrize("media", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}, {"media": "print"}])
def test_it_holds_in_other_media(page, media):
    page.emulate_media(**media)
    given_the_page_of_components(page)
    then_nothing_is_wider_than_the_screen(page)
    expect(page.get_by_role("heading", name="Components", level=1)).to_be_visible()


def test_paper_carries_no_buttons(page):
    given_the_page_of_components(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Save").first).to_be_hidden()
    expect(page.get_by_text("Allergic to lidocaine")).to_be_visible()


def test_an_error_page_on_a_phone(phone, axe):
    assert phone.goto("/nowhere/").status == 404
    expect(phone.get_by_role("heading", name="There is nothing at this address")).to_be_visible()
    axe(phone)


def test_ten_megabytes_are_answered_with_a_page(page):
    given_the_page_of_components(page)
    page.evaluate(
        """() => {
            const form = document.querySelector("form[method=post]");
            form.querySelector("[name=name], [name=yes], input").value = "x".repeat(10_000_000);
            form.submit();
        }"""
    )
    expect(page.get_by_role("heading", name="That is more than a form can take")).to_be_visible()


def test_a_form_pressed_twice_is_sent_once(page):
    given_the_page_of_components(page)
    sent = []
    page.route("**/components/", lambda route: (sent.append(route.request.method), route.fulfill(status=204)))
    save = page.get_by_role("button", name="Save", exact=True).nth(1)
    save.click()
    save.click(force=True)
    expect(save).to_have_attribute("aria-disabled", "true")
    assert sent == ["POST"]


@pytest.fixture
def locked_after_two_minutes(monkeypatch):
    monkeypatch.setattr(shell.SHELL, "idle", lambda _: shell.Idle(120, "/livez"))


def test_a_quiet_page_warns_before_it_is_locked(page, locked_after_two_minutes):
    page.clock.install()
    given_the_page_of_components(page)
    notice = page.get_by_role("alert").filter(has_text="will be locked")
    expect(notice).to_be_hidden()
    page.clock.run_for(70_000)
    expect(notice).to_contain_text("50 seconds")
    page.get_by_role("button", name="I am still here").click()
    expect(notice).to_be_hidden()


def test_a_page_left_alone_is_left_for_what_the_server_says(page, locked_after_two_minutes):
    page.clock.install()
    given_the_page_of_components(page)
    with page.expect_navigation():
        page.clock.run_for(125_000)
