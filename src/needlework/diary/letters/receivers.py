"""Who a letter of the diary goes to, and where: a patient by their choices, a visitor by what they typed."""

from uuid import UUID

from needlework.diary.models import Visitor
from needlework.patients.models import Patient
from needlework.patients.queries.contact import care_addresses


def receiver(patient: Patient | None, visitor: Visitor | None) -> tuple[str, UUID]:
    """Return the kind and id of whom a message goes to: the patient, where a visitor has turned out to be one."""
    if patient is not None:
        return Patient.audit_kind, patient.pk
    return "visitor", _somebody(visitor).pk


def addresses(patient: Patient | None, visitor: Visitor | None) -> dict[str, str | None]:
    """Return e-mail address and phone as a letter takes them."""
    if patient is not None:
        return care_addresses(patient.merged_into or patient)
    details = _somebody(visitor).details
    return {"email": details["email"] or None, "phone": details["phone"] or None}


def called(patient: Patient | None, visitor: Visitor | None) -> str:
    """Return what somebody is called in a greeting."""
    if patient is not None:
        return patient.known_as or patient.given_names or patient.name
    details = _somebody(visitor).details
    return str(details["given_names"] or details["family_name"])


def _somebody(visitor: Visitor | None) -> Visitor:
    """Return the visitor; every appointment and every entry of the waiting list has one where it has no patient."""
    if visitor is None:
        raise ValueError("Nobody stands behind this")
    return visitor
