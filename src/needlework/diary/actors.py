"""Who acts in the diary: a member of staff, a patient, a visitor, or the program itself."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from needlework.accounts.models import User
from needlework.audit.record import System
from needlework.diary.models import Visitor
from needlework.patients.models import Patient


@dataclass(frozen=True)
class VisitorActor:
    """Somebody who is no patient yet, and acts through a private link or the public pages."""

    audit_kind: ClassVar[str] = "visitor"
    pk: UUID


Actor = User | Patient | VisitorActor | System


def acting(visitor: Visitor) -> VisitorActor:
    """Return a visitor as the one who acts."""
    return VisitorActor(visitor.pk)


def is_online(actor: Actor) -> bool:
    """Say whether somebody acts for themselves, by the clinic's rules for online booking."""
    return isinstance(actor, Patient | VisitorActor)
