"""Who acts on accounts: a member of staff, or the program itself (first set-up, demonstration, worker)."""

from needlework.accounts.models import User
from needlework.audit.record import System

StaffOrSystem = User | System


def person(actor: StaffOrSystem) -> User | None:
    """Return the member of staff, or None for the program."""
    return actor if isinstance(actor, User) else None
