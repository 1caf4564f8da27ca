"""Forms of the pages that show many concepts."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone

from needlework.audit.queries import Filter
from needlework.web import fields
from needlework.web.forms import Form


class NarrowLog(Form):
    """Narrow the access log to a person and to days; nothing filled in narrows nothing."""

    says_optional = False
    person = fields.Select("Who", required=False, missing="Choose who")
    since = fields.Date("From", required=False, missing="Enter the first day")
    until = fields.Date("Up to and including", required=False, missing="Enter the last day")

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Everybody"), *people]  # type: ignore[attr-defined]

    def narrowed(self) -> Filter:
        """Return the filter that the form asks for."""
        given = self.cleaned_data
        return Filter(
            actor_id=UUID(given["person"]) if given.get("person") else None,
            since=_start(given.get("since")),
            until=_start(given.get("until"), days=1),
        )


def _start(day: Any, *, days: int = 0) -> datetime | None:
    """Return the moment a day begins in the clinic's time zone."""
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day, time()) + timedelta(days=days))


class ConfirmErasure(Form):
    """Confirm an erasure by typing the family name: it cannot be undone. A mere note of the request needs no typing."""

    family_name = fields.Text("Type the family name to erase this record for good", max_length=120, required=False)

    def __init__(self, *args: Any, family_name: str, erasable: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = family_name
        if not erasable:
            del self.fields["family_name"]

    def clean_family_name(self) -> str:
        """Refuse anything but the patient's family name."""
        typed: str = self.cleaned_data["family_name"]
        if typed.casefold() != self.expected.casefold():
            raise ValidationError("Type the family name exactly as it stands in the record.")
        return typed
