"""Fields for days and times of day, typed as people say them."""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from needlework.web.fields.asking import asking, attributes
from needlework.web.widgets import DateBoxes

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CLOCK = re.compile(r"([0-9]{1,2})(?:[:. ]?([0-9]{2}))?\s*(am|pm)?")
OLDEST = date(1900, 1, 1)
Parts = tuple[str, str, str]


class Date(forms.Field):
    """A day in three boxes; its clean value is a `date`, or None where it may stay empty."""

    widget = DateBoxes

    def __init__(
        self,
        label: str,
        *,
        missing: str = "",
        hint: str = "",
        required: bool = True,
        birthday: bool = False,
        initial: date | None = None,
    ) -> None:
        super().__init__(**asking(label, missing=missing, hint=hint, required=required, initial=initial))
        self.widget.birthday = birthday

    def to_python(self, value: Any) -> date | None:
        """Return the day, or raise the sentence that says which part to look at."""
        if value is None or isinstance(value, date):
            return value
        day, month, year = (str(part or "").strip() for part in value)
        if not (day or month or year):
            return None
        self.refuse_gaps((day, month, year))
        return self.day_of((day, month, year))

    def refuse_gaps(self, parts: Parts) -> None:
        """Raise the sentence that names the boxes left empty."""
        gaps = [name for name, part in zip(("day", "month", "year"), parts, strict=True) if not part]
        if gaps:
            raise ValidationError(f"{self.label}: enter the {' and the '.join(gaps)} too", "incomplete")

    def day_of(self, parts: Parts) -> date:
        """Return the day that three full boxes name."""
        day, month, year = whole(parts[0]), month_number(parts[1]), whole(parts[2])
        if day is None or month is None or year is None:
            raise ValidationError(f"{self.label}: enter it in numbers, like 27 3 1985", "numbers")
        if len(parts[2]) != 4:
            raise ValidationError(f"{self.label}: enter all four figures of the year, like 1985", "year")
        try:
            return date(year, month, day)
        except ValueError as fault:
            raise ValidationError(
                f"{self.label}: there is no such day. Check the day and the month", "no-day"
            ) from fault


class DateOfBirth(Date):
    """A date of birth: neither in the future nor before 1900."""

    def __init__(self, label: str = "Date of birth", *, hint: str = "For example, 27 3 1985", **words: Any) -> None:
        super().__init__(label, **{"missing": "Enter the date of birth", "hint": hint, "birthday": True, **words})

    def validate(self, value: date | None) -> None:
        """Raise a sentence for a day on which nobody alive was born."""
        super().validate(value)
        if value and not OLDEST <= value <= timezone.localdate():
            raise ValidationError(f"{self.label}: check the year. It must lie between 1900 and today", "range")


class Time(forms.Field):
    """A time of day: 14:05, 14.05, 1405, 2pm or 9; its clean value is a `time`."""

    widget = forms.TextInput

    def __init__(
        self, label: str, *, missing: str = "", hint: str = "For example, 14:05", required: bool = True
    ) -> None:
        super().__init__(**asking(label, missing=missing, hint=hint, required=required))
        self.widget.attrs.update(attributes(class_="input input--short", autocomplete="off"))

    def to_python(self, value: Any) -> time | None:
        """Return the time, or raise the sentence that shows how one looks."""
        if value is None or isinstance(value, time):
            return value
        written = str(value).strip().lower()
        found = clock(written)
        if written and found is None:
            raise ValidationError(f"{self.label}: enter the time like 14:05", "time")
        return found

    def prepare_value(self, value: Any) -> Any:
        """Show a time as 14:05."""
        return value.strftime("%H:%M") if isinstance(value, time) else value


def whole(written: str) -> int | None:
    """Return the number that up to four plain figures make."""
    return int(written) if re.fullmatch(r"[0-9]{1,4}", written) else None


def month_number(written: str) -> int | None:
    """Return the month from its number or its English name."""
    name = written[:3].lower()
    return MONTHS.index(name) + 1 if name in MONTHS else whole(written)


def clock(written: str) -> time | None:
    """Return the time of day somebody wrote, or None where there is no such time."""
    found = CLOCK.fullmatch(written)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        hour = hour % 12 + 12 * (half == "pm") if 1 <= hour <= 12 else 24
    return time(hour, minute) if hour < 24 and minute < 60 else None
