"""The five statements from which availability is worked out, in plain SQL: building them took longer than running them.

Each reads an index from a bound on, never what lies before it, so that it takes as long after ten years as on the first
day. Where a statement says `IN ids`, the numbers of resources are put in. Both engines read the same text.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection

from needlework.web.statements import ran

PLACE = """
SELECT clinic.nation, rules.time_zone, rules.grid_minutes, rules.notice_hours, rules.horizon_days,
    rules.open_on_bank_holidays
FROM accounts_clinic AS clinic LEFT JOIN diary_diaryrules AS rules ON rules.clinic_id = clinic.id
WHERE clinic.id = %(clinic)s
"""

THINGS = """
WITH own AS (SELECT id FROM patients_patient WHERE id = %(patient)s OR merged_into_id = %(patient)s)
SELECT one.id, one.kind, one.type, one.clean_down_minutes, person.name
FROM diary_performer AS does
JOIN diary_resource AS one ON one.id = does.resource_id
JOIN accounts_user AS person ON person.id = one.user_id
WHERE does.service_id = %(service)s AND one.ended_at IS NULL AND person.ended_at IS NULL
UNION ALL
SELECT id, kind, type, clean_down_minutes, name FROM diary_resource
WHERE clinic_id = %(clinic)s AND kind IN ('room', 'device') AND ended_at IS NULL
    AND (kind = 'room' AND type = %(room_type)s OR kind = 'device' AND type = %(device_type)s)
UNION ALL
SELECT id, 'person', '', 0, '' FROM diary_resource WHERE patient_id IN (SELECT id FROM own)
UNION ALL
SELECT id, 'person', '', 0, '' FROM diary_resource WHERE visitor_id = %(visitor)s
UNION ALL
SELECT one.id, 'person', '', 0, '' FROM diary_visitor AS before
JOIN diary_resource AS one ON one.visitor_id = before.id
WHERE before.patient_id IN (SELECT id FROM own)
UNION ALL
SELECT 0, 'blocked', '', 0, CAST(until_day AS text) FROM diary_onlineblock
WHERE patient_id IN (SELECT id FROM own) AND ended_at IS NULL AND (until_day IS NULL OR until_day >= %(yesterday)s)
"""

BEFORE = """
UNION ALL
SELECT 0, 'attended', '', 0, ''
WHERE EXISTS (SELECT 1 FROM diary_appointment WHERE patient_id IN (SELECT id FROM own) AND state = 'attended')
UNION ALL
SELECT 0, 'consulted', '', 0, ''
WHERE EXISTS (
    SELECT 1 FROM diary_appointment AS past JOIN diary_service AS did ON did.id = past.service_id
    WHERE past.patient_id IN (SELECT id FROM own) AND past.state = 'attended' AND did.is_consultation
)
"""

TIMES = """
SELECT 'week', resource_id, weekday, opens, closes, break_starts, break_ends, from_day, until_day, ''
FROM diary_workinghours
WHERE resource_id IN ids AND clinic_id = %(clinic)s AND withdrawn_at IS NULL
    AND from_day <= %(last)s AND (until_day IS NULL OR until_day >= %(first)s)
UNION ALL
SELECT 'changed', resource_id, 0, opens, closes, NULL, NULL, day, day, reason FROM diary_changedday
WHERE resource_id IN ids AND clinic_id = %(clinic)s AND withdrawn_at IS NULL AND day BETWEEN %(first)s AND %(last)s
UNION ALL
SELECT CASE WHEN is_open THEN 'open' ELSE 'closed' END, 0, 0, NULL, NULL, NULL, NULL, first_day, last_day, reason
FROM diary_closure
WHERE clinic_id = %(clinic)s AND withdrawn_at IS NULL AND last_day >= %(first)s AND first_day <= %(last)s
"""

TAKEN = """
SELECT resource_id, begins, ends FROM diary_occupancy
WHERE resource_id IN ids AND begins > %(day_before)s AND begins < %(until)s AND ends > %(since)s
"""

AWAY = """
SELECT 'away', resource_id, begins, ends FROM diary_absence
WHERE resource_id IN ids AND withdrawn_at IS NULL AND ends > %(since)s AND begins < %(until)s
UNION ALL
SELECT 'freed', busy.resource_id, busy.begins, busy.ends
FROM diary_hold AS over CROSS JOIN diary_occupancy AS busy
WHERE busy.hold_id = over.id AND (over.until <= %(at)s OR over.id = %(hold)s)
"""

FREED = """
UNION ALL
SELECT 'freed', resource_id, begins, ends FROM diary_occupancy WHERE appointment_id IN moved
"""


def read(statement: str, values: dict[str, Any], **lists: Iterable[int | UUID]) -> list[tuple[Any, ...]]:
    """Return the rows of a statement; a list takes the place of `IN` and its name."""
    for name, members in lists.items():
        if connection.vendor == "postgresql":
            statement, values = statement.replace(f"IN {name}", f"= ANY(%({name})s)"), values | {name: list(members)}
        else:
            literals = (f"'{one.hex}'" if isinstance(one, UUID) else str(one) for one in members)
            statement = statement.replace(f"IN {name}", f"IN ({', '.join(literals)})")
    with ran(statement, values) as cursor:
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def key(of: UUID | None) -> UUID | str | None:
    """Return a primary key as the database holds it."""
    return of if of is None or connection.features.has_native_uuid_field else of.hex
