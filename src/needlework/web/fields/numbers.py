"""A field for a whole number."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from needlework.web.fields.asking import asking, attributes
from needlework.web.fields.dates import whole


class Whole(forms.Field):
    """A whole number between two bounds, typed in figures; its clean value is an `int`, or None where it may be empty.

    Any wrong answer gets the one sentence that says what to enter.
    """

    widget = forms.TextInput

    def __init__(
        self,
        label: str,
        *,
        least: int,
        most: int,
        missing: str = "",
        hint: str = "",
        required: bool = True,
        initial: int | None = None,
    ) -> None:
        self.least, self.most = least, most
        super().__init__(**asking(label, missing=missing, hint=hint, required=required, initial=initial))
        self.widget.attrs.update(attributes(class_="input input--short", inputmode="numeric", autocomplete="off"))

    def to_python(self, value: Any) -> int | None:
        """Return the number, or raise the sentence that says between which it must lie."""
        written = "" if value is None else str(value).strip()
        if not written:
            return None
        number = whole(written)
        if number is None or not self.least <= number <= self.most:
            raise ValidationError(f"{self.label}: enter a whole number from {self.least} to {self.most}", "whole")
        return number
