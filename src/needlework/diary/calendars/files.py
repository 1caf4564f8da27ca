"""Files with appointments, for letters and for whoever presses "Add to your calendar"."""

from collections.abc import Sequence

from django.conf import settings
from icalendar import vCalAddress

from needlework.accounts.models import Clinic
from needlework.diary.calendars import writing
from needlework.diary.calendars.entries import Entry, for_patient
from needlework.diary.models import Appointment, State
from needlework.diary.queries.calendars import changed_at
from needlework.messages.letters import Attachment

PUBLISH, CANCEL = "PUBLISH", "CANCEL"


def published(appointments: Sequence[Appointment], *, url: str) -> Attachment:
    """Return the file that puts appointments into a calendar, or moves them there; `url` is where to change them."""
    return _attachment("appointment.ics", PUBLISH, appointments, url)


def cancelled(appointments: Sequence[Appointment]) -> Attachment:
    """Return the file that takes appointments out of a calendar."""
    return _attachment("cancelled.ics", CANCEL, appointments, "")


def as_it_stands(appointment: Appointment, *, url: str) -> Attachment:
    """Return the file of one appointment, standing or cancelled."""
    return cancelled([appointment]) if appointment.state == State.CANCELLED else published([appointment], url=url)


def _attachment(name: str, method: str, appointments: Sequence[Appointment], url: str) -> Attachment:
    changes = changed_at(appointments)
    entries: list[Entry] = [for_patient(each, changed_at=changes[each.pk], url=url) for each in appointments]
    content = writing.file(entries, method=method, organiser=_organiser(appointments[0].clinic))
    return Attachment(name, f"text/calendar; method={method}; charset=utf-8", content)


def _organiser(clinic: Clinic) -> vCalAddress:
    return writing.organiser(name=clinic.name, address=f"mailto:{clinic.email}" if clinic.email else settings.ADDRESS)
