"""Writing standing facts down, ending them, and marking those that never were true."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from needlework.accounts.models import User
from needlework.audit import record as audit
from needlework.patients import permissions
from needlework.patients.models import FactKind, Patient, StandingFact
from needlework.patients.problems import NotDoneError, StaleError
from needlework.patients.queries.people import same_person


@transaction.atomic
def record_fact(
    *,
    patient: Patient,
    kind: FactKind,
    text: str,
    by: User,
    at: datetime,
    performed_on: date | None = None,
    fact_id: UUID | None = None,
) -> StandingFact:
    """Write a fact down; an earlier "none known" of its kind ends with it."""
    permissions.may_edit_fact(user=by, patient=patient, kind=kind, at=at).or_raise()
    existing = _recorded(patient, fact_id)
    if existing:
        return existing
    for absence in _in_force(patient, kind).filter(none_known=True):
        _end(absence, by=by, at=at)
    seen = {"performed_on": performed_on or at.date(), "performed_by": by} if kind == FactKind.PHOTO_ID else {}
    return _record(patient, kind, fact_id, by=by, at=at, text=text, **seen)


@transaction.atomic
def record_none_known(
    *, patient: Patient, kind: FactKind, by: User, at: datetime, fact_id: UUID | None = None
) -> StandingFact:
    """Write down that the patient was asked and has none."""
    permissions.may_edit_fact(user=by, patient=patient, kind=kind, at=at).or_raise()
    existing = _recorded(patient, fact_id) or _in_force(patient, kind).filter(none_known=True).first()
    if existing:
        return existing
    if _in_force(patient, kind).exists():
        raise NotDoneError(f"There are entries under {kind.label}. End them first, then record that there are none.")
    return _record(patient, kind, fact_id, by=by, at=at, text="", none_known=True)


@transaction.atomic
def end_fact(*, fact: StandingFact, by: User, at: datetime) -> StandingFact:
    """End a fact that was true and no longer holds."""
    _refuse_change(fact, by, at)
    return _end(fact, by=by, at=at)


@transaction.atomic
def mark_fact_entered_in_error(*, fact: StandingFact, by: User, at: datetime) -> StandingFact:
    """Mark a fact that never was true; it stays in the history."""
    _refuse_change(fact, by, at)
    fact.entered_in_error_at, fact.entered_in_error_by = at, by
    fact.save(update_fields=["entered_in_error_at", "entered_in_error_by"])
    audit.record("fact-entered-in-error", fact, by=by, at=at)
    return fact


def _refuse_change(fact: StandingFact, by: User, at: datetime) -> None:
    permissions.may_edit_fact(user=by, patient=fact.patient, kind=FactKind(fact.kind), at=at).or_raise()
    if not StandingFact.objects.select_for_update().get(pk=fact.pk).in_force:
        raise StaleError("this entry")


def _recorded(patient: Patient, fact_id: UUID | None) -> StandingFact | None:
    return StandingFact.objects.filter(pk=fact_id, patient__in=same_person(patient)).first() if fact_id else None


def _in_force(patient: Patient, kind: FactKind) -> QuerySet[StandingFact]:
    facts = StandingFact.objects.select_for_update().filter(patient__in=same_person(patient), kind=kind)
    return facts.filter(ended_at=None, entered_in_error_at=None)


def _record(
    patient: Patient, kind: FactKind, fact_id: UUID | None, *, by: User, at: datetime, **columns: Any
) -> StandingFact:
    fact = StandingFact.objects.create(
        id=fact_id or uuid4(), patient=patient, kind=kind, recorded_at=at, recorded_by=by, **columns
    )
    audit.record("fact-recorded", fact, by=by, at=at, fields=[kind])
    return fact


def _end(fact: StandingFact, *, by: User, at: datetime) -> StandingFact:
    fact.ended_at, fact.ended_by = at, by
    fact.save(update_fields=["ended_at", "ended_by"])
    audit.record("fact-ended", fact, by=by, at=at)
    return fact
