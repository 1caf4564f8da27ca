"""Text columns that hold the same on both engines: SQLite must be told what PostgreSQL refuses by itself."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    CharField = models.CharField[str, str]
else:
    CharField = models.CharField


class BoundedText(CharField):
    """A CharField whose length, and freedom from NUL bytes, the database itself checks."""

    def db_check(self, connection: Any) -> str | None:
        """Return the column's CHECK for SQLite; PostgreSQL's varchar refuses both by itself."""
        if connection.vendor != "sqlite":
            return None
        column = connection.ops.quote_name(self.column)
        return f"length({column}) <= {self.max_length} AND instr({column}, char(0)) = 0"
