"""Nobody works at two clinics at once."""

from collections.abc import Iterator
from datetime import date, time
from itertools import product
from typing import TypeVar

from django.db.models import Q

from needlework.accounts.capabilities import clinics_where
from needlework.accounts.models import Clinic, User
from needlework.diary.hours import DAYS, Hours
from needlework.diary.models import ChangedDay, Resource, WorkingHours
from needlework.diary.problems import NotDoneError
from needlework.evidence.days import in_words

Row = WorkingHours | ChangedDay
Each = TypeVar("Each", bound=Row)


def refuse_two_places(resource: Resource, clinic: Clinic, *, since: date, by: User) -> None:
    """Raise the sentence that says where else somebody works at the same time, from a day on."""
    weeks = WorkingHours.objects.filter(resource=resource, withdrawn_at=None).select_related("clinic")
    rows = list(weeks.filter(Q(until_day=None) | Q(until_day__gte=since)))
    changed = list(
        ChangedDay.objects.filter(resource=resource, withdrawn_at=None, day__gte=since).select_related("clinic")
    )
    for when, hours, there in (*_by_week(rows, clinic), *_by_day(rows, changed, clinic)):
        raise NotDoneError(_sentence(resource, there, when, hours, by))


def _by_week(rows: list[WorkingHours], clinic: Clinic) -> Iterator[tuple[str, Hours, Clinic]]:
    """Return the weekdays on which the weeks of two clinics lie over each other."""
    here, elsewhere = _parted(rows, clinic)
    for one, other in product(here, elsewhere):
        if one.weekday == other.weekday and _same_dates(one, other) and _hours(one).overlap(_hours(other)):
            yield f"on {DAYS[other.weekday]}s", _hours(other), other.clinic


def _by_day(rows: list[WorkingHours], changed: list[ChangedDay], clinic: Clinic) -> Iterator[tuple[str, Hours, Clinic]]:
    """Return the days with hours of their own on which two clinics lie over each other."""
    for day in sorted({row.day for row in changed}):
        special = [row for row in changed if row.day == day]
        decided = {row.clinic_id for row in special}
        working: list[Row] = [row for row in special if row.opens]
        working += [row for row in rows if row.clinic_id not in decided and _holds(row, day)]
        here, elsewhere = _parted(working, clinic)
        for one, other in product(here, elsewhere):
            if _hours(one).overlap(_hours(other)):
                yield f"on {in_words(day)}", _hours(other), other.clinic


def _parted(rows: list[Each], clinic: Clinic) -> tuple[list[Each], list[Each]]:
    here = [row for row in rows if row.clinic_id == clinic.pk]
    return here, [row for row in rows if row.clinic_id != clinic.pk]


def _same_dates(one: WorkingHours, other: WorkingHours) -> bool:
    return one.from_day <= (other.until_day or date.max) and other.from_day <= (one.until_day or date.max)


def _holds(row: WorkingHours, day: date) -> bool:
    return row.weekday == day.weekday() and row.from_day <= day <= (row.until_day or date.max)


def _hours(row: Row) -> Hours:
    """Return the hours of a row that has some."""
    return Hours(row.opens or time.min, row.closes or time.min)


def _sentence(resource: Resource, there: Clinic, when: str, hours: Hours, by: User) -> str:
    """Name the other clinic's hours to those who see its diary, and to others only that there are some."""
    if there.pk in clinics_where(by, "see-diary"):
        return (
            f"{resource} works at {there} {when} from {hours}, and cannot be in two places. "
            f"Choose other hours, or change those at {there} first."
        )
    return (
        f"{resource} works at another clinic {when} at that time. Choose other hours, or ask {resource} which are free."
    )
