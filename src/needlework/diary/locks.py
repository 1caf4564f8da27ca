"""Who writes the diary waits for whoever writes it for the same people, rooms and devices.

The triggers take the same locks one by one; operations take all they may need at once and in order, so that no two of
them ever wait for each other. SQLite has one writer at a time and needs none.
"""

import zlib
from collections.abc import Iterable

from django.db import connection
from django.db.models import Q

from needlework.diary.guards.postgresql import LOCK_SPACE
from needlework.diary.models import Resource, ResourceKind, Service
from needlework.diary.people import Person

KEY_SPACE = LOCK_SPACE + 1
_LOCK = "SELECT pg_advisory_xact_lock(%s, one) FROM (SELECT unnest(%s::int[]) AS one ORDER BY 1) AS each"


def take(
    service: Service,
    practitioner: Resource | None,
    *,
    person: Person | None = None,
    and_also: Iterable[int | None] = (),
) -> bool:
    """Wait for, and then keep until the transaction ends, all that an appointment of a service may occupy.

    Return whether something can have happened meanwhile.
    """
    if connection.vendor != "postgresql":
        return False
    wanted = Q(services=service) if practitioner is None else Q(pk=practitioner.pk)
    for kind, sort in ((ResourceKind.ROOM, service.room_type), (ResourceKind.DEVICE, service.device_type)):
        wanted |= Q(clinic=service.clinic_id, kind=kind, type=sort, ended_at=None)
    if person:
        wanted |= person.stands_for
    take_resources([*Resource.objects.filter(wanted).values_list("pk", flat=True), *and_also])
    return True


def take_resources(resources: Iterable[int | None]) -> None:
    """Wait for, and then keep until the transaction ends, these resources."""
    _take(LOCK_SPACE, {one for one in resources if one is not None})


def take_keys(*keys: str) -> None:
    """Wait for whoever holds slots with the same browser or address; taken before any resource."""
    _take(KEY_SPACE, {zlib.crc32(key.encode()) - 2**31 for key in keys if key})


def _take(space: int, numbers: set[int]) -> None:
    if connection.vendor == "postgresql" and numbers:
        with connection.cursor() as cursor:
            cursor.execute(_LOCK, [space, sorted(numbers)])
