"""Letters about a course: one with all its dates, one when some of them change, one when the next is not booked."""

from collections.abc import Sequence

from django.db.models import Max, QuerySet

from needlework.accounts.models import Clinic
from needlework.diary import links
from needlework.diary.calendars import files
from needlework.diary.calendars.entries import place
from needlework.diary.letters import words
from needlework.diary.letters.appointments import changed_since
from needlework.diary.letters.receivers import receiver
from needlework.diary.letters.writing import body
from needlework.diary.models import Appointment, AppointmentChange, AppointmentSeries, ChangeKind, State
from needlework.messages.letters import Attachment, Letter
from needlework.messages.models import Message
from needlework.messages.models import State as Outbox
from needlework.web.money import pounds

TELLING = ("course-booked", "course-changed")


def booked(message: Message) -> Letter | None:
    """Write all dates of a course; None once some of them changed, for then another letter says them."""
    series = live(message)
    dates = coming(series) if series else []
    if series is None or not dates or _changed_since(message):
        return None
    to, clinic = receiver(series.patient, None), series.clinic
    paragraphs = (
        f"your course of {series.service.name} is booked. These are its dates:",
        _listed(dates),
        f"Price of the course: {pounds(series.price_pence)}" if series.price_pence else "",
        words.own_changes_of_course(clinic),
        *_ending(clinic),
    )
    first = _first(dates)
    return Letter(
        subject=f"Your appointments at {clinic.name}",
        text=body(to, clinic, *paragraphs),
        short_text=f"{clinic.name}: {len(dates)} appointments are booked from {first}. {words.ask_us_shortly(clinic)}",
        email=to.email,
        phone=to.phone,
        attachments=(files.published(dates, url=links.own_appointments()),),
    )


def changed(message: Message) -> Letter | None:
    """Write what was moved or cancelled in a course, with the dates that stand; None once it changed again."""
    series = live(message)
    if series is None or _changed_since(message):
        return None
    to, clinic = receiver(series.patient, None), series.clinic
    dates, gone = coming(series), newly_cancelled(series)
    standing = f"These are its dates now:\n{_listed(dates)}" if dates else "None of its sessions is booked any more."
    paragraphs = (
        f"your course of {series.service.name} has changed.",
        standing,
        f"Cancelled:\n{_listed(gone)}" if gone else "",
        words.own_changes_of_course(clinic) if dates else "",
        *_ending(clinic),
    )
    now = f"The next is on {_first(dates)}" if dates else "None is left"
    return Letter(
        subject=f"Your appointments at {clinic.name} have changed",
        text=body(to, clinic, *paragraphs),
        short_text=f"{clinic.name}: your appointments have changed. {now}. {words.ask_us_shortly(clinic)}",
        email=to.email,
        phone=to.phone,
        attachments=_files(dates, gone),
    )


def late(message: Message) -> Letter | None:
    """Write that a session is due; None once it is booked or the course was ended."""
    series, number = live(message), int(message.key.rpartition(":")[2])
    if series is None or series.ended_at is not None or _is_booked(series, number):
        return None
    to, clinic = receiver(series.patient, None), series.clinic
    due = (
        f"session {number} of {series.sessions} of your course of {series.service.name} is not booked yet, and the "
        "time we planned for it is passing. The sessions work best at their intervals."
    )
    return Letter(
        subject=f"Your next appointment at {clinic.name} is not booked yet",
        text=body(to, clinic, due, *_ending(clinic)),
        short_text=f"{clinic.name}: your next appointment is not booked yet. {words.ask_us_shortly(clinic)}",
        email=to.email,
        phone=to.phone,
    )


def live(message: Message) -> AppointmentSeries | None:
    """Return the course that a message is about, as it stands; None where its patient was erased."""
    found = AppointmentSeries.objects.select_related("clinic", "service", "patient__merged_into")
    return found.filter(pk=message.about_id).first()


def coming(series: AppointmentSeries) -> list[Appointment]:
    """Return the appointments of a course that are booked, in order."""
    return list(_with_people(series).filter(state=State.BOOKED))


def newly_cancelled(series: AppointmentSeries) -> list[Appointment]:
    """Return the cancelled appointments of a course that no letter has told of: those since the last that went out."""
    told = Message.objects.filter(about_id=series.pk, kind__in=TELLING, state__in=[Outbox.SENT, Outbox.KEPT])
    since = told.aggregate(latest=Max("queued_at"))["latest"] or series.booked_at
    gone = {"changes__kind": ChangeKind.CANCELLED, "changes__recorded_at__gt": since}
    return list(_with_people(series).filter(state=State.CANCELLED, **gone))


def _is_booked(series: AppointmentSeries, number: int) -> bool:
    gone = [State.CANCELLED, State.NO_SHOW]
    return series.appointments.filter(number=number).exclude(state__in=gone).exists()


def _with_people(series: AppointmentSeries) -> QuerySet[Appointment]:
    return series.appointments.select_related("clinic", "service", "practitioner__user").order_by("begins")


def _changed_since(message: Message) -> bool:
    return changed_since(message, AppointmentChange.objects.filter(appointment__series=message.about_id))


def _ending(clinic: Clinic) -> tuple[str, ...]:
    return (
        f"Where: {place(clinic)}",
        f"See, book, move or cancel your appointments after signing in:\n{links.own_appointments()}",
        words.if_wrong(clinic),
    )


def _files(dates: Sequence[Appointment], gone: Sequence[Appointment]) -> tuple[Attachment, ...]:
    """Return what puts a calendar right: one file of what stands, one of what is cancelled."""
    standing = [files.published(dates, url=links.own_appointments())] if dates else []
    return (*standing, *([files.cancelled(gone)] if gone else []))


def _listed(appointments: Sequence[Appointment]) -> str:
    """Return appointments as lines: Session 2: Monday 7 December 2026 at 10:00, with Amira Khan."""
    return "\n".join(
        f"Session {each.number}: {words.when(each.begins, each.clinic)}, with {each.practitioner.user}"
        for each in appointments
    )


def _first(dates: Sequence[Appointment]) -> str:
    return words.shortly(dates[0].begins, dates[0].clinic)
