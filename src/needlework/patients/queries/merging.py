"""Records that may be one person, and those that were put together."""

from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from needlework.accounts.models import User
from needlework.patients import details
from needlework.patients.details import Details
from needlework.patients.folding import full_name
from needlework.patients.importing.headings import COLUMNS
from needlework.patients.models import MergeRecord, Patient
from needlework.patients.queries.people import patient_for, patients_for, same_person

SIMILAR = 0.75
"""Names this alike are shown as possibly one person: "jo elison" and "jo ellison" are 0.95."""
MOST = 10


@dataclass(frozen=True)
class Likeness:
    """A record that may be the same person, and why."""

    patient: Patient
    reasons: tuple[str, ...]


def likely_duplicates(user: User, wanted: Details, *, but: UUID | None = None) -> list[Likeness]:
    """Return records somebody may see that could be this person, likeliest first."""
    wanted = wanted.tidied()
    same = Q(date_of_birth=wanted.date_of_birth)
    same |= Q(phone=wanted.phone) if wanted.phone else Q()
    same |= Q(email=wanted.email) if wanted.email else Q()
    others = patients_for(user).exclude(pk=but) if but else patients_for(user)
    candidates = others.filter(same, merged_into=None)
    likenesses = [
        Likeness(p, _reasons(p, wanted)) for p in candidates.select_related("clinic").order_by("search", "id")
    ]
    return sorted((one for one in likenesses if one.reasons), key=lambda one: -len(one.reasons))[:MOST]


def merges_of(patient: Patient) -> QuerySet[MergeRecord]:
    """Return the merges in force behind a record, newest first."""
    merges = MergeRecord.objects.filter(kept__in=same_person(patient), undone_at=None)
    return merges.select_related("merged__clinic", "merged_by").order_by("-merged_at", "id")


def merge_for(user: User, patient_id: UUID, merge_id: UUID, at: datetime | None = None) -> MergeRecord:
    """Return one merge of a patient whom somebody sees."""
    merges = merges_of(patient_for(user, patient_id, at))
    merge = merges.select_related("kept", "merged").filter(pk=merge_id).first()
    if merge is None:
        raise Http404("There is no such merge.")
    return merge


def side_by_side(one: Patient, other: Patient) -> list[tuple[str, str, str, bool]]:
    """Return both records field by field, with whether they differ."""
    left, right = (details.of(patient).snapshot() for patient in (one, other))
    rows = [("Clinic", one.clinic.name, other.clinic.name)]
    rows += [(label, left[name], right[name]) for name, label in COLUMNS.items() if left[name] or right[name]]
    return [(label, a, b, a != b) for label, a, b in rows]


def alike(one: list[str], other: list[str]) -> float:
    """Return how alike two folded names are, from 0 to 1, whatever the order of their words."""
    return SequenceMatcher(None, " ".join(sorted(one)), " ".join(sorted(other)), autojunk=False).ratio()


def _reasons(patient: Patient, wanted: Details) -> tuple[str, ...]:
    name = alike(full_name(patient.given_names, patient.family_name), full_name(wanted.given_names, wanted.family_name))
    found = {
        "same birthday and a similar name": patient.date_of_birth == wanted.date_of_birth and name >= SIMILAR,
        "same phone": bool(wanted.phone) and patient.phone == wanted.phone,
        "same e-mail": bool(wanted.email) and patient.email == wanted.email,
    }
    return tuple(reason for reason, holds in found.items() if holds)
