"""Who may do what with the diary: a Decision each, with the sentence why not."""

from needlework.accounts.capabilities import clinics_where, holds
from needlework.accounts.decision import Decision
from needlework.accounts.models import Clinic, User


def may_see_diary(*, user: User, clinic: Clinic | None = None) -> Decision:
    """Decide whether somebody sees the diary, of a clinic or of any."""
    return _where(user, "see-diary", clinic, "see the diary")


def may_book(*, user: User, clinic: Clinic | None = None) -> Decision:
    """Decide whether somebody may book, move and cancel appointments."""
    return _where(user, "book-appointments", clinic, "book appointments")


def may_manage_diary(*, user: User, clinic: Clinic | None = None) -> Decision:
    """Decide whether somebody may change working time, services, rooms, devices and the diary's rules."""
    return _where(user, "manage-diary", clinic, "change working time and services")


def _where(user: User, capability: str, clinic: Clinic | None, what: str) -> Decision:
    if holds(user, capability) if clinic is None else clinic.pk in clinics_where(user, capability):
        return Decision()
    return Decision(f"You may not {what}{f' at {clinic}' if clinic else ''}. Ask a lead of the clinic.")
