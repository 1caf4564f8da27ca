"""One patient's record as one reader sees it: all that its page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from needlework.accounts.models import User
from needlework.patients import details as known
from needlework.patients import permissions
from needlework.patients.importing.headings import COLUMNS
from needlework.patients.links import links_for
from needlework.patients.models import BreakGlass, MergeRecord, Patient, PatientVersion
from needlework.patients.queries import access, contact, facts, merging
from needlework.patients.queries.people import same_person


@dataclass(frozen=True)
class May:
    """What the reader may do with this record."""

    edit: bool
    edit_clinical: bool
    merge: bool
    grant: bool


@dataclass(frozen=True)
class Record:
    """The person, what holds about them, and what the reader may do."""

    patient: Patient
    age: int
    standing: facts.Standing
    reaches: Sequence[contact.Reach]
    merges: Sequence[MergeRecord]
    glass: BreakGlass | None
    may: May
    links: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Change:
    """One step of a record's history: who wrote it down, and what became different."""

    version: PatientVersion
    differences: Sequence[tuple[str, str, str]]


def record(user: User, patient: Patient, at: datetime) -> Record:
    """Return what the page of one patient shows to somebody."""
    return Record(
        patient=patient,
        age=known.age(patient.date_of_birth, timezone.localdate(at)),
        standing=facts.standing(user, patient, at),
        reaches=contact.reaches(patient),
        merges=list(merging.merges_of(patient)),
        glass=access.taken_in_need(user, patient, at),
        may=May(
            edit=bool(permissions.may_edit_patient(user=user, patient=patient, at=at)),
            edit_clinical=bool(permissions.may_edit_clinical_facts(user=user, patient=patient, at=at)),
            merge=bool(permissions.may_merge_patients(user=user, patient=patient, at=at)),
            grant=bool(permissions.may_grant_access(user=user, patient=patient, at=at)),
        ),
        links=links_for(user, patient),
    )


def history(patient: Patient) -> list[Change]:
    """Return how the record became what it is, newest first, those merged into it included."""
    versions = PatientVersion.objects.filter(patient__in=same_person(patient)).select_related("recorded_by", "patient")
    before: dict[object, dict[str, str]] = {}
    changes = []
    for version in versions.order_by("recorded_at", "number", "id"):
        was = before.get(version.patient_id)
        changes.append(Change(version, _differences(was, version.details) if was else []))
        before[version.patient_id] = version.details
    return changes[::-1]


def _differences(was: dict[str, str], now: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(COLUMNS[name], was.get(name, ""), now.get(name, "")) for name in known.changed(was, now)]
