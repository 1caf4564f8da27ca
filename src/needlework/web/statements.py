"""Run a plain statement that is run often, each time with other values.

PostgreSQL's server plans it once for each connection: planning took longer than running.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper


@contextmanager
def ran(statement: str, values: Any) -> Iterator[CursorWrapper]:
    """Run a statement, and give the cursor that holds what it found."""
    with _cursor() as cursor:
        cursor.execute(statement, values)
        yield cursor


def _cursor() -> CursorWrapper:
    """Return a cursor whose values go to the server apart from the statement; SQLite's always does that."""
    own = connections[DEFAULT_DB_ALIAS]  # `connection` looks itself up anew for each thing it is asked
    if own.vendor != "postgresql":
        return own.cursor()
    own.ensure_connection()
    cursor = _prepared()(own.connection)
    return own.make_debug_cursor(cursor) if own.queries_logged else own.make_cursor(cursor)


@cache
def _prepared() -> Any:
    """Return the driver's cursor that prepares; it is imported only where an address asks for PostgreSQL."""
    from psycopg import Cursor

    class Prepared(Cursor[Any]):
        """A cursor whose statements the server keeps with their plans."""

        def execute(self, query: Any, params: Any = None, **_: Any) -> Any:
            """Run a statement, prepared."""
            return super().execute(query, params, prepare=True)

    return Prepared
