"""Who writes the diary waits for whoever writes it for the same people, rooms and devices.

The triggers take the same locks one by one; operations take all they may need at once and in order, so that no two of
them ever wait for each other. SQLite has one writer at a time and needs none.
"""

import zlib
from collections.abc import Iterable

from django.db import connection
from django.db.models import Q

from needlework.diary.guards import LOCK_SPACE
from needlework.diary.models import Resource, ResourceKind, Service

KEY_SPACE = LOCK_SPACE + 1
_RESOURCES = f"SELECT pg_advisory_xact_lock({LOCK_SPACE}, one::int) FROM (SELECT unnest(%s) AS one ORDER BY 1) AS each"


def take(service: Service, practitioner: Resource | None, *, and_also: Iterable[int | None] = ()) -> None:
    """Wait for, and then keep until the transaction ends, all that an appointment of a service may occupy."""
    if connection.vendor != "postgresql":
        return
    doing = Q(services=service) if practitioner is None else Q(pk=practitioner.pk)
    room = Q(kind=ResourceKind.ROOM, type=service.room_type)
    device = Q(kind=ResourceKind.DEVICE, type=service.device_type)
    wanted = Resource.objects.filter(doing | Q(clinic=service.clinic_id, ended_at=None) & (room | device))
    ids = {*wanted.values_list("pk", flat=True), *and_also} - {None}
    with connection.cursor() as cursor:
        cursor.execute(_RESOURCES, [sorted(ids)])


def take_keys(*keys: str) -> None:
    """Wait for whoever holds slots with the same browser or address; taken before any resource."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for number in sorted({zlib.crc32(key.encode()) - 2**31 for key in keys if key}):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [KEY_SPACE, number])
