"""Change a row only as somebody saw it: a page that has grown stale changes nothing."""

from collections.abc import Mapping
from typing import Any

from django.db import models


class ChangedMeanwhile(Exception):  # noqa: N818 - it is an answer, not a fault
    """Somebody changed the row since the page was opened; the message is the sentence they read."""


def change(row: models.Model, *, version: int, changes: Mapping[str, Any]) -> list[str]:
    """Write what differs, if the row still has this version; return the names of the fields that changed."""
    differing = {name: value for name, value in changes.items() if getattr(row, name) != value}
    if not differing:
        return []
    if not _swap(row, version, differing):
        label = row._meta.verbose_name
        raise ChangedMeanwhile(
            f"Somebody changed this {label} since you opened this page. Check it and enter your change again."
        )
    for name, value in {**differing, "version": version + 1}.items():
        setattr(row, name, value)
    return sorted(differing)


def _swap(row: models.Model, version: int, values: Mapping[str, Any]) -> bool:
    rows: models.QuerySet[models.Model] = models.QuerySet(type(row)).filter(pk=row.pk, version=version)
    return bool(rows.update(**values, version=version + 1))
