"""What the database itself holds: nobody is in two places, whoever writes, on both engines.

What an appointment or a hold occupies is derived by triggers, so that no writer can forget it: inserting one takes its
time of practitioner, room, device and person; moving it carries the time along; cancelling it sets the time free.
"""

from needlework.audit.append_only import append_only
from needlework.diary.models import NEXT, State
from needlework.web import guards
from needlework.web.guards import Guard

TAKEN = "diary: this time is taken"
NEVER_TWICE = "diary_occupancy_never_twice"
LOCK_SPACE = 7364
"""The first key of the advisory locks of resources on PostgreSQL; the second is the resource."""

_OVERBOOKED = "diary: only a practitioner and a room are overbooked"
_NOBODYS = "diary: the person has no row among the resources yet"
_STAYS = "diary: a hold stays where it is"
_CANCELLED_STAYS = "diary: a cancelled appointment stays as it was"
_NOT_NEXT = "diary: this state does not follow that one"
_MAY_OVERLAP = "('practitioner', 'room')"
_WHERE = ("begins", "ends", "practitioner_id", "room_id", "device_id", "patient_id", "visitor_id")
_CARRIED = (*_WHERE, "overbooked", "state")


def register() -> None:
    """Have the database keep the diary's promises."""
    for guard in (_occupancy(), _appointment(), _hold(), append_only("diary_appointmentchange")):
        guards.register(guard)


def _overlapping(apart_from: str = "") -> str:
    """Return the rows that a new one would meet: a range of the index, for no row is longer than a day."""
    return (
        "SELECT 1 FROM diary_occupancy WHERE resource_id = NEW.resource_id AND begins < NEW.ends "
        f"AND begins > NEW.begins - 1440 AND ends > NEW.begins{apart_from}"
    )


def _wanted(*, with_visitor: bool) -> str:
    """Return the query for the resources that an appointment or hold occupies."""
    people = "SELECT id FROM diary_resource WHERE patient_id = NEW.patient_id"
    if with_visitor:
        people += " UNION SELECT id FROM diary_resource WHERE NEW.patient_id IS NULL AND visitor_id = NEW.visitor_id"
    return f"SELECT id FROM diary_resource WHERE id IN (NEW.practitioner_id, NEW.room_id, NEW.device_id) UNION {people}"


def _differs(columns: tuple[str, ...]) -> str:
    """Return the condition, on both engines, that an UPDATE changed one of these columns."""
    return " OR ".join(f"NEW.{one} <> OLD.{one} OR (NEW.{one} IS NULL) <> (OLD.{one} IS NULL)" for one in columns)


WANTED = _wanted(with_visitor=True)
_IS_NOBODYS = (
    "NOT EXISTS (SELECT 1 FROM diary_resource WHERE patient_id = NEW.patient_id "
    "OR NEW.patient_id IS NULL AND visitor_id = NEW.visitor_id)"
)
_EXCLUSIVE = f"NOT (NEW.overbooked AND kind IN {_MAY_OVERLAP})"
_TAKE = (
    "INSERT INTO diary_occupancy (resource_id, begins, ends, appointment_id, exclusive) "
    f"SELECT id, NEW.begins, NEW.ends + clean_down_minutes, NEW.id, {_EXCLUSIVE} "
    f"FROM diary_resource WHERE id IN ({WANTED})"
)
_TAKE_HOLD = (
    "INSERT INTO diary_occupancy (resource_id, begins, ends, hold_id, exclusive) "
    "SELECT id, NEW.begins, NEW.ends + clean_down_minutes, NEW.id, TRUE "
    f"FROM diary_resource WHERE id IN ({_wanted(with_visitor=False)}) ORDER BY diary_resource.id"
)
_FREE = "DELETE FROM diary_occupancy WHERE appointment_id = NEW.id"
_CARRY = (
    f"{_FREE} AND resource_id NOT IN ({WANTED})",
    # The clean-down with which it was booked stays.
    "UPDATE diary_occupancy SET begins = NEW.begins, ends = ends + (NEW.ends - OLD.ends), "
    f"exclusive = (SELECT {_EXCLUSIVE} FROM diary_resource WHERE id = resource_id) WHERE appointment_id = NEW.id",
    f"{_TAKE} AND id NOT IN (SELECT resource_id FROM diary_occupancy WHERE appointment_id = NEW.id) ORDER BY diary_resource.id",
)
_FOLLOWS = " OR ".join(
    f"OLD.state = '{before}' AND NEW.state IN ({', '.join(repr(str(after)) for after in sorted(NEXT[before]))})"
    for before in State
    if NEXT[before]
)
_LOCK = (
    f"PERFORM pg_advisory_xact_lock({LOCK_SPACE}, one.id::int) FROM "
    f"(SELECT id FROM diary_resource WHERE id IN ({WANTED}) ORDER BY id) AS one"
)


def _refusing(message: str, condition: str) -> str:
    return f"SELECT RAISE(ABORT, '{message}') WHERE {condition}"


def _raising(message: str, condition: str) -> str:
    return f"IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'exclusion_violation'; END IF"


def _trigger(name: str, when: str, *steps: str, condition: str = "") -> str:
    """Return a trigger of SQLite."""
    only = f" WHEN {condition}" if condition else ""
    return f"CREATE TRIGGER {name} {when}{only}\nBEGIN\n" + "".join(f"{step};\n" for step in steps) + "END;\n"


def _function(name: str, when: str, *steps: str, condition: str = "") -> str:
    """Return a trigger of PostgreSQL with its function."""
    only = f" WHEN ({condition})" if condition else ""
    body = "".join(f"{step};\n" for step in steps)
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n{body}RETURN NEW;\n"
        f"END $$;\nCREATE TRIGGER {name} {when} FOR EACH ROW{only} EXECUTE FUNCTION {name}();\n"
    )


def _occupancy() -> Guard:
    """Guard the time of each resource: nothing exclusive ever lies over anything."""
    wrong = (
        f"NOT NEW.exclusive AND EXISTS (SELECT 1 FROM diary_resource WHERE id = NEW.resource_id "
        f"AND kind NOT IN {_MAY_OVERLAP})"
    )
    columns = "resource_id, begins, ends, exclusive"
    others = f"NEW.exclusive AND EXISTS ({_overlapping(' AND id <> NEW.id')})"
    return Guard(
        name=NEVER_TWICE,
        table="diary_occupancy",
        sqlite=_trigger(
            f"{NEVER_TWICE}_insert",
            "BEFORE INSERT ON diary_occupancy",
            _refusing(_OVERBOOKED, wrong),
            _refusing(TAKEN, f"NEW.exclusive AND EXISTS ({_overlapping()})"),
        )
        + _trigger(
            f"{NEVER_TWICE}_update",
            f"BEFORE UPDATE OF {columns} ON diary_occupancy",
            _refusing(_OVERBOOKED, wrong),
            _refusing(TAKEN, others),
        ),
        postgresql=_function(
            NEVER_TWICE,
            f"BEFORE INSERT OR UPDATE OF {columns} ON diary_occupancy",
            f"PERFORM pg_advisory_xact_lock({LOCK_SPACE}, NEW.resource_id::int)",
            _raising(_OVERBOOKED, wrong),
            _raising(TAKEN, others),
        ),
        # The proof, should a trigger be fooled: a writer who reads from an old snapshot sees no newer row.
        constraint=(
            "EXCLUDE USING gist (int8range(resource_id, resource_id, '[]') WITH &&, int8range(begins, ends) WITH &&) "
            "WHERE (exclusive)"
        ),
    )


def _appointment() -> Guard:
    """Guard that an appointment occupies its time, carries it along and sets it free, and that states follow."""
    insert, update = "AFTER INSERT ON diary_appointment", f"AFTER UPDATE OF {', '.join(_CARRIED)} ON diary_appointment"
    before = f"BEFORE UPDATE OF {', '.join(_CARRIED)} ON diary_appointment"
    stays = f"OLD.state = 'cancelled' AND ({_differs(('begins', 'ends'))})"
    follows = f"NEW.state <> OLD.state AND NOT ({_FOLLOWS})"
    kept, lost = "NEW.state <> 'cancelled'", "NEW.state = 'cancelled'"
    moved = f"{kept} AND ({_differs((*_WHERE, 'overbooked'))})"
    take = f"{_TAKE} ORDER BY diary_resource.id"
    return Guard(
        name="diary_appointment_occupies",
        table="diary_appointment",
        sqlite=_trigger(
            "diary_appointment_follows",
            before,
            _refusing(_NOT_NEXT, follows),
            _refusing(_CANCELLED_STAYS, stays),
        )
        + _trigger("diary_appointment_takes", insert, _refusing(_NOBODYS, _IS_NOBODYS), take, condition=kept)
        + _trigger("diary_appointment_carries", update, *_CARRY, condition=moved)
        + _trigger("diary_appointment_frees", update, _FREE, condition=lost),
        postgresql=_function(
            "diary_appointment_follows",
            before,
            _raising(_NOT_NEXT, follows),
            _raising(_CANCELLED_STAYS, stays),
        )
        + _function("diary_appointment_takes", insert, _raising(_NOBODYS, _IS_NOBODYS), take, condition=kept)
        + _function("diary_appointment_carries", update, _LOCK, *_CARRY, condition=moved)
        + _function("diary_appointment_frees", update, _FREE, condition=lost),
    )


def _hold() -> Guard:
    """Guard that a hold occupies its time and stays where it is."""
    insert = "AFTER INSERT ON diary_hold"
    columns = tuple(one for one in _WHERE if one != "visitor_id")
    update = f"BEFORE UPDATE OF {', '.join(columns)} ON diary_hold"
    moved = _differs(columns)
    return Guard(
        name="diary_hold_occupies",
        table="diary_hold",
        sqlite=_trigger("diary_hold_takes", insert, _TAKE_HOLD)
        + _trigger("diary_hold_stays", update, _refusing(_STAYS, moved)),
        postgresql=_function("diary_hold_takes", insert, _TAKE_HOLD)
        + _function("diary_hold_stays", update, _raising(_STAYS, moved)),
    )
