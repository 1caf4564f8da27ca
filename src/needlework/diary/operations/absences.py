"""When somebody is away, or a room or device cannot be used."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from needlework.accounts.models import Clinic, User
from needlework.audit import record as audit
from needlework.diary import permissions
from needlework.diary.hours import off_the_grid
from needlework.diary.models import Absence, Resource
from needlework.diary.problems import NotDoneError
from needlework.diary.queries.practitioners import refuse_strangers
from needlework.diary.queries.rules import zone_of
from needlework.diary.slots import clock
from needlework.diary.wrong import refuse

LONGEST_DAYS = 2 * 366
ORDER = "The end lies before the beginning. Check both"
MISSING_HOUR = "The clocks go forward that night, and skip this time. Enter an earlier or a later one"


@transaction.atomic
def record_absence(
    *,
    absence_id: UUID,
    resource: Resource,
    clinic: Clinic,
    first_day: date,
    last_day: date,
    starts: time | None = None,
    ends: time | None = None,
    reason: str = "",
    by: User,
    at: datetime,
) -> Absence:
    """Write down from when to when somebody or something is away, by the clock of a clinic; without times, all day."""
    permissions.may_manage_diary(user=by, clinic=clinic).or_raise()
    if again := Absence.objects.filter(pk=absence_id, resource=resource).first():
        return again
    _refuse_elsewhere(resource, clinic)
    refuse(_wrong(clinic, first_day, last_day, starts, ends, at))
    absence = Absence.objects.create(
        id=absence_id,
        resource=resource,
        begins=_begin(clinic, first_day, starts),
        ends=_end(clinic, last_day, ends),
        reason=reason,
        recorded_at=at,
        recorded_by=by,
    )
    audit.record("absence-recorded", absence, by=by, at=at)
    return absence


@transaction.atomic
def withdraw_absence(*, absence: Absence, clinic: Clinic, by: User, at: datetime) -> Absence:
    """Take an absence back."""
    permissions.may_manage_diary(user=by, clinic=clinic).or_raise()
    absence = Absence.objects.select_for_update(of=("self",)).select_related("resource").get(pk=absence.pk)
    _refuse_elsewhere(absence.resource, clinic)
    if absence.withdrawn_at is None:
        absence.withdrawn_at, absence.withdrawn_by = at, by
        absence.save(update_fields=["withdrawn_at", "withdrawn_by"])
        audit.record("absence-withdrawn", absence, by=by, at=at)
    return absence


def _refuse_elsewhere(resource: Resource, clinic: Clinic) -> None:
    """Raise a sentence where a room stands elsewhere, or a person does not treat at the clinic that asks."""
    if resource.user:
        refuse_strangers([resource.user], clinic)
    elif resource.clinic_id != clinic.pk:
        raise NotDoneError(f"{resource} is not at {clinic}. Open the settings of its own clinic.")


def _begin(clinic: Clinic, day: date, starts: time | None) -> datetime:
    return clock.moment_of(clock.reached(day, starts or time(), zone_of(clinic)))


def _end(clinic: Clinic, day: date, ends: time | None) -> datetime:
    """Return when an absence ends: a time that the clock shows twice means its second pass, so nothing is left out."""
    if ends is None:
        return _begin(clinic, day + timedelta(days=1), None)
    return datetime.combine(day, ends.replace(fold=1), zone_of(clinic)).astimezone(UTC)


def _wrong(
    clinic: Clinic, first_day: date, last_day: date, starts: time | None, ends: time | None, at: datetime
) -> dict[str, str]:
    """Return what is wrong with an absence: its days first, then each time, then their order."""
    today = at.astimezone(zone_of(clinic)).date()
    if last_day < first_day:
        return {"last_day": ORDER}
    if last_day < today:
        return {"last_day": "That time is over. Enter today or a later day"}
    if last_day > today + timedelta(days=LONGEST_DAYS):
        return {"last_day": "Check the year: it lies more than two years ahead"}
    times = {"starts": _wrong_time(clinic, first_day, starts), "ends": _wrong_time(clinic, last_day, ends)}
    if any(times.values()):
        return times
    in_order = _begin(clinic, first_day, starts) < _end(clinic, last_day, ends)
    return {"ends": "" if in_order else ORDER}


def _wrong_time(clinic: Clinic, day: date, asked: time | None) -> str:
    if asked is None:
        return ""
    if off_the_grid(asked):
        return "Enter a time on the five minutes, like 9:05"
    return MISSING_HOUR if clock.local(day, asked, zone_of(clinic)) is None else ""
