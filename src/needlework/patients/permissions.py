"""Who may do what with a patient's record: a Decision each, with the sentence why not."""

from datetime import datetime

from needlework.accounts.capabilities import clinics_where, holds
from needlework.accounts.decision import Decision
from needlework.accounts.models import Clinic, User
from needlework.patients import reach
from needlework.patients.models import FactKind, Patient
from needlework.patients.models.facts import CLINICAL

ASK_A_LEAD = "Ask a lead of the clinic."


def may_see_patients(*, user: User) -> Decision:
    """Decide whether somebody sees patients at all; which ones, `queries` know."""
    return _where(user, "see-patients", None, "see patients")


def may_add_patient(*, user: User, clinic: Clinic | None = None) -> Decision:
    """Decide whether somebody may register patients, here or anywhere."""
    return _where(user, "edit-patients", clinic, "add patients")


def may_import_patients(*, user: User, clinic: Clinic | None = None) -> Decision:
    """Decide whether somebody may bring in a list of patients."""
    return _where(user, "import-patients", clinic, "import patients")


def may_export_patients(*, user: User, clinic: Clinic | None = None) -> Decision:
    """Decide whether somebody may take the list of patients out."""
    return _where(user, "export-patients", clinic, "export patients")


def may_edit_patient(*, user: User, patient: Patient | None = None, at: datetime | None = None) -> Decision:
    """Decide whether somebody may change a patient's details, contact choices and plain facts."""
    return _for(user, "edit-patients", patient, at, "change this patient's details")


def may_see_clinical_facts(*, user: User, patient: Patient | None = None, at: datetime | None = None) -> Decision:
    """Decide whether somebody reads allergies, medicines and conditions."""
    return _for(user, "see-clinical-facts", patient, at, "see this patient's health facts")


def may_edit_clinical_facts(*, user: User, patient: Patient | None = None, at: datetime | None = None) -> Decision:
    """Decide whether somebody writes allergies, medicines and conditions."""
    return _for(user, "edit-clinical-facts", patient, at, "change this patient's health facts")


def may_see_fact(*, user: User, patient: Patient, kind: FactKind, at: datetime) -> Decision:
    """Decide whether somebody reads a kind of standing fact."""
    if kind in CLINICAL:
        return may_see_clinical_facts(user=user, patient=patient, at=at)
    return _for(user, "see-patients", patient, at, "see this patient")


def may_edit_fact(*, user: User, patient: Patient, kind: FactKind, at: datetime) -> Decision:
    """Decide whether somebody writes a kind of standing fact."""
    allowed = may_edit_clinical_facts if kind in CLINICAL else may_edit_patient
    return allowed(user=user, patient=patient, at=at)


def may_merge_patients(*, user: User, patient: Patient | None = None, at: datetime | None = None) -> Decision:
    """Decide whether somebody may put two records together or take them apart."""
    return _for(user, "merge-patients", patient, at, "merge this record")


def may_grant_access(*, user: User, patient: Patient | None = None, at: datetime | None = None) -> Decision:
    """Decide whether somebody may give access to a patient's record."""
    return _for(user, "grant-access", patient, at, "give access to this record")


def may_see_openings(*, user: User, patient: Patient, at: datetime) -> Decision:
    """Decide whether somebody reads who opened a patient's record."""
    return _for(user, "see-access-log", patient, at, "see who opened this record")


def may_break_glass(*, user: User) -> Decision:
    """Decide whether somebody may open a record outside their clinics in need."""
    return _where(user, "break-glass", None, "open records of other clinics")


def _where(user: User, capability: str, clinic: Clinic | None, what: str) -> Decision:
    if holds(user, capability) if clinic is None else clinic.pk in clinics_where(user, capability):
        return Decision()
    return Decision(f"You may not {what}{f' at {clinic}' if clinic else ''}. {ASK_A_LEAD}")


def _for(user: User, capability: str, patient: Patient | None, at: datetime | None, what: str) -> Decision:
    if patient is None or at is None:
        return _where(user, capability, None, what)
    if reach.clinics_for(user, capability, patient, at):
        return Decision()
    return Decision(f"You may not {what}. {ASK_A_LEAD}")
