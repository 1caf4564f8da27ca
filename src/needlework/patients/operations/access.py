"""Giving access to a record from outside its clinic, ending it, and taking it in need."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from needlework.accounts.models import Clinic, User
from needlework.audit import record as audit
from needlework.messages import operations as messages
from needlework.patients import permissions, reach
from needlework.patients.models import BreakGlass, Grant, Patient
from needlework.patients.problems import NotDoneError, StaleError
from needlework.patients.queries.access import exact, leads_of

BREAK_GLASS_LASTS = timedelta(hours=4)
REASON_LENGTH = 10


@transaction.atomic
def grant_access(
    *,
    patient: Patient,
    to: Clinic | User,
    until: datetime,
    reason: str,
    by: User,
    at: datetime,
    grant_id: UUID | None = None,
) -> Grant:
    """Let another clinic or one person see a patient until a moment."""
    permissions.may_grant_access(user=by, patient=patient, at=at).or_raise()
    existing = Grant.objects.filter(pk=grant_id, patient=patient).first() if grant_id else None
    if existing:
        return existing
    if until <= at:
        raise NotDoneError("Enter a last day that is still to come.")
    receiver = {"clinic": to} if isinstance(to, Clinic) else {"user": to}
    grant = Grant.objects.create(
        id=grant_id or uuid4(), patient=patient, reason=reason, until=until, granted_at=at, granted_by=by, **receiver
    )
    audit.record("access-granted", grant, by=by, at=at)
    return grant


@transaction.atomic
def end_grant(*, grant: Grant, by: User, at: datetime) -> Grant:
    """End a grant before its time."""
    permissions.may_grant_access(user=by, patient=grant.patient, at=at).or_raise()
    grant = Grant.objects.select_for_update().get(pk=grant.pk)
    if grant.ended_at is not None:
        raise StaleError("this grant")
    grant.ended_at, grant.ended_by = at, by
    grant.save(update_fields=["ended_at", "ended_by"])
    audit.record("grant-ended", grant, by=by, at=at)
    return grant


@transaction.atomic
def search_to_break_glass(
    *, given_names: str, family_name: str, date_of_birth: date, by: User, at: datetime
) -> list[Patient]:
    """Look through all clinics for exactly one person; that somebody looked is in the log, whatever came of it."""
    permissions.may_break_glass(user=by).or_raise()
    audit.record("break-glass-searched", by, by=by, at=at)
    return exact(given_names=given_names, family_name=family_name, date_of_birth=date_of_birth)


@transaction.atomic
def break_glass(*, patient: Patient, reason: str, by: User, at: datetime) -> BreakGlass:
    """Open a record outside somebody's clinics for four hours, and tell every lead of its clinic."""
    permissions.may_break_glass(user=by).or_raise()
    if len(reason.strip()) < REASON_LENGTH:
        raise NotDoneError(f"Enter the reason in at least {REASON_LENGTH} letters: a lead reads it.")
    open_now = reach.glass_in_force(by, at).filter(patient=patient).first()
    if open_now:
        return open_now
    access = BreakGlass.objects.create(
        patient=patient, reason=reason.strip(), opened_at=at, opened_by=by, until=at + BREAK_GLASS_LASTS
    )
    audit.record("glass-broken", access, by=by, at=at)
    for lead in leads_of(patient):
        _tell(lead, access, by, at)
    return access


@transaction.atomic
def mark_break_glass_seen(*, access: BreakGlass, by: User, at: datetime) -> BreakGlass:
    """Record that a lead has looked at what happened."""
    permissions.may_grant_access(user=by, patient=access.patient, at=at).or_raise()
    access = BreakGlass.objects.select_for_update().get(pk=access.pk)
    if access.seen_at is None:
        access.seen_at, access.seen_by = at, by
        access.save(update_fields=["seen_at", "seen_by"])
        audit.record("break-glass-seen", access, by=by, at=at)
    return access


def _tell(lead: User, access: BreakGlass, by: User, at: datetime) -> None:
    messages.queue(
        "break-glass",
        key=f"break-glass:{access.pk}:{lead.pk}",
        about_kind="break-glass",
        about_id=access.pk,
        to_kind="staff",
        to_id=lead.pk,
        due_at=at,
        channels=("email",),
        by=by,
        at=at,
    )
