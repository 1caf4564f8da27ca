"""The rows of one table on either engine: read alike, written by COPY, compared by a digest that knows no order."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.db import connections, models
from psycopg import DataError, IntegrityError, sql

from needlework.vault.errors import VaultError
from needlework.vault.fields import Ciphertext, Unopened

CHUNK = 2000

Row = tuple[Any, ...]


class RefusedValueError(VaultError):
    """PostgreSQL refuses a value that SQLite held."""


@dataclass(frozen=True)
class Digest:
    """How many rows, and the sum of their digests: equal for the same rows in any order."""

    rows: int = 0
    total: int = 0

    def __str__(self) -> str:
        return f"{self.total:064x}"[:16]


def fields_of(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """Return the fields that have a column to be filled."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def rows_of(model: type[models.Model], alias: str) -> Iterator[Row]:
    """Go through the rows of a table as plain values; what is encrypted stays encrypted."""
    names = [field.attname for field in fields_of(model)]
    everything: models.QuerySet[Any, Row] = models.QuerySet(model, using=alias).order_by().values_list(*names)
    for row in everything.iterator(chunk_size=CHUNK):
        yield tuple(Ciphertext(value.raw) if isinstance(value, Unopened) else value for value in row)


def copy(model: type[models.Model], source: str, target: str) -> None:
    """Write every row of a table into the empty table of the same name."""
    connection, fields = connections[target], fields_of(model)
    columns = sql.SQL(", ").join([sql.Identifier(str(field.column)) for field in fields])
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), columns)
    try:
        with connection.cursor() as cursor, cursor.copy(statement) as into:
            for row in rows_of(model, source):
                into.write_row(
                    [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)]
                )
    except (DataError, IntegrityError) as problem:
        why = problem.diag.message_primary or "it cannot be written"  # its whole text would show the value
        raise RefusedValueError(
            f"PostgreSQL refuses a value of the table {model._meta.db_table} ({why}). "
            "Correct it in the clinic, then move again."
        ) from None


def digest(model: type[models.Model], alias: str) -> Digest:
    """Return the digest of all rows of a table."""
    count = total = 0
    for row in rows_of(model, alias):
        count += 1
        total += int.from_bytes(sha256("\x1f".join(map(canonical, row)).encode()).digest())
    return Digest(count, total % 2**256)


def canonical(value: Any) -> str:
    """Return a value's one spelling, whichever engine it came from."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True, separators=(",", ":"))
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return f"{type(value).__name__} {value}"
