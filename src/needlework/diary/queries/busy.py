"""Whether a time is certainly taken: the one question that is asked of whoever waited, before all others.

It answers most who come too late, in one statement. Whether a time can be booked, `availability` alone says.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from needlework.diary.minutes import MINUTE, minute_of
from needlework.diary.models import Resource, Service
from needlework.diary.people import Person
from needlework.diary.queries.statements import key, read

WANTED = """
SELECT one.kind, EXISTS (
    SELECT 1 FROM diary_occupancy AS busy LEFT JOIN diary_hold AS held ON held.id = busy.hold_id
    WHERE busy.resource_id = one.id
    AND busy.begins < %(ends)s AND busy.begins > %(begins)s - 1440 AND busy.ends > %(begins)s
    AND (busy.appointment_id <> %(own)s OR held.id <> %(own)s AND held.until > %(at)s
        AND (held.browser_key = '' OR held.browser_key <> %(browser)s))
)
FROM (
    SELECT id, kind FROM diary_resource WHERE id = %(practitioner)s
    UNION ALL
    SELECT resource_id, 'practitioner' FROM diary_performer WHERE service_id = %(service)s
    UNION ALL
    SELECT id, kind FROM diary_resource WHERE clinic_id = %(clinic)s AND ended_at IS NULL
        AND (kind = 'room' AND type = %(room_type)s OR kind = 'device' AND type = %(device_type)s)
) AS one
UNION ALL
SELECT '', EXISTS (SELECT 1 FROM diary_appointment WHERE id = %(own)s)
    OR EXISTS (SELECT 1 FROM diary_hold WHERE id = %(own)s)
"""

OVER = """
SELECT busy.hold_id, held.until <= %(at)s, busy.begins < %(ends)s AND busy.resource_id IN people
FROM diary_occupancy AS busy LEFT JOIN diary_hold AS held ON held.id = busy.hold_id
WHERE busy.resource_id IN ids
AND busy.begins < %(ends)s + 1440 AND busy.begins > %(begins)s - 1440 AND busy.ends > %(begins)s
AND (busy.appointment_id <> %(own)s OR held.id <> %(own)s)
"""


def asked(
    service: Service,
    practitioner: Resource | None,
    begins: datetime,
    length: timedelta,
    *,
    own: UUID,
    browser_key: str = "",
    at: datetime,
) -> tuple[bool, bool]:
    """Return whether the appointment or hold `own` stands, and whether a time still to come is certainly taken.

    It is where every practitioner, every room or every device is busy. What `own` has is not counted, nor what a
    browser holds.
    """
    minute = begins.replace(second=0, microsecond=0)
    values = {
        **_span(minute, minute_of(minute) + length // MINUTE, own, at),
        "browser": browser_key,
        "practitioner": practitioner.pk if practitioner else None,
        "service": None if practitioner else key(service.pk),
        "clinic": key(service.clinic_id),
        "room_type": service.room_type,
        "device_type": service.device_type,
    }
    busy = defaultdict[str, list[bool]](list)
    for kind, is_busy in read(WANTED, values):
        busy[kind].append(is_busy)
    (stands,) = busy.pop("")
    return bool(stands), at < begins == minute and any(all(each) for each in busy.values())


def ended_over(
    begins: datetime, ends: datetime, places: set[int], person: Person | None, *, own: UUID, at: datetime
) -> tuple[set[UUID], bool]:
    """Return the holds that have ended and still stand in the way, and whether a person is somewhere else.

    In the way of cleaning too, which is less than a day. What the appointment or hold `own` has is not counted.
    """
    people = person.resources if person else ()
    found = read(OVER, _span(begins, minute_of(ends), own, at), ids=[*places, *people], people=people)
    return {hold for hold, ended, _ in found if ended}, any(theirs and not ended for _, ended, theirs in found)


def _span(begins: datetime, ends: int, own: UUID, at: datetime) -> dict[str, object]:
    moment = connection.ops.adapt_datetimefield_value(at)
    return {"begins": minute_of(begins), "ends": ends, "own": key(own), "at": moment}
