"""Whether a time is certainly taken: the one question that is asked before anybody waits, and again after waiting.

It answers most who come too late, in one statement. Whether a time can be booked, `availability` alone says.
"""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from needlework.diary.models import Occupancy, Resource, ResourceKind, Service
from needlework.diary.problems import TakenError

DAY = timedelta(days=1)


def met(begins: datetime, ends: datetime, *, at: datetime) -> Q:
    """Return the condition of occupancies that lie over a span, but for holds that have ended."""
    return Q(begins__lt=ends, begins__gt=begins - DAY, ends__gt=begins) & ~Q(hold__until__lte=at)


def refuse_taken(
    service: Service, practitioner: Resource | None, begins: datetime, ends: datetime, *, freed: Q, at: datetime
) -> None:
    """Raise TakenError where every practitioner, every room or every device is busy, `freed` not counted."""
    if begins <= at or begins.second or begins.microsecond:
        return
    doing = Q(services=service) if practitioner is None else Q(pk=practitioner.pk)
    room = Q(clinic=service.clinic_id, kind=ResourceKind.ROOM, type=service.room_type, ended_at=None)
    device = Q(clinic=service.clinic_id, kind=ResourceKind.DEVICE, type=service.device_type, ended_at=None)
    over = Occupancy.objects.filter(met(begins, ends, at=at), resource=OuterRef("pk")).exclude(freed)
    wanted = Resource.objects.filter(doing | room | device).values_list("kind", Exists(over))
    busy = defaultdict[str, list[bool]](list)
    for kind, is_busy in wanted:
        busy[kind].append(is_busy)
    if any(all(each) for each in busy.values()):
        raise TakenError
