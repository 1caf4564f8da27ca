"""Triggers that keep events and seals as they were written, on both engines."""

from needlework.web.guards import Guard


def append_only(table: str) -> Guard:
    """Return the guard that refuses every UPDATE and DELETE on a table."""
    return Guard(name=f"{table}_append_only", table=table, sqlite=_sqlite(table), postgresql=_postgresql(table))


def _sqlite(table: str) -> str:
    return "\n".join(
        f"CREATE TRIGGER {table}_append_only_{act} BEFORE {act.upper()} ON {table}\n"
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;"
        for act in ("update", "delete")
    )


def _postgresql(table: str) -> str:
    return f"""
        CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$;
        CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only();
    """
