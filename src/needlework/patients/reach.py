"""How far somebody's access reaches: own clinics, grants in force, glass broken within its hours."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from needlework.accounts.capabilities import clinics_where
from needlework.accounts.models import User
from needlework.patients.models import BreakGlass, Grant, Patient


def visible(user: User, at: datetime) -> Q:
    """Return the condition on Patient that holds for what somebody may see; records of one person stand together."""
    own = _directly(user, at)
    merged = Patient.objects.filter(merged_into__isnull=False)
    kept_of_own = merged.filter(own).values("merged_into")
    reached = Patient.objects.filter(own | Q(pk__in=kept_of_own))
    return own | Q(pk__in=kept_of_own) | Q(pk__in=merged.filter(merged_into__in=reached.values("pk")).values("pk"))


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


def _directly(user: User, at: datetime) -> Q:
    clinics = clinics_where(user, "see-patients")
    if not clinics:
        return Q(pk__in=[])
    granted = grants_in_force(at).filter(Q(clinic__in=clinics) | Q(user=user))
    return (
        Q(clinic__in=clinics)
        | Q(pk__in=granted.values("patient"))
        | Q(pk__in=glass_in_force(user, at).values("patient"))
    )


def _broke_glass_to_see(user: User, capability: str, records: QuerySet[Patient], at: datetime) -> bool:
    return capability.startswith("see-") and glass_in_force(user, at).filter(patient__in=records).exists()
