"""Reads what somebody sent, key by key: each is asked for by name and kind, and what nobody asked for is refused.

Every complaint is an InputError: the field, what is wrong, what to do. A value is never repeated in it.
"""

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from needlework.evidence.errors import InputError
from needlework.evidence.near import near

DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(
    r"[0-9-]{10}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)"
)
YEARS = (1870, 2199)
"""A year outside is a slip of the hand: nobody in these documents was born before, and no plan looks so far ahead."""
REQUIRED = object()


class Fields:
    """The keys of one object."""

    def __init__(self, value: Any, at: str = "") -> None:
        """Take an object; `at` is where it was found, as complaints name it."""
        if not isinstance(value, Mapping):
            raise InputError(at, "Send an object: keys and values between braces.")
        self.value: Mapping[str, Any] = value
        self.at = at
        self.asked: set[str] = set()

    def name(self, key: str) -> str:
        """Return a key as complaints name it."""
        return f"{self.at}.{key}" if self.at else key

    def has(self, key: str) -> bool:
        """Say whether a key is there with a value; null is as good as absent."""
        self.asked.add(key)
        return self.value.get(key) is not None

    def done(self) -> None:
        """Refuse what was sent and never asked for."""
        for key in self.value:
            if key not in self.asked:
                hint = near(key, sorted(self.asked), f"Known here: {', '.join(sorted(self.asked))}.")
                raise InputError(self.at, f"There is a key that is not known. {hint}")

    def text(self, key: str, default: Any = REQUIRED) -> Any:
        """Return a text."""
        return self._read(key, default, str, "Send a text.")

    def choice(self, key: str, allowed: Collection[str], default: Any = REQUIRED) -> Any:
        """Return one of the allowed words."""
        value = self._read(key, default, str, f"Send one of: {', '.join(allowed)}.")
        if value is not default and value not in allowed:
            hint = near(value, allowed, f"Send one of: {', '.join(allowed)}.")
            raise InputError(self.name(key), f"That is not known here. {hint}")
        return value

    def yes_or_no(self, key: str, default: Any = REQUIRED) -> Any:
        """Return true or false."""
        return self._read(key, default, bool, "Send true or false.")

    def number(self, key: str, unit: str, *, least: float, most: float, default: Any = REQUIRED) -> Any:
        """Return a number within bounds, both included."""
        bounds = f"from {least:g} to {most:g} {unit}"
        value = self._read(key, default, (int, float), f"Send a number {bounds}.")
        if value is default:
            return value
        if isinstance(value, bool) or not least <= value <= most:  # NaN is never between
            raise InputError(self.name(key), f"Send a number {bounds}.")
        return float(value)

    def whole(self, key: str, unit: str, *, least: int, most: int) -> int:
        """Return a whole number within bounds, both included."""
        value = self._read(key, REQUIRED, (int, float), f"Send a whole number from {least} to {most} {unit}.")
        if isinstance(value, bool) or not least <= value <= most or value != int(value):
            raise InputError(self.name(key), f"Send a whole number from {least} to {most} {unit}.")
        return int(value)

    def day(self, key: str, default: Any = REQUIRED) -> Any:
        """Return a day, sent as YYYY-MM-DD."""
        value = self._read(key, default, str, "Send a date as YYYY-MM-DD.")
        return value if value is default else _parsed(self.name(key), value)

    def moment(self, key: str, default: Any = REQUIRED) -> Any:
        """Return a moment with its offset, sent as YYYY-MM-DDTHH:MM:SS+00:00."""
        sentence = "Send a moment with its offset, as 2026-12-01T10:48:00+00:00."
        value = self._read(key, default, str, sentence)
        if value is default:
            return value
        if not MOMENT.fullmatch(value):
            raise InputError(self.name(key), sentence)
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise InputError(self.name(key), sentence) from None
        _believed(self.name(key), moment)
        return moment

    def texts(self, key: str, default: Any = REQUIRED) -> Any:
        """Return a list of texts as a tuple."""
        value = self._read(key, default, list, "Send a list of texts.")
        if value is not default and not all(isinstance(one, str) for one in value):
            raise InputError(self.name(key), "Send a list of texts.")
        return value if value is default else tuple(value)

    def object(self, key: str) -> "Fields":
        """Return an object; an absent one is empty."""
        self.asked.add(key)
        value = self.value.get(key)
        return Fields({} if value is None else value, self.name(key))

    def objects(self, key: str) -> "tuple[Fields, ...]":
        """Return a list of objects; an absent one is empty."""
        value = self._read(key, [], list, "Send a list of objects.")
        return tuple(Fields(one, f"{self.name(key)}[{place}]") for place, one in enumerate(value))

    def _read(self, key: str, default: Any, kind: Any, sentence: str) -> Any:
        self.asked.add(key)
        value = self.value.get(key)
        if value is None:
            if default is REQUIRED:
                raise InputError(self.name(key), f"This is missing. {sentence}")
            return default
        if not isinstance(value, kind):
            raise InputError(self.name(key), sentence)
        return value


def _parsed(field: str, value: str) -> date:
    if not DAY.fullmatch(value):
        raise InputError(field, "Send a date as YYYY-MM-DD.")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise InputError(field, "There is no such day. Send a date as YYYY-MM-DD.") from None
    _believed(field, day)
    return day


def _believed(field: str, day: date) -> None:
    least, most = YEARS
    if not least <= day.year <= most:
        raise InputError(field, f"Check the year: send one from {least} to {most}.")
