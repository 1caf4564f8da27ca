"""The address of a time that is being kept: signed, so that it still says which time when the hold has ended.

It opens only for whom it was made: one browser, or one patient.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from django.core import signing

from needlework.diary.minutes import minute_of, moment_of
from needlework.diary.models import Hold, Resource

SALT = "needlework.diary.kept"


@dataclass(frozen=True)
class Kept:
    """A time that somebody chose, and the id of the hold that keeps it."""

    hold_id: UUID
    service_id: UUID
    begins: datetime
    practitioner_id: int | None
    """Who was asked for; None for anyone."""


def token_of(kept: Kept, *, whose: str) -> str:
    """Return what stands in the address."""
    values = [kept.hold_id.hex, kept.service_id.hex, minute_of(kept.begins), kept.practitioner_id]
    return signing.dumps(values, salt=f"{SALT}:{whose}", compress=True)


def keeping(hold: Hold, asked_for: Resource | None) -> Kept:
    """Return the time that a hold keeps, and who was asked for."""
    return Kept(hold.pk, hold.service_id, hold.begins, asked_for.pk if asked_for else None)


def read(token: str, *, whose: str) -> Kept | None:
    """Return what an address says; None where it was tampered with or made for somebody else."""
    try:
        hold_id, service_id, minute, practitioner_id = signing.loads(token, salt=f"{SALT}:{whose}")
    except signing.BadSignature:
        return None
    return Kept(UUID(hold_id), UUID(service_id), moment_of(minute), practitioner_id)


def instead(kept: Kept, begins: datetime) -> Kept:
    """Return another time in place of one that was taken; the same one again has the same id."""
    return replace(kept, hold_id=uuid5(kept.hold_id, str(minute_of(begins))), begins=begins)
