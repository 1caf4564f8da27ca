"""Handing out a copy of everything held about a patient."""

from datetime import datetime

from django.db import transaction

from needlework.accounts.models import User
from needlework.audit import record as audit
from needlework.audit.record import System
from needlework.front import permissions
from needlework.front.queries import subject_access
from needlework.patients.models import Patient


@transaction.atomic
def hand_out_copy(*, patient: Patient, by: User | System, at: datetime) -> bytes:
    """Return the archive for an access request, and record that it was made."""
    permissions.may_copy_record(user=by, patient=patient).or_raise()
    content = subject_access.archive(patient, at=at)
    audit.record("copy-handed-out", patient, by=by, at=at)
    return content
