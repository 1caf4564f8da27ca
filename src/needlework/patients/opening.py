"""Opening one patient's record: every page that shows it leaves an access event."""

from datetime import datetime
from uuid import UUID

from needlework.accounts.asking import StaffRequest
from needlework.audit import record as audit
from needlework.patients import queries
from needlework.patients.models import Patient


def opened(request: StaffRequest, patient_id: UUID, *, at: datetime, part: str = "") -> Patient:
    """Return a patient within reach; a page shown of them is noted, a form sent is noted by what it does."""
    patient = queries.patient_for(request.user, patient_id, at)
    if request.method != "POST":
        audit.viewed(patient, by=request.user, at=at, part=part)
    return patient
