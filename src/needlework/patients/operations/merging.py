"""Putting two records of one person together, and taking them apart again."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from needlework.accounts.models import User
from needlework.audit import record as audit
from needlework.patients import permissions
from needlework.patients.models import MergeRecord, Patient
from needlework.patients.problems import NotDoneError, StaleError


@transaction.atomic
def merge_patients(*, kept: Patient, merged: Patient, by: User, at: datetime) -> MergeRecord:
    """Let one record stand for both; the other points to it and keeps all it holds."""
    for patient in (kept, merged):
        permissions.may_merge_patients(user=by, patient=patient, at=at).or_raise()
    locked = {p.pk: p for p in Patient.objects.select_for_update().filter(pk__in=[kept.pk, merged.pk]).order_by("pk")}
    if len(locked) < 2:
        raise NotDoneError("Choose another record: this is the same one.")
    done = MergeRecord.objects.filter(kept=kept, merged=merged, undone_at=None).first()
    if done:
        return done
    if any(patient.merged_into_id for patient in locked.values()):
        raise StaleError("these records")
    merge = MergeRecord.objects.create(kept=kept, merged=merged, merged_at=at, merged_by=by)
    _point({merged.pk, *_below(merged.pk)}, kept.pk)
    for patient in (kept, merged):
        audit.record("patients-merged", locked[patient.pk], by=by, at=at)
    return merge


@transaction.atomic
def undo_merge(*, merge: MergeRecord, by: User, at: datetime) -> MergeRecord:
    """Take two records apart: each is exactly what it was, with what was added to it since."""
    for patient in (merge.kept, merge.merged):
        permissions.may_merge_patients(user=by, patient=patient, at=at).or_raise()
    merge = MergeRecord.objects.select_for_update().select_related("kept", "merged").get(pk=merge.pk)
    if merge.undone_at is not None:
        raise StaleError("these records")
    merge.undone_at, merge.undone_by = at, by
    merge.save(update_fields=["undone_at", "undone_by"])
    _point({merge.merged_id}, None)
    _point(_below(merge.merged_id), merge.merged_id)
    for patient in (merge.kept, merge.merged):
        audit.record("merge-undone", patient, by=by, at=at)
    return merge


def _point(patients: Iterable[UUID], kept: UUID | None) -> None:
    """Point records straight at the one that is kept, so that following takes one step."""
    Patient.objects.filter(pk__in=patients).update(merged_into=kept)


def _below(kept: UUID) -> set[UUID]:
    """Return every record that was merged into this one, or into one of those."""
    found: set[UUID] = set()
    edge = {kept}
    while edge:
        merges = MergeRecord.objects.filter(kept__in=edge, undone_at=None)
        edge = set(merges.values_list("merged_id", flat=True)) - found
        found |= edge
    return found
