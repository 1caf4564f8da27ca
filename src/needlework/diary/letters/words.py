"""The sentences that letters of the diary share: when, where, with whom, for how much, and what to do."""

from datetime import datetime, timedelta

from django.utils import timezone

from needlework.accounts.models import Clinic
from needlework.diary.calendars.entries import place
from needlework.diary.models import Appointment
from needlework.diary.queries.rules import rules_of, zone_of
from needlework.patients.templatetags.telephone import telephone
from needlework.web.money import pounds
from needlework.web.templatetags.dates import clock, day


def when(moment: datetime, clinic: Clinic) -> str:
    """Return a moment by the clinic's calendar and clock: Tuesday 24 November 2026 at 10:00."""
    with timezone.override(zone_of(clinic)):
        return f"{day(moment)} at {clock(moment)}"


def shortly(moment: datetime, clinic: Clinic) -> str:
    """Return a moment for a text message: Tue 24 Nov, 10:00."""
    there = moment.astimezone(zone_of(clinic))
    return f"{there:%a} {there.day} {there:%b}, {there:%H:%M}"


def facts(appointment: Appointment) -> str:
    """Return what, when, with whom, where and for how much, a line each."""
    with timezone.override(zone_of(appointment.clinic)):
        ends = clock(appointment.ends)
    lines = [
        f"What: {appointment.service.name}",
        f"When: {when(appointment.begins, appointment.clinic)}, until {ends}",
        f"With: {appointment.practitioner.user}",
        f"Where: {place(appointment.clinic)}",
        *price(appointment),
    ]
    return "\n".join(lines)


def price(appointment: Appointment) -> list[str]:
    """Return what an appointment costs, as it stands on it; nothing where it costs nothing by itself."""
    if not appointment.price_pence:
        return []
    deposit = f", of which {pounds(appointment.deposit_pence)} is a deposit" if appointment.deposit_pence else ""
    return [f"Price: {pounds(appointment.price_pence)}{deposit}"]


def own_changes(appointment: Appointment, address: str) -> str:
    """Return until when somebody may move or cancel by themselves, and where."""
    until = appointment.begins - timedelta(hours=rules_of(appointment.clinic).cancel_hours)
    return (
        f"You can move or cancel it yourself until {when(until, appointment.clinic)}:\n{address}\n"
        "This link is yours alone. Whoever has it can do the same."
    )


def own_changes_of_course(clinic: Clinic) -> str:
    """Return how long before each session of a course somebody may move or cancel it by themselves."""
    hours = rules_of(clinic).cancel_hours
    before = "an hour" if hours == 1 else f"{hours} hours"
    return f"You can move or cancel each of them yourself up to {before} before it begins."


def ask_us(clinic: Clinic) -> str:
    """Return what to do when something is wrong, or there is no time left to do it oneself."""
    return f"If something is wrong, or you cannot come after all, {_reach(clinic)}."


def if_wrong(clinic: Clinic) -> str:
    """Return what to do when the letter itself is wrong."""
    return f"If this is not what you expected, {_reach(clinic)}."


def ask_us_shortly(clinic: Clinic) -> str:
    """Return the same for a text message."""
    return f"Cannot come? Call {telephone(clinic.phone)}." if clinic.phone else "Cannot come? Tell us, please."


def _reach(clinic: Clinic) -> str:
    ways = []
    if clinic.phone:
        ways.append(f"call us on {telephone(clinic.phone)}")
    if clinic.email:
        ways.append(f"write to {clinic.email}")
    return " or ".join(ways) or "please tell the clinic"
