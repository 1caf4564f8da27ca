"""What stands between a patient and a time, from all who know of something: the rooms above the diary register here."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.db.models import Q

from needlework.diary.models import BookingBlock, Service
from needlework.diary.queries.rules import zone_of
from needlework.diary.slots.limits import Block, Window
from needlework.evidence.days import in_words
from needlework.patients.models import Patient

Provider = Callable[[Patient, Service, datetime], Iterable[Block | Window]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Ask one more for the limits of a patient, a service and a moment."""
    if provider not in _providers:
        _providers.append(provider)


def limits_for(patient: Patient, service: Service, at: datetime) -> tuple[Block, ...]:
    """Return every limit that holds for a patient, as blocks: those from above, and those that staff put."""
    found = list(_put_by_staff(patient, service, at))
    for provider in _providers:
        for limit in provider(patient, service, at):
            found.extend([limit] if isinstance(limit, Block) else limit.blocks())
    return tuple(found)


def _put_by_staff(patient: Patient, service: Service, at: datetime) -> Iterable[Block]:
    """Return the blocks that staff put: why is theirs to know, so the sentence says only until when."""
    today = at.astimezone(zone_of(service.clinic)).date()
    put = BookingBlock.objects.filter(Q(until_day=None) | Q(until_day__gte=today), patient=patient, ended_at=None)
    for until in put.values_list("until_day", flat=True):
        when = f" until {in_words(until)}" if until else ""
        yield Block(date.min, until, f"You cannot book online{when}. Call the clinic.", online_only=True)
