"""Reminders: when they are due, and what they say.

A reminder "24 hours before" goes out at the clock time of the appointment the day before, also across a night of 23
or 25 hours: people read it as "tomorrow at this time", and one that came at another hour would look like a mistake.
It holds the beginning that it was made for and says nothing once that no longer stands.
"""

from datetime import UTC, datetime, timedelta

from needlework.audit.record import Actor
from needlework.diary import links
from needlework.diary.letters import words
from needlework.diary.letters.appointments import live
from needlework.diary.letters.receivers import receiver
from needlework.diary.letters.writing import body
from needlework.diary.minutes import minute_of
from needlework.diary.models import Appointment, DiaryRules, State
from needlework.diary.queries.rules import rules_of, zone_of
from needlework.messages import operations
from needlework.messages.letters import Letter
from needlework.messages.models import Message

CHANNELS = {"first": ("email", "sms"), "second": ("sms", "email")}
"""The last is read on the way: by text message, where there is one."""


def queue_reminders(*, appointment: Appointment, by: Actor, at: datetime) -> None:
    """Queue an appointment's reminders; none whose time has passed when it is booked or moved."""
    to = receiver(appointment.patient, appointment.visitor)
    for which, hours in hours_before(rules_of(appointment.clinic)).items():
        due_at = due(appointment, hours)
        if not hours or due_at <= at:
            continue
        operations.queue(
            "appointment-reminder",
            key=f"appointment-reminder:{appointment.pk}:{minute_of(appointment.begins)}:{which}",
            about_kind="appointment",
            about_id=appointment.pk,
            to_kind=to.kind,
            to_id=to.pk,
            due_at=due_at,
            useful_until=appointment.begins,
            channels=CHANNELS[which],
            clinic_id=appointment.clinic_id,
            by=by,
            at=at,
        )


def hours_before(rules: DiaryRules) -> dict[str, int]:
    """Return how long before an appointment its reminders go out; 0 is never. Two at the same time are one."""
    first, second = rules.first_reminder_hours, rules.second_reminder_hours
    return {"first": 0 if first == second else first, "second": second}


def due(appointment: Appointment, hours: int) -> datetime:
    """Return when a reminder goes out: so many hours before, by the clinic's clock."""
    there = appointment.begins.astimezone(zone_of(appointment.clinic))
    return (there.replace(fold=0) - timedelta(hours=hours)).astimezone(UTC)


def reminder(message: Message) -> Letter | None:
    """Write the reminder; None once the appointment was moved or cancelled, or somebody came.

    It asks the clinic's rule of now whether such a reminder goes out at all. A number that changed holds for what is
    booked or moved from then on: what waits is sent when it was planned, early rather than never.
    """
    appointment = live(message)
    _, _, minute, which = message.key.split(":")
    if appointment is None or appointment.state != State.BOOKED or int(minute) != minute_of(appointment.begins):
        return None
    if not hours_before(rules_of(appointment.clinic))[which]:
        return None
    to, clinic = receiver(appointment.patient, appointment.visitor), appointment.clinic
    begins = words.shortly(appointment.begins, clinic)
    paragraphs = (
        "we look forward to seeing you.",
        words.facts(appointment),
        words.own_changes(appointment, links.to_appointment(appointment)),
        words.ask_us(clinic),
    )
    return Letter(
        subject=f"Reminder: your appointment at {clinic.name}",
        text=body(to, clinic, *paragraphs),
        short_text=f"{clinic.name}: a reminder of your appointment on {begins}. {words.ask_us_shortly(clinic)}",
        email=to.email,
        phone=to.phone,
    )
