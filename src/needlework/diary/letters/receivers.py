"""Who a letter of the diary goes to, and where: a patient by their choices, a visitor by what they typed."""

from dataclasses import dataclass
from uuid import UUID

from needlework.diary.models import Visitor
from needlework.patients.models import Patient
from needlework.patients.queries.contact import care_addresses


@dataclass(frozen=True)
class Receiver:
    """Somebody who comes: how messages call them, what a greeting calls them, and where a letter may go."""

    kind: str
    pk: UUID
    called: str
    email: str | None
    phone: str | None


def receiver(patient: Patient | None, visitor: Visitor | None) -> Receiver:
    """Return who is written to: the patient, where a visitor has turned out to be one."""
    if patient is not None:
        called = patient.known_as or patient.given_names or patient.family_name
        kept = patient.merged_into or patient
        return Receiver(Patient.audit_kind, patient.pk, called, **care_addresses(kept))
    if visitor is None:
        raise ValueError("Nobody stands behind this: neither a patient nor a visitor")
    typed = visitor.details
    called = typed["given_names"] or typed["family_name"]
    return Receiver("visitor", visitor.pk, called, typed["email"] or None, typed["phone"] or None)
