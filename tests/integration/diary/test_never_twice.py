"""What the database itself refuses in the diary, one by one, whoever writes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from needlework.diary.models import NEXT, Appointment, AppointmentChange, Hold, Occupancy, Resource, State, Visitor
from needlework.web import guards
from tests.factories import diary, patients

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
TAKEN = "diary: this time is taken"


@pytest.fixture
def there(db):
    there = diary.clinic_with_diary()
    Resource.objects.create(kind="patient", patient=there.patient)
    return there


def somebody(there):
    patient = patients.patient(there.clinic, given_names="Kit")
    Resource.objects.create(kind="patient", patient=patient)
    return patient


def other(there):
    """Return a practitioner, room, device and patient of whom an appointment shares nothing with the first."""
    return {
        "practitioner": there.ben,
        "room": diary.resource_of(there.clinic, "Room 2"),
        "device": diary.resource_of(there.clinic, "Pen 2", sort="pen"),
        "patient": somebody(there),
    }


def appointment(there, begins=NINE, minutes=60, **columns):
    own = {"practitioner": there.amira, "room": there.room, "device": there.pen, "patient": there.patient} | columns
    return Appointment.objects.create(
        clinic=there.clinic,
        service=there.treatment,
        begins=begins,
        ends=begins + timedelta(minutes=minutes),
        link_hash=uuid4().hex,
        booked_at=diary.AT,
        booked_by_kind="system",
        **own,
    )


def hold(there, begins=NINE, **columns):
    own = {"practitioner": there.amira, "room": there.room, "device": there.pen} | columns
    return Hold.objects.create(
        clinic=there.clinic,
        service=there.treatment,
        begins=begins,
        ends=begins + HOUR,
        until=diary.AT,
        held_at=diary.AT,
        held_by_kind="system",
        **own,
    )


def busy(**of):
    """Return what is occupied: resource, from and until as clock times, and whether nothing else may be there."""
    rows = Occupancy.objects.filter(**of).order_by("resource")
    return {row.resource_id: (f"{row.begins:%H:%M}", f"{row.ends:%H:%M}", row.exclusive) for row in rows}


def refuses(message, act, error=IntegrityError):
    with pytest.raises(error, match=message), transaction.atomic():
        act()


def raw(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_an_appointment_occupies_all_it_needs_carries_it_along_and_sets_it_free(there):
    made = appointment(there)
    of = (there.amira.pk, there.room.pk, there.pen.pk, there.patient.resource.pk)
    assert busy(appointment=made) == dict.fromkeys(of, ("09:00", "10:00", True)) | {
        there.room.pk: ("09:00", "10:10", True)
    }
    Resource.objects.filter(pk=there.room.pk).update(clean_down_minutes=30)
    Appointment.objects.filter(pk=made.pk).update(begins=NINE + HOUR, ends=NINE + 2 * HOUR)
    assert busy(appointment=made)[there.room.pk] == ("10:00", "11:10", True)
    Appointment.objects.filter(pk=made.pk).update(practitioner=there.ben, room=None, overbooked=True)
    assert busy(appointment=made) == {
        there.ben.pk: ("10:00", "11:00", False),
        there.pen.pk: ("10:00", "11:00", True),
        there.patient.resource.pk: ("10:00", "11:00", True),
    }
    Appointment.objects.filter(pk=made.pk).update(state=State.CANCELLED)
    assert busy() == {}
    refuses("stays as it was", lambda: Appointment.objects.filter(pk=made.pk).update(begins=NINE))
    Appointment.objects.filter(pk=made.pk).update(patient=somebody(there))
    assert busy() == {}


def test_a_visitors_appointment_becomes_the_patients(there):
    visitor = Visitor.objects.create(clinic=there.clinic, person_key="1", details={}, recorded_at=diary.AT)
    refuses("no row among the resources", lambda: appointment(there, patient=None, visitor=visitor))
    stands_for = Resource.objects.create(kind="visitor", visitor=visitor)
    made = appointment(there, patient=None, visitor=visitor)
    assert stands_for.pk in busy(appointment=made)
    other = Visitor.objects.create(clinic=there.clinic, person_key="2", details={}, recorded_at=diary.AT)
    refuses("no row among the resources", lambda: Appointment.objects.update(visitor=other))
    Appointment.objects.update(patient=there.patient)
    assert {stands_for.pk, there.patient.resource.pk} & {*busy(appointment=made)} == {there.patient.resource.pk}


@pytest.mark.parametrize("shared", ["practitioner", "room", "device", "patient"])
@pytest.mark.parametrize(("minutes", "length"), [(0, 60), (-30, 60), (30, 60), (15, 15), (-60, 180)])
def test_nothing_overlaps_that_shares_a_practitioner_a_room_a_device_or_a_patient(there, shared, minutes, length):
    apart = other(there)
    appointment(there)
    begins = NINE + timedelta(minutes=minutes)
    together = apart | {
        shared: there.patient if shared == "patient" else Appointment.objects.get().__dict__[f"{shared}_id"]
    }
    refuses(TAKEN, lambda: appointment(there, begins, length, **named(together)))
    appointment(there, begins, length, **apart)


def named(columns):
    """Return columns by name, those given by id too."""
    return {f"{name}_id" if isinstance(value, int) else name: value for name, value in columns.items()}


def test_what_only_touches_is_no_overlap_and_cleaning_is_one(there):
    appointment(there)
    refuses(TAKEN, lambda: appointment(there, NINE + HOUR))
    appointment(there, NINE + HOUR, room=None)
    appointment(there, NINE - 2 * HOUR)


def test_a_hold_keeps_everybody_out_and_stays_where_it_is(there):
    made = hold(there, patient=there.patient)
    assert {*busy(hold=made)} == {there.amira.pk, there.room.pk, there.pen.pk, there.patient.resource.pk}
    refuses(TAKEN, lambda: appointment(there, NINE + HOUR / 2, room=None, device=None, patient=somebody(there)))
    refuses("a hold stays where it is", lambda: Hold.objects.update(begins=NINE + HOUR))
    Hold.objects.update(until=diary.AT + HOUR)
    made.delete()
    assert busy() == {}


def test_staff_overbook_a_practitioner_and_a_room_and_nothing_else(there):
    first = appointment(there)
    refuses(TAKEN, lambda: appointment(there, overbooked=True, device=None))
    refuses(TAKEN, lambda: appointment(there, overbooked=True, patient=somebody(there)))
    second = appointment(there, overbooked=True, device=None, patient=somebody(there))
    refuses(TAKEN, lambda: appointment(there, room=None, device=None, patient=somebody(there)))
    refuses(TAKEN, lambda: Appointment.objects.filter(pk=second.pk).update(overbooked=False))
    refuses(TAKEN, lambda: Appointment.objects.filter(pk=first.pk).update(ends=NINE + HOUR / 2))
    refuses(
        "only a practitioner and a room",
        lambda: Occupancy.objects.filter(appointment=first, resource=there.pen).update(exclusive=False),
    )
    refuses(
        "only a practitioner and a room",
        lambda: raw(
            "INSERT INTO diary_occupancy (resource_id, begins, ends, appointment_id, exclusive) "
            "SELECT resource_id, begins + 600, ends + 600, appointment_id, FALSE FROM diary_occupancy "
            "WHERE resource_id = %s",
            there.pen.pk,
        ),
    )


def test_a_raw_writer_is_refused_like_everybody(there):
    appointment(there)
    apart = appointment(there, NINE + 3 * HOUR)
    key = "id = %s" if connection.vendor == "postgresql" else "id = replace(%s, '-', '')"
    refuses(
        TAKEN,
        lambda: raw(
            f"UPDATE diary_appointment SET begins = begins - 150, ends = ends - 150 WHERE {key}", str(apart.pk)
        ),
    )
    refuses(TAKEN, lambda: raw("UPDATE diary_occupancy SET begins = begins - 1000 WHERE begins > 0"))
    refuses(
        TAKEN,
        lambda: raw(
            "INSERT INTO diary_occupancy (resource_id, begins, ends, appointment_id, exclusive) "
            "SELECT resource_id, begins + 30, ends, appointment_id, exclusive FROM diary_occupancy"
        ),
    )
    assert len(busy(appointment=apart)) == 4


@pytest.mark.parametrize("before", State)
def test_only_the_states_that_may_follow_do(there, before):
    path = {State.BOOKED: [], State.ATTENDED: [State.ATTENDED], State.NO_SHOW: [State.NO_SHOW]}
    made = appointment(there)
    for state in path.get(before, [before]):
        Appointment.objects.update(state=state)
    for after in State:
        if after in NEXT[before] or after == before:
            with transaction.atomic():
                Appointment.objects.update(state=after)
                transaction.set_rollback(True)
        else:
            refuses("does not follow", lambda after=after: Appointment.objects.update(state=after))
    made.refresh_from_db()
    assert made.state == before


def test_the_history_of_an_appointment_is_never_changed(there):
    made = appointment(there)
    AppointmentChange.objects.create(
        appointment=made,
        kind="booked",
        from_begins=NINE,
        to_begins=NINE,
        recorded_at=diary.AT,
        recorded_by_kind="system",
    )
    refuses("append-only", lambda: AppointmentChange.objects.update(kind="moved"), DatabaseError)
    refuses("append-only", AppointmentChange.objects.all().delete, DatabaseError)


def test_a_guard_that_asks_for_less_is_found_out(there):
    guard = guards._registered["diary_occupancy_never_twice"]
    sql = guard.sql(connection.vendor).replace("begins < NEW.ends", "begins < NEW.begins")
    guards._drop(connection, guard)
    guards._create(connection, replace(guard, sqlite=sql, postgresql=sql))
    assert guards.missing(connection) == [guard.name]
    guards.remake(connection)
    assert guards.missing(connection) == []


def test_on_postgresql_a_constraint_stands_behind_the_triggers(there):
    if connection.vendor != "postgresql":
        assert connection.vendor == "sqlite", "SQLite has one writer at a time"
        return
    raw("ALTER TABLE diary_occupancy DROP CONSTRAINT diary_occupancy_never_twice")
    assert guards.missing(connection) == ["diary_occupancy_never_twice"]
    guards.remake(connection)
    assert guards.missing(connection) == []
    appointment(there)
    raw("DROP TRIGGER diary_occupancy_never_twice ON diary_occupancy")
    refuses("diary_occupancy_never_twice", lambda: appointment(there, patient=somebody(there)))


def test_a_migration_that_rebuilds_the_table_keeps_the_diary_guarded(real_home):
    there = diary.clinic_with_diary()
    Resource.objects.create(kind="patient", patient=there.patient)
    appointment(there)
    wider = models.BigIntegerField(null=True)
    wider.set_attributes_from_name("ends")
    wider.model = Occupancy
    guards.drop(connection)
    with connection.schema_editor() as editor:
        editor.alter_field(Occupancy, Occupancy._meta.get_field("ends"), wider)
    call_command("migrate", verbosity=0)
    assert guards.missing(connection) == []
    refuses(TAKEN, lambda: appointment(there))
