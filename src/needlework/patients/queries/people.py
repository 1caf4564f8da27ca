"""Which patients somebody may see, and one of them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from needlework.accounts.models import User
from needlework.patients import reach
from needlework.patients.models import Patient

MISSING = "There is no patient here, or not one of your clinics."


def patients_for(user: User, at: datetime | None = None) -> QuerySet[Patient]:
    """Return the records somebody may see, merged ones included."""
    return Patient.objects.filter(reach.visible(user, at or timezone.now()))


def patient_for(user: User, patient_id: UUID, at: datetime | None = None) -> Patient:
    """Return one patient, by a merged record's id too; outside somebody's reach it is missing."""
    patient = patients_for(user, at).select_related("clinic").filter(pk=patient_id).first()
    if patient is None:
        raise Http404(MISSING)
    return follow(patient)


def follow(patient: Patient) -> Patient:
    """Return the record that is kept for this person."""
    if patient.merged_into_id is None:
        return patient
    return Patient.objects.select_related("clinic").get(pk=patient.merged_into_id)


def same_person(patient: Patient) -> Sequence[UUID]:
    """Return the ids of all records of this person, the kept one first."""
    kept = patient.merged_into_id or patient.pk
    return [
        kept,
        *Patient.objects.filter(Q(merged_into=kept)).order_by("recorded_at", "id").values_list("pk", flat=True),
    ]
