"""The front desk: an appointment is booked, moved and marked as arrived, by mouse, by keys, and without scripts."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from needlework.accounts.models import Role
from needlework.diary.models import Appointment
from tests.factories import accounts
from tests.factories import diary as made

MONDAY = made.MONDAY


@pytest.fixture
def desk(server, monkeypatch):
    """Somebody at the desk on Monday at eight, in a clinic where nothing is booked yet."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.AT + timedelta(hours=23))
    clinic = made.clinic_with_diary()
    return accounts.member(Role.FRONT_DESK, at=clinic.clinic, name="Beth Sayer")


def when_jo_is_booked_for_ten(page: Page) -> None:
    page.goto("/today/")
    page.get_by_role("link", name="Diary", exact=True).click()
    page.get_by_role("link", name="New appointment").click()
    page.get_by_label("Find a patient").fill("ellis")
    page.get_by_label("Find a patient").press("Enter")
    page.get_by_role("link", name="Jo Ellison").click()
    page.get_by_role("link", name="Consultation").click()
    page.get_by_role("link", name="10:00 with Amira Khan").click()
    page.get_by_role("button", name="Book the appointment").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jo Ellison")


def when_it_is_carried_by_keys(page: Page) -> None:
    """Down by two steps of the grid, and over to the next practitioner."""
    handle = page.get_by_role("button", name="Move 10:00 Jo Ellison")
    handle.focus()
    handle.press("Enter")
    status = page.locator("p[role=status]")
    expect(status).to_have_text("Picked up 10:00 Jo Ellison. Arrows move it, Enter drops it, Escape puts it back.")
    handle.press("ArrowDown")
    expect(status).to_have_text("10:15, Amira Khan")
    handle.press("Escape")
    expect(status).to_have_text("Put back where it was.")
    handle.press("Enter")
    for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
        handle.press(key)
    expect(status).to_have_text("10:30, Ben Okafor")
    handle.press("ArrowRight")
    expect(status).to_have_text("There is nothing further that way.")
    handle.press("Enter")


def then_it_is_confirmed(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Move this appointment?")
    assert Appointment.objects.get().practitioner.user.name == "Amira Khan"
    page.get_by_role("button", name="Move it").click()
    expect(page.get_by_text("Monday 23 November 2026, 10:30 to 11:00")).to_be_visible()
    assert Appointment.objects.get().practitioner.user.name == "Ben Okafor"


def then_jo_is_marked_as_arrived(page: Page) -> None:
    page.get_by_role("button", name="Arrived").click()
    expect(page.get_by_text("Marked as arrived.")).to_be_visible()
    page.goto(f"/diary/?day={MONDAY}")
    expect(page.get_by_role("cell").filter(has_text="Jo Ellison")).to_contain_text("Arrived")


def test_an_appointment_is_booked_moved_by_keys_and_marked(page, sign_in, desk, axe):
    sign_in(page, desk)
    when_jo_is_booked_for_ten(page)
    axe(page)
    page.goto(f"/diary/?day={MONDAY}")
    axe(page)
    when_it_is_carried_by_keys(page)
    then_it_is_confirmed(page)
    then_jo_is_marked_as_arrived(page)


def test_an_appointment_is_dragged_to_another_time(page, sign_in, desk):
    sign_in(page, desk)
    when_jo_is_booked_for_ten(page)
    page.goto(f"/diary/?day={MONDAY}")
    # when it is dragged down by half an hour, and to the next column
    card = page.get_by_role("cell").filter(has_text="Jo Ellison")
    box = card.bounding_box()
    there = page.get_by_role("columnheader", name="Ben Okafor").bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(there["x"] + 60, box["y"] + 60, steps=4)
    page.mouse.move(there["x"] + 60, box["y"] + 30 + 49, steps=2)
    page.mouse.up()
    then_it_is_confirmed(page)


def test_the_same_without_scripts(plain, sign_in, desk):
    sign_in(plain, desk)
    when_jo_is_booked_for_ten(plain)
    plain.get_by_role("link", name="Move", exact=True).click()
    plain.get_by_role("link", name="10:30 with Ben Okafor").click()
    then_it_is_confirmed(plain)
    then_jo_is_marked_as_arrived(plain)
