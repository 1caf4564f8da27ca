"""The waiting list at work: whatever comes free is offered to those who wait, and passed on when an offer ends."""

from datetime import datetime
from typing import Any

from needlework.accounts.models import Clinic
from needlework.diary import following, operations
from needlework.diary.following import Freed
from needlework.diary.minutes import minute_of, moment_of
from needlework.diary.models import Appointment, WaitingOffer
from needlework.diary.operations.offering import PASS_ON
from needlework.work import kinds
from needlework.work import operations as work
from needlework.work.kinds import Task

OFFER_FREED = "offer-freed"


def register() -> None:
    """Follow what comes free, and make the work known that offers it."""
    following.follow(following.FREED, enqueue_offering)
    for event in (following.CANCELLED, following.ATTENDED, following.NO_SHOW):
        following.follow(event, forget_wishes)
    kinds.register(OFFER_FREED, offer_freed)
    kinds.register(PASS_ON, pass_on)


def enqueue_offering(thing: Freed, *, at: datetime, **_: Any) -> None:
    """Have the worker offer a freed slot; a slot freed twice at one moment is one piece of work."""
    begins, ends = str(minute_of(thing.begins)), str(minute_of(thing.ends))
    key = f"{OFFER_FREED}:{thing.clinic_id}:{thing.practitioner_id}:{begins}:{ends}:{at.isoformat()}"
    subject = {"clinic": str(thing.clinic_id), "begins": begins, "ends": ends}
    work.enqueue(OFFER_FREED, key=key, due_at=at, subject=subject)


def forget_wishes(thing: Appointment, *, at: datetime, **_: Any) -> None:
    """End the wishes for an earlier time than that of an appointment that no longer stands."""
    operations.forget_wishes_for(appointment=thing, at=at)


def offer_freed(task: Task) -> None:
    """Offer a freed slot to those who wait."""
    clinic = Clinic.objects.get(pk=task.subject["clinic"])
    begins, ends = (moment_of(int(task.subject[name])) for name in ("begins", "ends"))
    operations.offer_freed(clinic=clinic, begins=begins, ends=ends, at=task.clock())


def pass_on(task: Task) -> None:
    """Offer a slot to the next, once the offer before it has ended."""
    operations.pass_on_offer(offer=WaitingOffer.objects.get(pk=task.subject["offer"]), at=task.clock())
