"""Writing down how somebody wants to be reached."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from needlework.accounts.models import User
from needlework.audit import record as audit
from needlework.patients import permissions
from needlework.patients.models import Channel, ContactChoice, Patient, Purpose
from needlework.patients.problems import StaleError
from needlework.patients.queries import contact

Answers = Mapping[tuple[Channel, Purpose], bool]


@transaction.atomic
def record_contact_choices(
    *, patient: Patient, answers: Answers, version: int, by: User | Patient, at: datetime
) -> list[ContactChoice]:
    """Append the answers that differ from those in force; staff write for the patient, or the patient does."""
    if isinstance(by, User):
        permissions.may_edit_patient(user=by, patient=patient, at=at).or_raise()
    Patient.objects.select_for_update().get(pk=patient.pk)
    if contact.version(patient) != version:
        raise StaleError("these choices")
    standing = contact.latest(patient)
    new = {key: allowed for key, allowed in answers.items() if key not in standing or standing[key].allowed != allowed}
    if new:
        fields = [f"{purpose}-by-{channel}" for channel, purpose in new]
        audit.record("contact-choices-recorded", patient, by=by, at=at, fields=fields)
    return [_append(patient, channel, purpose, allowed, by, at) for (channel, purpose), allowed in new.items()]


def _append(
    patient: Patient, channel: Channel, purpose: Purpose, allowed: bool, by: User | Patient, at: datetime
) -> ContactChoice:
    staff = by if isinstance(by, User) else None
    return ContactChoice.objects.create(
        patient=patient,
        channel=channel,
        purpose=purpose,
        allowed=allowed,
        recorded_at=at,
        recorded_by=staff,
        by_patient=staff is None,
    )
