"""Write one new row in one statement: Django builds each INSERT anew, and asks before it inserts once."""

from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models

from needlework.web.statements import ran


def insert(row: models.Model, *, once_by: str = "") -> bool:
    """Write a new row, and say whether it was written; a key that the database counts is not read back.

    With `once_by`, the name of a unique column, nothing is written where a row with the same value stands already.
    """
    own = connections[DEFAULT_DB_ALIAS]  # `connection` looks itself up anew for each thing it is asked
    values = [field.get_db_prep_save(field.pre_save(row, True), own) for field in _fields(type(row))]
    with ran(_statement(type(row), once_by), values) as cursor:
        written: bool = cursor.rowcount == 1
    row._state.adding = False  # noqa: SLF001 - what `save()` sets too, so that the next one updates
    return written


@cache
def _fields(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field is not model._meta.auto_field]


@cache
def _statement(model: type[models.Model], once_by: str) -> str:
    """Return the statement, which both engines read the same."""
    columns = [field.column for field in _fields(model)]
    into = f"{model._meta.db_table} ({', '.join(columns)})"
    marks = ", ".join(["%s"] * len(columns))
    once = f"ON CONFLICT ({once_by}) DO NOTHING" if once_by else ""
    return " ".join(("INSERT INTO", into, "VALUES (", marks, ")", once))
