"""Letters about one appointment: booked, moved, cancelled."""

from django.db.models import QuerySet

from needlework.diary import links
from needlework.diary.calendars import files
from needlework.diary.letters import words
from needlework.diary.letters.receivers import receiver
from needlework.diary.letters.writing import body
from needlework.diary.minutes import minute_of
from needlework.diary.models import Appointment, AppointmentChange, ChangeKind, State
from needlework.messages.letters import Letter
from needlework.messages.models import Message


def booked(message: Message) -> Letter | None:
    """Write that an appointment is booked; None once it was moved or cancelled, or somebody came."""
    return _standing(message, "", "your appointment is booked.", "booked for")


def moved(message: Message) -> Letter | None:
    """Write when an appointment is now; None once it was moved again or cancelled, or somebody came."""
    return _standing(message, " has moved", "your appointment has moved. It is now:", "now on")


def cancelled(message: Message) -> Letter | None:
    """Write that an appointment is cancelled."""
    appointment = live(message)
    if appointment is None or appointment.state != State.CANCELLED:
        return None
    to, clinic = receiver(appointment.patient, appointment.visitor), appointment.clinic
    paragraphs = (
        f"your appointment at {clinic.name} on {words.when(appointment.begins, clinic)} is cancelled.",
        f"Would you like another time? You can book one here:\n{links.to_book()}",
        words.if_wrong(clinic),
    )
    return Letter(
        subject=f"Your appointment at {clinic.name} is cancelled",
        text=body(to, clinic, *paragraphs),
        short_text=f"{clinic.name}: your appointment on {words.shortly(appointment.begins, clinic)} is cancelled.",
        email=to.email,
        phone=to.phone,
        attachments=(files.cancelled([appointment]),),
    )


def live(message: Message) -> Appointment | None:
    """Return the appointment that a message is about, as it stands; None where its patient was erased."""
    found = Appointment.objects.select_related(
        "clinic", "service", "patient__merged_into", "visitor", "practitioner__user"
    )
    return found.filter(pk=message.about_id).first()


def changed_since(message: Message, changes: QuerySet[AppointmentChange]) -> bool:
    """Say whether, by this history, an appointment was moved or cancelled since what a letter tells of."""
    return changes.filter(kind__in=[ChangeKind.MOVED, ChangeKind.CANCELLED], recorded_at__gt=message.queued_at).exists()


def _standing(message: Message, news: str, opening: str, is_when: str) -> Letter | None:
    appointment = live(message)
    if appointment is None or appointment.state != State.BOOKED or not _is_latest(message, appointment):
        return None
    to, clinic = receiver(appointment.patient, appointment.visitor), appointment.clinic
    address, begins = links.to_appointment(appointment), words.shortly(appointment.begins, clinic)
    paragraphs = (
        opening,
        words.facts(appointment),
        words.own_changes(appointment, address),
        words.ask_us(clinic),
    )
    return Letter(
        subject=f"Your appointment at {clinic.name}{news}",
        text=body(to, clinic, *paragraphs),
        short_text=f"{clinic.name}: your appointment is {is_when} {begins}. {words.ask_us_shortly(clinic)}",
        email=to.email,
        phone=to.phone,
        attachments=(files.published([appointment], url=address),),
    )


def _is_latest(message: Message, appointment: Appointment) -> bool:
    """Say whether a letter is about the beginning that stands, and nothing changed since it was caused."""
    _, _, minute, _ = message.key.split(":")
    return int(minute) == minute_of(appointment.begins) and not changed_since(message, appointment.changes.all())
