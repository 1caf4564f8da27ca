"""A course, as the front desk books, moves and goes on with it: how many screens and taps that takes is counted."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from needlework.diary import operations
from needlework.diary.models import Appointment, State
from tests.factories import diary

DAY = timedelta(days=1)


class Counted:
    """A page whose screens and taps are counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.screens, self.taps = page, 0, 0
        page.on("load", self.on_load)

    def on_load(self, _: Page) -> None:
        self.screens += 1

    def tap(self, role: str, name: str) -> None:
        """Press a button or follow a link."""
        self.page.get_by_role(role, name=name, exact=True).click()
        self.page.wait_for_load_state()
        self.taps += 1


@pytest.fixture
def clinic(server):
    return diary.clinic_with_diary()


@pytest.fixture(params=["page", "phone", "plain"])
def screen(request: pytest.FixtureRequest) -> Page:
    """A desktop, a phone, and a browser without JavaScript."""
    return request.getfixturevalue(request.param)


def when_the_course_is_described(page: Page, first) -> None:
    page.get_by_label("What is the course of?").select_option(label="Microneedling, face")
    for label, typed in (("Sessions", "3"), ("At least days apart", "28"), ("At most days apart", "42")):
        page.get_by_label(label).fill(typed)
    for part in ("day", "month", "year"):
        page.locator(f"[name=first_day_{part}]").fill(str(getattr(first, part)))


def test_three_sessions_take_at_most_five_screens_and_the_next_two_taps(screen, sign_in, clinic, axe):
    sign_in(screen, clinic.lead)
    counted = Counted(screen)
    # from the patient's page, to a form, to the dates, to the course that is booked
    screen.goto(f"/patients/{clinic.patient.pk}/")
    counted.tap("link", "Book a course")
    axe(screen)
    when_the_course_is_described(screen, timezone.localdate() + DAY)
    counted.tap("button", "Propose dates")
    axe(screen)
    assert not Appointment.objects.exists()
    counted.tap("button", "Book all 3")
    expect(screen.get_by_text("The course is booked.")).to_be_visible()
    axe(screen)
    assert Appointment.objects.filter(state=State.BOOKED).count() == 3
    assert counted.screens == 4
    # given the last was cancelled: from an appointment of the course, the next is booked with two taps
    last = Appointment.objects.get(number=3)
    operations.cancel_appointment(appointment=last, sequence=0, by=clinic.lead, at=timezone.now())
    screen.goto(f"/diary/appointments/{Appointment.objects.get(number=2).pk}/")
    counted.taps = 0
    counted.tap("link", "Book the next")
    axe(screen)
    counted.tap("button", "Book it")
    expect(screen.get_by_text("The next session is booked.")).to_be_visible()
    assert counted.taps == 2
    assert Appointment.objects.filter(state=State.BOOKED).count() == 3


def when_the_last_day_is_shown(page: Page) -> None:
    last = page.get_by_role("group", name="Days with free times").get_by_role("button").last
    day = last.inner_text()
    last.click()
    expect(page.get_by_role("button", name=day)).to_have_attribute("aria-current", "date")


def test_one_date_is_changed_and_one_is_moved_with_those_after_it(page, sign_in, clinic, axe):
    sign_in(page, clinic.lead)
    page.goto(f"/patients/{clinic.patient.pk}/courses/new/")
    when_the_course_is_described(page, timezone.localdate() + DAY)
    page.get_by_role("button", name="Propose dates").click()
    # when another time is chosen for the second session
    page.get_by_role("button", name="Change session 2").click()
    axe(page)
    when_the_last_day_is_shown(page)
    page.get_by_role("group", name="Times", exact=True).get_by_role("button").last.click()
    expect(page.get_by_text("as chosen")).to_be_visible()
    page.get_by_role("button", name="Book all 3").click()
    one, two, _ = Appointment.objects.order_by("number")
    assert (two.begins.date() - one.begins.date()).days > 28
    # when it is moved to the last day possible for the first session's sake, then the third is asked about
    page.get_by_role("link", name="Move session 1").click()
    when_the_last_day_is_shown(page)
    page.get_by_role("group", name="Times", exact=True).get_by_role("button").first.click()
    axe(page)
    page.get_by_role("button", name="Yes, move all").click()
    expect(page.get_by_text("sessions are moved.")).to_be_visible()
    moved = [each.begins for each in Appointment.objects.order_by("number")]
    assert moved[0] > one.begins
    assert all(28 <= (later.date() - sooner.date()).days <= 42 for sooner, later in pairwise(moved))
