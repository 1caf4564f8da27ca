"""How far somebody's access reaches: own clinics, grants in force, glass broken within its hours."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from needlework.accounts.capabilities import clinics_where
from needlework.accounts.models import User
from needlework.patients.models import BreakGlass, Grant, Patient


def visible(user: User, at: datetime) -> Q:
    """Return the condition on Patient that holds for what somebody may see; records of one person stand together."""
    return within(user) | _outside(user, at)


def visible_at_once(user: User, at: datetime) -> Q:
    """Return the same condition for a search through everybody: the few records from outside are read beforehand.

    What is left is a condition that the index on the searched line answers alone.
    """
    clinics = clinics_where(user, "see-patients")
    given = _given(user, clinics, at) if clinics else set()
    ids = given | _across(clinics, given)
    return within(user) | Q(pk__in=ids) if ids else within(user)


def within(user: User) -> Q:
    """Return the condition that a record was registered in one of somebody's clinics."""
    return Q(clinic__in=clinics_where(user, "see-patients"))


def clinics_for(user: User, capability: str, patient: Patient, at: datetime) -> frozenset[UUID]:
    """Return the clinics through which somebody holds a capability for one patient's record."""
    clinics = clinics_where(user, capability)
    if not clinics:
        return clinics
    records = Patient.objects.filter(Q(pk=patient.pk) | Q(merged_into=patient.pk) | Q(merged=patient.pk))
    registered = frozenset(records.values_list("clinic_id", flat=True))
    granted = grants_in_force(at).filter(patient__in=records)
    if granted.filter(user=user).exists() or _broke_glass_to_see(user, capability, records, at):
        return clinics
    return clinics & (registered | frozenset(granted.filter(clinic__isnull=False).values_list("clinic_id", flat=True)))


def grants_in_force(at: datetime) -> QuerySet[Grant]:
    """Return the grants that hold at a moment."""
    return Grant.objects.filter(granted_at__lte=at, until__gt=at, ended_at=None)


def glass_in_force(user: User, at: datetime) -> QuerySet[BreakGlass]:
    """Return somebody's break-glass accesses that still hold."""
    return BreakGlass.objects.filter(opened_by=user, opened_at__lte=at, until__gt=at)


def _outside(user: User, at: datetime) -> Q:
    """Return the condition for what a grant or broken glass reaches, or a merge with a record that is reached."""
    clinics = clinics_where(user, "see-patients")
    if not clinics:
        return Q(pk__in=[])
    granted = grants_in_force(at).filter(Q(clinic__in=clinics) | Q(user=user)).values("patient")
    given = Q(pk__in=granted) | Q(pk__in=glass_in_force(user, at).values("patient"))
    merged = Patient.objects.filter(merged_into__isnull=False)
    through_merged = Q(pk__in=merged.filter(within(user) | given).values("merged_into"))
    kept = Patient.objects.filter(within(user) | given | through_merged, pk__in=merged.values("merged_into"))
    return given | through_merged | Q(merged_into__in=kept.values("pk"))


def _given(user: User, clinics: frozenset[UUID], at: datetime) -> set[UUID]:
    """Return the ids reached by a grant or by broken glass."""
    granted = grants_in_force(at).filter(Q(clinic__in=clinics) | Q(user=user)).values_list("patient", flat=True)
    return set(granted.union(glass_in_force(user, at).values_list("patient", flat=True)))


def _across(clinics: frozenset[UUID], given: set[UUID]) -> set[UUID]:
    """Return the ids of people of whom one record is in reach and another, merged with it, is not."""
    merged = Patient.objects.filter(merged_into__isnull=False)
    reached = Q(clinic__in=clinics) | Q(pk__in=given)
    kept_reached = Q(merged_into__clinic__in=clinics) | Q(merged_into__in=given)
    across = merged.filter(reached | kept_reached).exclude(reached & kept_reached)
    kept = {patient.merged_into_id for patient in across.only("merged_into") if patient.merged_into_id}
    return kept | set(merged.filter(merged_into__in=kept).values_list("pk", flat=True)) if kept else kept


def _broke_glass_to_see(user: User, capability: str, records: QuerySet[Patient], at: datetime) -> bool:
    return capability.startswith("see-") and glass_in_force(user, at).filter(patient__in=records).exists()
