"""A patient's whole record: every row that belongs to one person, found by walking the schema."""

from collections.abc import Iterable, Iterator, Sequence
from graphlib import TopologicalSorter
from itertools import groupby
from typing import Any

from django.db import models
from django.db.models import Q

Rows = list[models.Model]
Model = type[models.Model]


def walk(people: Sequence[models.Model]) -> Iterator[Rows]:
    """Go from a person's patient rows down every foreign key that points at what was found, until nothing is new.

    Yields the rows of one table at a time; a table comes after those that its rows point at.
    """
    found: dict[Model, dict[Any, models.Model]] = {type(people[0]): {row.pk: row for row in people}}
    waiting = [list(people)]
    while waiting:
        for model, points_at_rows in _pointing_at(waiting.pop(0)):
            known = found.setdefault(model, {})
            new = model._default_manager.filter(points_at_rows).exclude(pk__in=list(known)).order_by("pk")
            rows = {row.pk: row for row in new}
            known |= rows
            waiting += [list(rows.values())] if rows else []
    for model in _parents_first([model for model, rows in found.items() if rows]):
        yield list(found[model].values())


def _parents_first(tables: Sequence[Model]) -> Iterable[Model]:
    order: TopologicalSorter[Any] = TopologicalSorter()
    for model in tables:
        parents = (field.related_model for field in model._meta.concrete_fields if field.is_relation)
        order.add(model, *(parent for parent in parents if parent in tables and parent is not model))
    return order.static_order()


def _pointing_at(rows: Rows) -> Iterator[tuple[Model, Q]]:
    """Return each table with foreign keys to these rows, and the condition that one of them holds such a row."""
    relations = sorted(rows[0]._meta.related_objects, key=lambda relation: relation.related_model._meta.label)
    for model, group in groupby(relations, key=lambda relation: relation.related_model):
        points_at_rows = Q()
        for relation in group:
            points_at_rows |= Q(**{f"{relation.field.name}__in": rows})
        yield model, points_at_rows
