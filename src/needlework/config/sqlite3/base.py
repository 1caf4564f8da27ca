"""Django's SQLite backend on the bundled engine, with writers that queue fairly.

The bundled engine replaces the interpreter's own `sqlite3` before Django's backend first imports it: the system's
copy may carry the WAL-reset corruption bug (fixed in 3.51.3).

The hooks below are private to Django; `tests/integration/test_sqlite.py` fails when one of them is no longer called.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pysqlite3
import pysqlite3.dbapi2

sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2

from django.db.backends.sqlite3 import base

from needlework.config.sqlite3 import turns
from needlework.config.sqlite3.features import DatabaseFeatures

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class Cursor(base.SQLiteCursorWrapper):
    """A cursor whose single writes, outside a transaction, wait their turn too."""

    wrapper: "DatabaseWrapper"

    def execute(self, query: str, params: Any = None) -> Any:
        """Run a statement, in turn if it writes."""
        with self.wrapper.turn_for(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run a statement for each row, in turn if it writes."""
        with self.wrapper.turn_for(query):
            return super().executemany(query, param_list)


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection, whose write transactions queue before they begin."""

    features_class = DatabaseFeatures

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: int | None = None

    def create_cursor(self, _name: str | None = None) -> Cursor:
        """Return a cursor that knows its connection."""
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        cursor.wrapper = self
        return cursor

    @contextmanager
    def turn_for(self, query: str) -> Iterator[None]:
        """Hold the turn during a single write; a transaction holds it already."""
        if self._turn is not None or self.in_atomic_block or not query.lstrip()[:7].upper().startswith(WRITES):
            yield
            return
        self._take_turn()
        try:
            yield
        finally:
            self._end_turn()

    def _take_turn(self) -> None:
        if self._turn is None and not self.is_in_memory_db():
            wait = self.settings_dict["OPTIONS"].get("timeout", 5.0)
            self._turn = turns.take(f"{self.settings_dict['NAME']}.writer", wait)

    def _end_turn(self) -> None:
        if self._turn is not None:
            turns.end(self._turn)
            self._turn = None

    def _end_turn_unless_in_transaction(self) -> None:
        """Keep the turn while a transaction is open, also after a commit that failed; closing ends both."""
        if self.connection is None or not self.connection.in_transaction:
            self._end_turn()

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        finally:
            self._end_turn_unless_in_transaction()

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self._end_turn_unless_in_transaction()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn_unless_in_transaction()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()
