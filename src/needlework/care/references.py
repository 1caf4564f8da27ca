"""Under which reference the books hold what an appointment costs: its own, or that of the course it belongs to."""

from uuid import UUID

from needlework.diary.models import Appointment, AppointmentSeries

APPOINTMENT, SERIES = "appointment", "series"


def of_appointment(appointment: Appointment) -> str:
    """Return the reference that an appointment is paid under: the course's where that was sold as a whole."""
    series = appointment.series
    if series is not None and series.price_pence:
        return of_series(series)
    return f"{APPOINTMENT}:{appointment.pk}"


def of_series(series: AppointmentSeries) -> str:
    """Return the reference of a whole course."""
    return f"{SERIES}:{series.pk}"


def parts(reference: str) -> tuple[str, UUID] | None:
    """Return what sort of thing a reference names, and its key; None for what is no reference of ours."""
    kind, _, key = reference.partition(":")
    try:
        return (kind, UUID(key)) if kind in {APPOINTMENT, SERIES} and len(key) == 36 else None
    except ValueError:
        return None
