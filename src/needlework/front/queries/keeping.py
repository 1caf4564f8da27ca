"""Until when a record must be kept, and which records have been kept long enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from needlework.audit.models import Event
from needlework.front.record import walk
from needlework.front.retention import keep_until, rule
from needlework.patients.models import Patient
from needlework.patients.queries.people import same_person

NOT_ENTRIES = Q(verb="viewed") | Q(verb__startswith="message-") | Q(verb="copy-handed-out") | Q(verb="erasure-asked")
"""Events that write nothing into the record."""
NOT_CLINICAL = frozenset(
    {"patient", "patientversion", "contactchoice", "signinlink", "grant", "breakglass", "mergerecord"}
)
"""Tables that hold nothing of a treatment; every other table, also one to come, counts as clinical."""


@dataclass(frozen=True)
class Keeping:
    """What keeps a record: the day up to which, and whether anything clinical is in it."""

    clinical: bool
    until: date
    rule: str

    def erasable(self, on: date) -> bool:
        """Say whether the record may go: nothing clinical was ever written, or its time is over."""
        return not self.clinical or on > self.until


def keeping(patient: Patient) -> Keeping:
    """Return what the retention rule says about a patient's record."""
    people = same_person(patient)
    kinds = {rows[0]._meta.model_name for rows in walk(list(Patient.objects.filter(pk__in=people)))}
    until = keep_until(born=patient.date_of_birth, last_entry=_last_entry(patient, people), by=rule())
    return Keeping(bool(kinds - NOT_CLINICAL), until, rule().source)


def past_keeping(*, at: datetime, limit: int = 200) -> list[Patient]:
    """Return patients whose record has been kept as long as the rule says."""
    oldest = at - timedelta(days=365 * rule().adult_years)
    later = Event.objects.filter(patient_id=OuterRef("pk"), at__gte=oldest).exclude(NOT_ENTRIES)
    quiet = Patient.objects.filter(~Exists(later), recorded_at__lt=oldest, merged_into=None)
    today = timezone.localdate(at)
    return [patient for patient in quiet.order_by("recorded_at")[:limit] if today > keeping(patient).until]


def _last_entry(patient: Patient, people: Sequence[UUID]) -> date:
    last = Event.objects.filter(patient_id__in=people).exclude(NOT_ENTRIES).order_by("-at").first()
    return timezone.localdate(last.at if last else patient.recorded_at)
