"""Who writes the diary waits for whoever writes it for the same people, rooms and devices.

The triggers take the same locks one by one; operations take all they may need at once and in order, so that no two of
them ever wait for each other. SQLite has one writer at a time and needs none.
"""

import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from needlework.accounts.models import Clinic
from needlework.diary.guards.postgresql import LOCK_SPACE
from needlework.diary.models import Resource, Service
from needlework.diary.people import Person
from needlework.web.statements import ran

KEY_SPACE = LOCK_SPACE + 1
_ALL_IT_MAY_OCCUPY = """
SELECT resource_id::int FROM diary_performer WHERE service_id = %(service)s
UNION
SELECT id::int FROM diary_resource WHERE clinic_id = %(clinic)s AND ended_at IS NULL
    AND (kind = 'room' AND type = %(room_type)s OR kind = 'device' AND type = %(device_type)s)
UNION
"""
_ALL_OF_A_CLINIC = """
SELECT one.resource_id::int FROM diary_performer AS one JOIN diary_service AS done ON done.id = one.service_id
WHERE done.clinic_id = %(clinic)s
UNION
SELECT id::int FROM diary_resource WHERE clinic_id = %(clinic)s
UNION
"""
_LOCK = """
SELECT pg_advisory_xact_lock(%(space)s, one) FROM ([also] SELECT unnest(%(numbers)s::int[]) ORDER BY 1) AS each(one)
"""


def take(
    service: Service,
    practitioner: Resource | None,
    *,
    person: Person | None = None,
    and_also: Iterable[int | None] = (),
) -> None:
    """Wait for, and then keep until the transaction ends, all that an appointment of a service may occupy."""
    own = (practitioner.pk,) if practitioner else ()
    wanted: dict[str, Any] = {
        "service": None if practitioner else service.pk,
        "clinic": service.clinic_id,
        "room_type": service.room_type,
        "device_type": service.device_type,
    }
    _take(LOCK_SPACE, {*own, *(person.resources if person else ()), *and_also}, _ALL_IT_MAY_OCCUPY, wanted)


def take_clinic(clinic: Clinic, *, and_also: Iterable[int | None] = ()) -> None:
    """Wait for, and then keep until the transaction ends, all that any appointment of a clinic may occupy."""
    _take(LOCK_SPACE, set(and_also), _ALL_OF_A_CLINIC, {"clinic": clinic.pk})


def take_resources(resources: Iterable[int | None]) -> None:
    """Wait for, and then keep until the transaction ends, these resources."""
    _take(LOCK_SPACE, set(resources))


def take_keys(*keys: str) -> None:
    """Wait for whoever holds slots with the same browser or address; taken before any resource."""
    _take(KEY_SPACE, {zlib.crc32(key.encode()) - 2**31 for key in keys if key})


def _take(space: int, numbers: set[int | None], also: str = "", wanted: Mapping[str, Any] | None = None) -> None:
    """Lock numbers, and those that a statement finds for what is wanted, in ascending order."""
    numbers = numbers - {None}
    if connection.vendor == "postgresql" and (numbers or also):
        values = {**(wanted or {}), "space": space, "numbers": list(numbers)}
        with ran(_LOCK.replace("[also]", also), values):
            pass
