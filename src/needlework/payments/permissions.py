"""Who may take money and who may give it back: a Decision each, with the sentence why not."""

from needlework.accounts.capabilities import clinics_where, holds
from needlework.accounts.decision import Decision
from needlework.accounts.models import Clinic, User

ASK_A_LEAD = "Ask a lead of the clinic."


def may_take_payments(*, user: User, clinic: Clinic | None = None) -> Decision:
    """Decide whether somebody sees what is owed and takes payments, here or anywhere."""
    return _where(user, "take-payments", clinic, "take payments")


def may_refund_payments(*, user: User, clinic: Clinic | None = None) -> Decision:
    """Decide whether somebody gives money back, here or anywhere."""
    return _where(user, "refund-payments", clinic, "refund payments")


def _where(user: User, capability: str, clinic: Clinic | None, what: str) -> Decision:
    if holds(user, capability) if clinic is None else clinic.pk in clinics_where(user, capability):
        return Decision()
    return Decision(f"You may not {what}{f' at {clinic}' if clinic else ''}. {ASK_A_LEAD}")
