"""Guards that live in triggers: a migration that rebuilds a table loses them, ours come back, and a loss is noticed."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from needlework.audit.models import Event
from needlework.audit.record import SYSTEM, record
from needlework.config import ready
from needlework.web import guards
from needlework.web.guards import Guard
from tests.factories import accounts
from tests.writing import WRITTEN_AT

GUARD = "audit_event_append_only"


@pytest.fixture
def event(real_home):
    """An event that is really committed."""
    with transaction.atomic():
        record("clinic-added", accounts.organisation(), by=SYSTEM, at=WRITTEN_AT)
    return Event.objects.get()


def refused(event):
    """Say whether the database refuses to change an event."""
    try:
        Event.objects.filter(pk=event.pk).update(verb="clinic-removed")
    except DatabaseError:
        return True
    return False


def rebuild_table():
    """Do what a migration does for a longer column: on SQLite Django copies the table and drops the old one."""
    longer = models.CharField(max_length=61)
    longer.set_attributes_from_name("verb")
    longer.model = Event
    with connection.schema_editor() as editor:
        editor.alter_field(Event, Event._meta.get_field("verb"), longer)


def drop_trigger(name):
    on = " ON audit_event" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")


def a_trigger():
    vendor = connection.vendor
    return guards._registered[GUARD].triggers(vendor)[0]


def test_a_migrated_database_has_every_guard(real_home):
    assert GUARD in guards._registered
    assert guards.missing(connection) == []


def test_a_migration_that_rebuilds_the_table_loses_the_guard_on_sqlite_and_the_next_migrate_makes_it_again(event):
    assert refused(event)
    rebuild_table()
    lost = connection.vendor == "sqlite"
    assert (GUARD in guards.missing(connection)) is lost
    assert refused(event) is not lost
    call_command("migrate", verbosity=0)
    assert guards.missing(connection) == []
    assert refused(event)


def test_a_guard_that_was_taken_away_is_noticed_and_made_again(event):
    drop_trigger(a_trigger())
    assert guards.missing(connection) == [GUARD]
    assert [check.wrong for check in ready.checks() if check.name == "guards"] == [f"The guard {GUARD} is missing."]
    guards.remake(connection)
    assert guards.missing(connection) == []
    assert refused(event)


def test_a_guard_of_another_form_counts_as_missing(event):
    name = a_trigger()
    drop_trigger(name)
    harmless = {
        "sqlite": f"CREATE TRIGGER {name} BEFORE UPDATE ON audit_event BEGIN SELECT 1; END",
        "postgresql": f"CREATE TRIGGER {name} BEFORE UPDATE ON audit_event FOR EACH ROW "
        "EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    }
    with connection.cursor() as cursor:
        cursor.execute(harmless[connection.vendor])
    assert guards.missing(connection) == [GUARD]
    guards.remake(connection)
    assert guards.missing(connection) == []


def test_remaking_changes_nothing_where_all_stand(event):
    guards.remake(connection)
    guards.remake(connection)
    assert guards.missing(connection) == []
    assert refused(event)


def test_without_guards_everything_can_be_changed(event):
    guards.drop(connection)
    assert GUARD in guards.missing(connection)
    assert not refused(event)


def test_a_guard_on_a_table_that_is_not_there_yet_waits_for_its_migration(real_home, monkeypatch):
    early = Guard(
        "early", "no_such_table", "CREATE TRIGGER early BEFORE DELETE ON no_such_table BEGIN SELECT 1; END;", ""
    )
    monkeypatch.setattr(guards, "_registered", {**guards._registered, "early": early})
    guards.remake(connection)
    assert (guards.missing(connection) == ["early"]) is (connection.vendor == "sqlite")


def test_a_name_stands_for_one_guard(monkeypatch):
    monkeypatch.setattr(guards, "_registered", {})
    guard = Guard("once", "lot", "CREATE TRIGGER once BEFORE DELETE ON lot BEGIN SELECT 1; END;", "")
    guards.register(guard)
    guards.register(guard)
    with pytest.raises(ValueError, match="Two different guards are called 'once'"):
        guards.register(Guard("once", "cartridge", guard.sqlite, ""))


def test_a_script_may_hold_several_triggers_with_semicolons_of_their_own():
    one = "CREATE TRIGGER one BEFORE UPDATE ON lot BEGIN SELECT 1; SELECT 2; END;"
    two = "CREATE TRIGGER two BEFORE DELETE ON lot BEGIN SELECT RAISE(ABORT, 'no; never'); END;"
    assert list(guards._statements(f"{one}\n\n{two}\n")) == [one, two]
    assert Guard("both", "lot", one + two, "").triggers("sqlite") == ["one", "two"]
