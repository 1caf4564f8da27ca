"""A clinic of twenty practitioners with a realistic year ahead, and as many past appointments as one likes."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

PRACTITIONERS, PATIENTS, A_DAY, AHEAD_DAYS = 20, 2000, 12, 280
PATIENT = UUID(int=1999)
"""Somebody with a long past, and a time ahead."""
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
BUSY = ((14, 85), (91, 60), (AHEAD_DAYS, 20))
"""Until how many days ahead how many in a hundred times are taken."""
PAST = {
    "sqlite": (
        "WITH RECURSIVE series(n) AS (SELECT %(since)s UNION ALL SELECT n + 1 FROM series WHERE n + 1 < %(until)s) ",
        "series",
        "printf('%%032x', {})",
        "printf('%%064x', {})",
    ),
    "postgresql": (
        "",
        "generate_series(%(since)s::bigint, %(until)s::bigint - 1) AS series(n)",
        "lpad(to_hex({}), 32, '0')::uuid",
        "lpad(to_hex({}), 64, '0')",
    ),
}

OCCUPY = """
INSERT INTO diary_occupancy (resource_id, begins, ends, appointment_id, exclusive)
SELECT one.id, past.begins, past.ends + one.clean_down_minutes, past.id, TRUE
FROM diary_appointment AS past JOIN diary_resource AS one ON [who]
WHERE past.id >= %(since)s AND past.id < %(until)s
"""


def build() -> None:
    """Fill an empty database: the clinic, its people and rooms, and what is booked ahead."""
    from django.core.management import call_command

    from needlework.diary.models import Appointment, Resource, ResourceKind
    from needlework.patients.models import Patient
    from tests.factories import accounts, diary

    call_command("migrate", verbosity=0)
    clinic = accounts.clinic()
    names, hours = [f"{n:02}" for n in range(PRACTITIONERS)], {"opens": time(8), "closes": time(18)}
    staff = [diary.practitioner(f"Practitioner {name}", at=clinic, **hours) for name in names]
    rooms = [diary.resource_of(clinic, f"Room {name}", clean_down_minutes=10) for name in names]
    diary.service(clinic, "Treatment", staff, minutes=60, room_type="treatment room")
    diary.service(clinic, "Talk", staff, minutes=30)
    half = diary.service(clinic, "Half an hour", staff, minutes=30, room_type="treatment room")
    own = {
        "clinic": clinic,
        "date_of_birth": date(1980, 1, 1),
        "recorded_at": AT,
        "recorded_by": accounts.user("Rowan Hale"),
    }
    people = [Patient(id=UUID(int=n), family_name=f"Patient {n}", **own) for n in range(PATIENTS)]
    Patient.objects.bulk_create(people)
    Resource.objects.bulk_create([Resource(kind=ResourceKind.PATIENT, patient=one) for one in people])
    Appointment.objects.bulk_create(ahead(half, staff, rooms), batch_size=500)


def ahead(service: Any, staff: list[Any], rooms: list[Any]) -> list[Any]:
    """Return what is booked ahead: fuller in the next weeks than later."""
    from needlework.diary.models import Appointment

    found = []
    for number in range(AHEAD_DAYS * A_DAY * PRACTITIONERS):
        slot, who = divmod(number, PRACTITIONERS)
        day = slot // A_DAY
        share = next(taken for until, taken in BUSY if day < until)
        if (MONDAY + timedelta(day)).weekday() > 4 or number * 7919 % 100 >= share:
            continue
        begins = datetime.combine(MONDAY, time(8), UTC) + timedelta(days=day, minutes=slot % A_DAY * 45)
        person = UUID(int=who * 100 + slot % 100)
        found.append(
            Appointment(
                id=UUID(int=10**9 + number),
                clinic_id=service.clinic_id,
                service=service,
                practitioner=staff[who],
                room=rooms[who],
                patient_id=person,
                begins=begins,
                ends=begins + timedelta(minutes=30),
                link_hash=f"ahead {number}",
                booked_at=AT,
                booked_by_kind="system",
            )
        )
    return found


def add_past(since: int, until: int) -> None:
    """Add past appointments, the newest first, so that there are `until` where there were `since`.

    They are known to be apart, so the guards, which would look at each, are taken away before.
    """
    from django.db import connection

    from needlework.diary.guards import NEVER_TWICE
    from needlework.diary.minutes import minute_of
    from needlework.diary.models import Appointment, Resource
    from needlework.web import guards

    head, series, hexadecimal, hashed = PAST[connection.vendor]
    midnight = minute_of(datetime.combine(MONDAY - timedelta(1), time(), UTC))
    kinds = ("practitioner", "room")
    first = {kind: Resource.objects.filter(kind=kind).order_by("id").values_list("id", flat=True)[0] for kind in kinds}
    slot = f"(n / {PRACTITIONERS})"
    begins = f"{midnight} - ({slot} / {A_DAY}) * 1440 - 1440 + 480 + ({slot} %% {A_DAY}) * 45"
    like = Appointment.objects.order_by("link_hash")[0]
    changed = {
        "id": hexadecimal.format("n"),
        "practitioner_id": f"{first['practitioner']} + n %% {PRACTITIONERS}",
        "room_id": f"{first['room']} + n %% {PRACTITIONERS}",
        "patient_id": hexadecimal.format(f"(n %% {PRACTITIONERS}) * 100 + {slot} %% 100"),
        "begins": begins,
        "ends": f"{begins} + 30",
        "state": "'attended'",
        "link_hash": hashed.format("n"),
    }
    columns = [field.column for field in Appointment._meta.concrete_fields]
    chosen = ", ".join(changed.get(column, f"diary_appointment.{column}") for column in columns)
    insert = (
        f"INSERT INTO diary_appointment ({', '.join(columns)}) {head} SELECT {chosen} "
        f"FROM {series}, diary_appointment WHERE diary_appointment.link_hash = %(like)s"
    )
    guards.drop(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
            cursor.execute(f"ALTER TABLE diary_occupancy DROP CONSTRAINT IF EXISTS {NEVER_TWICE}")
        cursor.execute(insert, {"since": since, "until": until, "like": like.link_hash})
        added = {"since": str(UUID(int=since)), "until": str(UUID(int=until))}
        if connection.vendor == "sqlite":
            added = {name: value.replace("-", "") for name, value in added.items()}
        for who in ("one.id = past.practitioner_id", "one.id = past.room_id", "one.patient_id = past.patient_id"):
            cursor.execute(OCCUPY.replace("[who]", who), added)
