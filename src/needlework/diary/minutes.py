"""Whole minutes since 1970-01-01 00:00 UTC: how the diary counts time, so that no hour is missing or repeated."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models

from needlework.diary.slots.clock import EPOCH, MINUTE, minute_of, moment_of

__all__ = ["EPOCH", "MINUTE", "MinuteField", "minute_of", "moment_of"]

_ST_contra = TypeVar("_ST_contra", contravariant=True)
_GT_co = TypeVar("_GT_co", covariant=True)

if TYPE_CHECKING:

    class BigIntegerField(models.Field[_ST_contra, _GT_co]):
        """A column of whole numbers."""

else:

    class BigIntegerField(models.BigIntegerField):
        """A column of whole numbers."""

        def __class_getitem__(cls, _types):
            return cls


class MinuteField(BigIntegerField[datetime, datetime]):
    """A moment on a whole minute: an aware datetime on the instance, a whole number of minutes in the database.

    Numbers are compared and read by the thousand without being parsed, and mean the same on both engines.
    """

    def get_prep_value(self, value: Any) -> Any:
        """Return what the database holds."""
        return super().get_prep_value(minute_of(value) if isinstance(value, datetime) else value)

    def from_db_value(self, value: int | None, *_: object) -> datetime | None:
        """Return the moment that the database's number stands for."""
        return None if value is None else moment_of(value)

    def to_python(self, value: Any) -> datetime | None:
        """Return a moment from what a caller gave."""
        return moment_of(value) if isinstance(value, int) else value
