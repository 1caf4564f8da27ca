"""Keeping a patient from booking online, for a while or until it is ended."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from needlework.accounts.models import User
from needlework.audit import record as audit
from needlework.diary.models import OnlineBlock
from needlework.diary.problems import NotDoneError
from needlework.patients.models import Patient
from needlework.patients.permissions import may_edit_patient
from needlework.patients.queries.people import follow

SAY_WHY = "Say why this patient does not book online: colleagues read it."
PAST = "The last day lies in the past. Choose a later one, or leave it open."


@transaction.atomic
def block_online(
    *, block_id: UUID, patient: Patient, reason: str, until_day: date | None = None, by: User, at: datetime
) -> OnlineBlock:
    """Keep a patient from booking online, `until_day` included; the same id again finds the first."""
    may_edit_patient(user=by, patient=patient, at=at).or_raise()
    block = OnlineBlock.objects.filter(pk=block_id).first()
    if block:
        return block
    if not reason.strip():
        raise NotDoneError(SAY_WHY)
    if until_day and until_day < at.date():
        raise NotDoneError(PAST)
    block = OnlineBlock.objects.create(
        id=block_id, patient=follow(patient), reason=reason.strip(), until_day=until_day, recorded_at=at, recorded_by=by
    )
    audit.record("booking-blocked", block, by=by, at=at)
    return block


@transaction.atomic
def end_online_block(*, block: OnlineBlock, by: User, at: datetime) -> OnlineBlock:
    """Let a patient book online again; ended twice it stays as it is."""
    may_edit_patient(user=by, patient=block.patient, at=at).or_raise()
    block = OnlineBlock.objects.select_for_update(no_key=True).get(pk=block.pk)
    if block.ended_at is None:
        block.ended_at, block.ended_by = at, by
        block.save(update_fields=["ended_at", "ended_by"])
        audit.record("booking-block-ended", block, by=by, at=at)
    return block
