"""What stands between a patient and a time, from all who know of something: the rooms above the diary register here."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from needlework.diary.models import OnlineBlock, Service
from needlework.diary.slots.limits import Block, Window
from needlework.evidence.days import in_words
from needlework.patients.models import Patient
from needlework.patients.queries.people import same_person

Provider = Callable[[Patient, Service, datetime], Iterable[Block | Window]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Ask one more for the limits of a patient, a service and a moment."""
    if provider not in _providers:
        _providers.append(provider)


def limits_for(patient: Patient, service: Service, at: datetime) -> tuple[Block, ...]:
    """Return every limit that holds for a patient, as blocks: those from above, and those that staff put."""
    put = in_force(patient, at).values_list("until_day", flat=True)
    return from_above(patient, service, at) + tuple(put_by_staff(until) for until in put)


def from_above(patient: Patient, service: Service, at: datetime) -> tuple[Block, ...]:
    """Return the limits that the rooms above know of, as blocks."""
    found: list[Block] = []
    for provider in _providers:
        for limit in provider(patient, service, at):
            found.extend([limit] if isinstance(limit, Block) else limit.blocks())
    return tuple(found)


def in_force(patient: Patient, at: datetime) -> QuerySet[OnlineBlock]:
    """Return the blocks that staff put and that have not ended, wherever in the world it is still their last day."""
    yesterday = at.date() - timedelta(1)
    own = OnlineBlock.objects.filter(patient__in=same_person(patient), ended_at=None)
    return own.filter(Q(until_day=None) | Q(until_day__gte=yesterday))


def put_by_staff(until: date | None) -> Block:
    """Return the block of somebody whom staff keep from booking online: why is theirs to know."""
    when = f" until {in_words(until)}" if until else ""
    return Block(date.min, until, f"You cannot book online{when}. Call the clinic.", online_only=True)
