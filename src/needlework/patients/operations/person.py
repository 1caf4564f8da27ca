"""Adding and editing the person."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from needlework.accounts.models import Clinic, User
from needlework.audit import record as audit
from needlework.patients import details as known
from needlework.patients import permissions
from needlework.patients.details import Details
from needlework.patients.models import Patient, PatientVersion
from needlework.patients.problems import NotDoneError, StaleError

NUMBER_TAKEN = "Another patient of this clinic has this number. Check the number, or leave it empty."


@transaction.atomic
def add_patient(*, clinic: Clinic, details: Details, by: User, at: datetime, patient_id: UUID | None = None) -> Patient:
    """Register a patient in a clinic; a second call with the same id finds the first."""
    permissions.may_add_patient(user=by, clinic=clinic).or_raise()
    existing = Patient.objects.filter(pk=patient_id).first() if patient_id else None
    if existing:
        return existing
    details = details.tidied()
    _refuse_taken_number(clinic.pk, details.external_number)
    patient = Patient.objects.create(
        id=patient_id or uuid4(), clinic=clinic, recorded_at=at, recorded_by=by, **details.columns()
    )
    _append_version(patient, details, by=by, at=at)
    audit.record("patient-added", patient, by=by, at=at)
    return patient


@transaction.atomic
def edit_patient(*, patient: Patient, details: Details, version: int, by: User, at: datetime) -> Patient:
    """Change what the record says, if nobody changed it since `version`; the old state stays in its history."""
    permissions.may_edit_patient(user=by, patient=patient, at=at).or_raise()
    details = details.tidied()
    patient = Patient.objects.select_for_update().get(pk=patient.pk)
    if patient.version != version:
        raise StaleError("this patient's details")
    different = known.changed(known.of(patient).snapshot(), details.snapshot())
    if not different:
        return patient
    if "external_number" in different:
        _refuse_taken_number(patient.clinic_id, details.external_number)
    for name, value in details.columns().items():
        setattr(patient, name, value)
    patient.version += 1
    patient.save()
    _append_version(patient, details, by=by, at=at)
    audit.record("patient-edited", patient, by=by, at=at, fields=different)
    return patient


def _append_version(patient: Patient, details: Details, *, by: User, at: datetime) -> None:
    """Append the state that the record is in now."""
    PatientVersion.objects.create(
        patient=patient, number=patient.version, details=details.snapshot(), recorded_at=at, recorded_by=by
    )


def _refuse_taken_number(clinic_id: UUID, number: str) -> None:
    if number and Patient.objects.filter(clinic_id=clinic_id, external_number=number).exists():
        raise NotDoneError(NUMBER_TAKEN)
