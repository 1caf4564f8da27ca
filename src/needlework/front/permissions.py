"""Who may open the pages that show many concepts at once."""

from datetime import date

from needlework.accounts.capabilities import clinics_where, holds
from needlework.accounts.decision import Decision
from needlework.accounts.models import User
from needlework.audit.record import System
from needlework.front.queries.keeping import Keeping
from needlework.patients.models import Patient

YES = Decision()


def may_see_day(*, user: User) -> Decision:  # noqa: ARG001 - every member of staff has a day
    """Allow the day to all staff: what it shows follows their roles."""
    return YES


def may_see_outbox(*, user: User) -> Decision:
    """Allow seeing what was sent from one's clinics."""
    return _with(user, "see-outbox", "Your roles do not include the outbox. Ask a lead of your clinic.")


def may_see_access_log(*, user: User) -> Decision:
    """Allow seeing who did and opened what in one's clinics."""
    return _with(user, "see-access-log", "Only leads and auditors can see the access log.")


def may_copy_records(*, user: User) -> Decision:
    """Allow handing a patient a copy of all that is held about them."""
    return _with(user, "export-patients", "Only a lead can hand out a copy of a record.")


def may_erase_records(*, user: User) -> Decision:
    """Allow erasing what the law no longer needs."""
    return _with(user, "erase-patients", "Only a lead can erase a record.")


def _with(user: User, capability: str, refusal: str) -> Decision:
    return YES if holds(user, capability) else Decision(refusal)


def may_copy_record(*, user: User | System, patient: Patient) -> Decision:
    """Allow handing out a copy of one record to leads of its clinic."""
    return _lead_of(user, patient, "export-patients", "Only a lead of the patient’s clinic can hand out a copy.")


def may_erase_record(*, user: User | System, patient: Patient) -> Decision:
    """Allow asking for one record's erasure to leads of its clinic."""
    return _lead_of(user, patient, "erase-patients", "Only a lead of the patient’s clinic can erase this record.")


def may_erase_patient(*, user: User | System, patient: Patient, kept: Keeping, on: date) -> Decision:
    """Allow erasing a record only when the law no longer needs it."""
    allowed = may_erase_record(user=user, patient=patient)
    if not allowed or kept.erasable(on):
        return allowed
    return Decision(f"This record must be kept until {kept.until:%-d %B %Y} ({kept.rule}). Then it goes by itself.")


def _lead_of(user: User | System, patient: Patient, capability: str, refusal: str) -> Decision:
    allowed = isinstance(user, System) or patient.clinic_id in clinics_where(user, capability)
    return YES if allowed else Decision(refusal)
