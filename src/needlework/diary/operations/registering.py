"""Making a patient of somebody who booked without being one."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from needlework.accounts.models import Clinic, User
from needlework.diary.models import Visitor
from needlework.diary.operations.visitors import match_visitor
from needlework.patients.details import Details
from needlework.patients.models import Patient
from needlework.patients.operations import add_patient


@transaction.atomic
def register_visitor(
    *, visitor: Visitor, clinic: Clinic, patient_id: UUID, details: Details, by: User, at: datetime
) -> Patient:
    """Register a visitor as a patient of a clinic where they booked, and give the patient all that they booked.

    Sent twice it finds the first.
    """
    patient = add_patient(clinic=clinic, details=details, by=by, at=at, patient_id=patient_id)
    match_visitor(visitor=visitor, patient=patient, by=by, at=at)
    return patient
