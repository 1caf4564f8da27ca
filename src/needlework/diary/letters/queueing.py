"""Queue the letters of the diary, each in the transaction of what causes it; twice is once.

What a letter was caused by stands in its key: an appointment's beginning and the moment, a course's moment or session.
The words are not here. They are written from the live record when the letter is sent.
"""

from datetime import datetime

from needlework.audit.record import Actor
from needlework.diary.letters.receivers import receiver
from needlework.diary.minutes import minute_of
from needlework.diary.models import Appointment, AppointmentSeries, WaitingOffer
from needlework.messages import operations
from needlework.patients.models import Patient


def appointment_booked(*, appointment: Appointment, by: Actor, at: datetime) -> None:
    """Queue the letter that confirms an appointment."""
    _about_appointment("appointment-booked", appointment, by, at)


def appointment_moved(*, appointment: Appointment, by: Actor, at: datetime) -> None:
    """Queue the letter that says when an appointment is now."""
    _about_appointment("appointment-moved", appointment, by, at)


def appointment_cancelled(*, appointment: Appointment, by: Actor, at: datetime) -> None:
    """Queue the letter that says that an appointment is cancelled."""
    _about_appointment("appointment-cancelled", appointment, by, at)


def waiting_offer(*, offer: WaitingOffer, by: Actor, at: datetime) -> None:
    """Queue the letter that offers a freed time to somebody on the waiting list, of use until the offer ends."""
    entry = offer.entry
    to = receiver(entry.patient, entry.visitor)
    operations.queue(
        "waiting-offer",
        key=f"waiting-offer:{offer.pk}",
        about_kind="waitingoffer",
        about_id=offer.pk,
        to_kind=to.kind,
        to_id=to.pk,
        due_at=at,
        useful_until=offer.until,
        clinic_id=entry.clinic_id,
        by=by,
        at=at,
    )


def course_booked(*, series: AppointmentSeries, by: Actor, at: datetime) -> None:
    """Queue the one letter that confirms a course, with all its dates."""
    _about_course("course-booked", series, f"course-booked:{series.pk}", by, at)


def course_changed(*, series: AppointmentSeries, by: Actor, at: datetime) -> None:
    """Queue the one letter about all that was moved or cancelled in a course at a moment."""
    _about_course("course-changed", series, f"course-changed:{series.pk}:{at.isoformat()}", by, at)


def course_late(*, series: AppointmentSeries, number: int, by: Actor, at: datetime) -> None:
    """Queue the letter that says that session `number` of a course, from 1, is due and not booked."""
    _about_course("course-late", series, f"course-late:{series.pk}:{number}", by, at)


def _about_appointment(kind: str, appointment: Appointment, by: Actor, at: datetime) -> None:
    to = receiver(appointment.patient, appointment.visitor)
    operations.queue(
        kind,
        key=f"{kind}:{appointment.pk}:{minute_of(appointment.begins)}:{at.timestamp()}",
        about_kind="appointment",
        about_id=appointment.pk,
        to_kind=to.kind,
        to_id=to.pk,
        due_at=at,
        useful_until=appointment.begins,
        clinic_id=appointment.clinic_id,
        by=by,
        at=at,
    )


def _about_course(kind: str, series: AppointmentSeries, key: str, by: Actor, at: datetime) -> None:
    operations.queue(
        kind,
        key=key,
        about_kind="appointmentseries",
        about_id=series.pk,
        to_kind=Patient.audit_kind,
        to_id=series.patient_id,
        due_at=at,
        clinic_id=series.clinic_id,
        by=by,
        at=at,
    )
