"""Letters about a course: one with all its dates, one when some of them change, one when the next is not booked."""

from collections.abc import Sequence

from django.db.models import Max, QuerySet

from needlework.diary import links
from needlework.diary.calendars import files
from needlework.diary.calendars.entries import place
from needlework.diary.letters import words
from needlework.diary.letters.receivers import receiver
from needlework.diary.letters.writing import letter
from needlework.diary.models import Appointment, AppointmentSeries, ChangeKind, State
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
    return _letter(
        series,
        f"Your course at {series.clinic.name}",
        f"your course of {series.service.name} is booked. These are its dates:",
        _listed(dates),
        _price(series),
        words.own_changes_of_course(series.clinic),
        short=f"your course is booked, {len(dates)} sessions from {_first(dates)}.",
        enclosed=(files.published(dates, url=links.own_appointments()),),
    )


def changed(message: Message) -> Letter | None:
    """Write what was moved or cancelled in a course, with the dates that stand; None once it changed again."""
    series = live(message)
    if series is None or _changed_since(message):
        return None
    dates, gone = coming(series), newly_cancelled(series)
    return _letter(
        series,
        f"Your course at {series.clinic.name} has changed",
        f"your course of {series.service.name} has changed.",
        f"These are its dates now:\n{_listed(dates)}" if dates else "None of its sessions is booked any more.",
        f"Cancelled:\n{_listed(gone)}" if gone else "",
        words.own_changes_of_course(series.clinic) if dates else "",
        short=f"your course has changed. The next session is on {_first(dates)}."
        if dates
        else "your course has changed, no session of it is booked any more.",
        enclosed=_files(dates, gone),
    )


def late(message: Message) -> Letter | None:
    """Write that a session is due; None once it is booked or the course was ended."""
    series, number = live(message), int(message.key.rpartition(":")[2])
    if series is None or series.ended_at is not None or _is_booked(series, number):
        return None
    return _letter(
        series,
        f"Your course at {series.clinic.name} waits for its next session",
        f"session {number} of {series.sessions} of your course of {series.service.name} is not booked yet, and the "
        "time we planned for it is passing. The sessions work best at their intervals.",
        short=f"session {number} of your course is not booked yet.",
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
    later = Message.objects.filter(about_id=message.about_id, kind="course-changed", queued_at__gt=message.queued_at)
    return later.exists()


def _letter(
    series: AppointmentSeries, subject: str, *paragraphs: str, short: str, enclosed: tuple[Attachment, ...] = ()
) -> Letter:
    clinic = series.clinic
    ending = (
        f"Where: {place(clinic)}",
        f"See, book, move or cancel your appointments after signing in:\n{links.own_appointments()}",
        words.if_wrong(clinic),
    )
    short = f"{short} {words.ask_us_shortly(clinic)}"
    return letter(receiver(series.patient, None), clinic, subject, *paragraphs, *ending, short=short, files=enclosed)


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


def _price(series: AppointmentSeries) -> str:
    return f"Price of the course: {pounds(series.price_pence)}" if series.price_pence else ""
