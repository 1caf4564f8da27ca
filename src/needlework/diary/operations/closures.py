"""Days on which a clinic is closed, and bank holidays on which it is open."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from needlework.accounts.models import Clinic, User
from needlework.audit import record as audit
from needlework.diary import bank_holidays, permissions
from needlework.diary.models import Closure
from needlework.diary.queries.rules import zone_of
from needlework.diary.wrong import refuse
from needlework.evidence.days import in_words

FAR = 2 * 366


@transaction.atomic
def close_clinic(
    *, closure_id: UUID, clinic: Clinic, first_day: date, last_day: date, reason: str = "", by: User, at: datetime
) -> Closure:
    """Close a clinic for some days; a second call with the same id finds the first."""
    permissions.may_manage_diary(user=by, clinic=clinic).or_raise()
    refuse({"last_day": _wrong_days(clinic, first_day, last_day, at)})
    return _made(closure_id, clinic, first_day, last_day, is_open=False, reason=reason, by=by, at=at)


@transaction.atomic
def open_on_bank_holiday(*, closure_id: UUID, clinic: Clinic, day: date, by: User, at: datetime) -> Closure:
    """Let a clinic be open on a bank holiday."""
    permissions.may_manage_diary(user=by, clinic=clinic).or_raise()
    name = bank_holidays.of(clinic.nation, [day.year]).get(day, "")
    refuse({"day": "" if name else f"{in_words(day)} is no bank holiday here: nothing keeps the clinic closed"})
    return _made(closure_id, clinic, day, day, is_open=True, reason=name, by=by, at=at)


@transaction.atomic
def withdraw_closure(*, closure: Closure, by: User, at: datetime) -> Closure:
    """Take a closure, or that the clinic is open on a bank holiday, back."""
    closure = Closure.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=closure.pk)
    permissions.may_manage_diary(user=by, clinic=closure.clinic).or_raise()
    if closure.withdrawn_at is None:
        closure.withdrawn_at, closure.withdrawn_by = at, by
        closure.save(update_fields=["withdrawn_at", "withdrawn_by"])
        audit.record("closure-withdrawn", closure, by=by, at=at)
    return closure


def _made(
    closure_id: UUID,
    clinic: Clinic,
    first_day: date,
    last_day: date,
    *,
    is_open: bool,
    reason: str,
    by: User,
    at: datetime,
) -> Closure:
    """Return the days as they are written down already, or write them down."""
    days = {"clinic": clinic, "first_day": first_day, "last_day": last_day, "is_open": is_open}
    again = Closure.objects.filter(pk=closure_id, clinic=clinic).first()
    again = again or Closure.objects.filter(**days, withdrawn_at=None).first()
    if again:
        return again
    made = Closure.objects.create(id=closure_id, **days, reason=reason, recorded_at=at, recorded_by=by)
    audit.record("clinic-opened" if is_open else "clinic-closed", made, by=by, at=at)
    return made


def _wrong_days(clinic: Clinic, first_day: date, last_day: date, at: datetime) -> str:
    today = at.astimezone(zone_of(clinic)).date()
    if last_day < first_day:
        return "The last day lies before the first. Check both"
    if last_day < today:
        return "Those days are over. Enter today or a later day"
    return "" if last_day <= today + timedelta(days=FAR) else "Check the year: it lies more than two years ahead"
