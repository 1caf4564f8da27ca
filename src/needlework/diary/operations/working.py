"""When somebody works at a clinic: weeks from a day on, and single days that differ."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from needlework.accounts.models import Clinic, User
from needlework.audit import record as audit
from needlework.diary import permissions
from needlework.diary.hours import DAYS, Hours, Week, wrong_hours
from needlework.diary.models import ChangedDay, Resource, WorkingHours
from needlework.diary.operations.places import refuse_two_places
from needlework.diary.operations.resources import resource_of
from needlework.diary.queries.practitioners import refuse_strangers
from needlework.diary.queries.rules import zone_of
from needlework.diary.wrong import refuse

FAR = 2 * 366
"""Days ahead that working time can be entered for."""


@transaction.atomic
def set_week(*, person: User, clinic: Clinic, from_day: date, week: Week, by: User, at: datetime) -> Resource:
    """Let somebody work these hours at a clinic from a day on; none at all means no longer.

    The week before ends the day before. Weeks planned for later are withdrawn. The same week sent twice is kept once.
    """
    permissions.may_manage_diary(user=by, clinic=clinic).or_raise()
    refuse(_wrong_week(week) | {"from_day": _wrong_day(clinic, from_day, at)})
    refuse_strangers([person] if week else [], clinic)
    resource = _locked(person)
    if week == _planned(resource, clinic, from_day):
        return resource
    _end_weeks(resource, clinic, from_day, by=by, at=at)
    WorkingHours.objects.bulk_create(_rows(resource, clinic, from_day, week, by=by, at=at))
    refuse_two_places(resource, clinic, since=from_day, by=by)
    audit.record("hours-changed", resource, by=by, at=at)
    return resource


@transaction.atomic
def change_day(
    *,
    changed_day_id: UUID,
    person: User,
    clinic: Clinic,
    day: date,
    hours: Hours | None,
    reason: str = "",
    by: User,
    at: datetime,
) -> ChangedDay:
    """Let somebody work other hours on one day, or not at all; what was said of that day before is withdrawn."""
    permissions.may_manage_diary(user=by, clinic=clinic).or_raise()
    if again := ChangedDay.objects.filter(pk=changed_day_id, clinic=clinic).first():
        return again
    refuse(_wrong_stretch(hours, DAYS[day.weekday()]) | {"day": _wrong_day(clinic, day, at)})
    refuse_strangers([person] if hours else [], clinic)
    resource = _locked(person)
    before = ChangedDay.objects.filter(resource=resource, clinic=clinic, day=day, withdrawn_at=None)
    before.update(withdrawn_at=at, withdrawn_by=by)
    changed = ChangedDay.objects.create(
        id=changed_day_id,
        resource=resource,
        clinic=clinic,
        day=day,
        opens=hours.opens if hours else None,
        closes=hours.closes if hours else None,
        reason=reason,
        recorded_at=at,
        recorded_by=by,
    )
    refuse_two_places(resource, clinic, since=day, by=by)
    audit.record("day-changed", changed, by=by, at=at)
    return changed


@transaction.atomic
def withdraw_changed_day(*, changed_day: ChangedDay, by: User, at: datetime) -> ChangedDay:
    """Let the hours of the week hold again on a day."""
    permissions.may_manage_diary(user=by, clinic=changed_day.clinic).or_raise()
    Resource.objects.select_for_update(of=("self",)).get(pk=changed_day.resource_id)
    changed_day.refresh_from_db()
    if changed_day.withdrawn_at is None:
        changed_day.withdrawn_at, changed_day.withdrawn_by = at, by
        changed_day.save(update_fields=["withdrawn_at", "withdrawn_by"])
        refuse_two_places(changed_day.resource, changed_day.clinic, since=changed_day.day, by=by)
        audit.record("day-changed-back", changed_day, by=by, at=at)
    return changed_day


def _locked(person: User) -> Resource:
    """Return somebody as a resource that nobody else changes meanwhile, at whichever clinic."""
    return Resource.objects.select_for_update(of=("self",)).get(pk=resource_of(person).pk)


def _planned(resource: Resource, clinic: Clinic, day: date) -> Week | None:
    """Return the week that holds from a day on and for good; None where another follows it."""
    rows = _standing(resource, clinic, day)
    if any(row.from_day > day or row.until_day for row in rows):
        return None
    return {row.weekday: Hours(row.opens, row.closes, row.break_starts, row.break_ends) for row in rows}


def _end_weeks(resource: Resource, clinic: Clinic, day: date, *, by: User, at: datetime) -> None:
    """End the hours that hold the day before, and withdraw those that would begin later."""
    for row in _standing(resource, clinic, day):
        if row.from_day < day:
            row.until_day = day - timedelta(days=1)
        else:
            row.withdrawn_at, row.withdrawn_by = at, by
        row.save(update_fields=["until_day", "withdrawn_at", "withdrawn_by"])


def _standing(resource: Resource, clinic: Clinic, day: date) -> list[WorkingHours]:
    """Return the hours that hold on a day or begin later."""
    rows = WorkingHours.objects.filter(resource=resource, clinic=clinic, withdrawn_at=None)
    return list(rows.filter(Q(until_day=None) | Q(until_day__gte=day)))


def _rows(
    resource: Resource, clinic: Clinic, from_day: date, week: Week, *, by: User, at: datetime
) -> list[WorkingHours]:
    return [
        WorkingHours(
            resource=resource,
            clinic=clinic,
            weekday=weekday,
            opens=hours.opens,
            closes=hours.closes,
            break_starts=hours.break_starts,
            break_ends=hours.break_ends,
            from_day=from_day,
            recorded_at=at,
            recorded_by=by,
        )
        for weekday, hours in sorted(week.items())
    ]


def _wrong_week(week: Week) -> dict[str, str]:
    """Return what is wrong with a week; each field carries the number of its weekday."""
    return {
        f"{field}_{weekday}": sentence
        for weekday, hours in sorted(week.items())
        for field, sentence in wrong_hours(hours, DAYS[weekday]).items()
    }


def _wrong_stretch(hours: Hours | None, day: str) -> dict[str, str]:
    return wrong_hours(hours, day) if hours else {}


def _wrong_day(clinic: Clinic, day: date, at: datetime) -> str:
    """Return why working time cannot change on a day: it is over, or too far away."""
    today = at.astimezone(zone_of(clinic)).date()
    if day < today:
        return "What has been cannot be changed. Enter today or a later day"
    return "" if day <= today + timedelta(days=FAR) else "Check the year: it lies more than two years ahead"
