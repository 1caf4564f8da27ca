"""A patient's whole record: every row that belongs to one person, found by walking the schema."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.db import models
from django.db.models import Q

Rows = list[models.Model]


def walk(people: Sequence[models.Model]) -> Iterator[Rows]:
    """Go from a person's patient rows down every foreign key that points at what was found, one table at a time."""
    seen = {type(people[0])}
    waiting = [list(people)]
    while waiting:
        rows = waiting.pop(0)
        yield rows
        for model, points_at_rows in _pointing_at(rows):
            if model not in seen:
                seen.add(model)
                children = list(model._default_manager.filter(points_at_rows).order_by("pk"))
                waiting += [children] if children else []


def _pointing_at(rows: Rows) -> Iterator[tuple[type[models.Model], Q]]:
    """Return each table with foreign keys to these rows, and the condition that one of them holds such a row."""
    relations = sorted(rows[0]._meta.related_objects, key=lambda relation: relation.related_model._meta.label)
    for model, group in groupby(relations, key=lambda relation: relation.related_model):
        points_at_rows = Q()
        for relation in group:
            points_at_rows |= Q(**{f"{relation.field.name}__in": rows})
        yield model, points_at_rows
