"""A patient's whole record: every row that belongs to one person, found by walking the schema."""

from collections.abc import Iterator, Sequence
from graphlib import TopologicalSorter
from itertools import groupby
from typing import Any

from django.db import models
from django.db.models import Q

Rows = list[models.Model]


def walk(people: Sequence[models.Model]) -> Iterator[Rows]:
    """Go from a person's patient rows down every foreign key that points at what was found, one table at a time.

    A table comes after every table that its own rows point at: backwards, nothing that is still needed goes first.
    """
    found: dict[type[models.Model], dict[Any, models.Model]] = {}
    waiting = [list(people)]
    while waiting:
        rows = waiting.pop(0)
        found.setdefault(type(rows[0]), {}).update((row.pk, row) for row in rows)
        for model, points_at_rows in _pointing_at(rows):
            there = model._default_manager.filter(points_at_rows).order_by("pk")
            new = [row for row in there if row.pk not in found.get(model, {})]
            waiting += [new] if new else []
    points_at = {model: _targets(model) & found.keys() - {model} for model in found}
    for model in TopologicalSorter(points_at).static_order():
        yield list(found[model].values())


def _targets(model: type[models.Model]) -> set[type[models.Model]]:
    return {field.related_model for field in model._meta.concrete_fields if isinstance(field.related_model, type)}


def _pointing_at(rows: Rows) -> Iterator[tuple[type[models.Model], Q]]:
    """Return each table with foreign keys to these rows, and the condition that one of them holds such a row."""
    relations = sorted(rows[0]._meta.related_objects, key=lambda relation: relation.related_model._meta.label)
    for model, group in groupby(relations, key=lambda relation: relation.related_model):
        points_at_rows = Q()
        for relation in group:
            points_at_rows |= Q(**{f"{relation.field.name}__in": rows})
        yield model, points_at_rows
