"""The field for an amount of money."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from needlework.web import characters
from needlework.web.fields.asking import asking, attributes
from needlework.web.money import pence, pounds

MOST = 10_000_000
"""£100,000: more than a clinic takes at once."""


class Money(forms.Field):
    """An amount in pounds; its clean value is whole pence, or None where it may stay empty."""

    widget = forms.TextInput

    def __init__(
        self, label: str, *, missing: str = "", hint: str = "", required: bool = True, least: int = 1, most: int = MOST
    ) -> None:
        self.least, self.most = least, most
        super().__init__(**asking(label, missing=missing, hint=hint, required=required))
        self.widget.attrs.update(attributes(class_="input input--short", inputmode="decimal", autocomplete="off"))

    def to_python(self, value: Any) -> int | None:
        """Return the pence, or raise the sentence that shows how an amount is written."""
        written = characters.one_line(str(value or ""))
        if not written:
            return None
        try:
            amount = pence(written)
        except ValueError as fault:
            raise ValidationError(f"{self.label}: enter an amount like 45 or 45.50", "amount") from fault
        if not self.least <= amount <= self.most:
            raise ValidationError(f"{self.label}: enter {pounds(self.least)} to {pounds(self.most)}", "range")
        return amount

    def prepare_value(self, value: Any) -> Any:
        """Show pence as pounds, and what was typed as it was typed."""
        return pounds(value).removeprefix("£") if isinstance(value, int) else value
