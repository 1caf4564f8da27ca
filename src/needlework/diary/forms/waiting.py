"""What staff write down of somebody who waits for a time, checked."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from needlework.diary.forms.courses import NOT_OFFERED, WEEKDAYS
from needlework.web import fields
from needlework.web.forms import Form


class WaitForm(Form):
    """Which time somebody waits for."""

    id = fields.NewId()
    service = fields.Select("What for?", missing="Choose what they wait for")
    practitioner = fields.Select("With", required=False)
    first_day = fields.Date("From", missing="Enter the first day that would do")
    last_day = fields.Date("Until", missing="Enter the last day that would do")
    weekdays = fields.Choices("Days that suit", choices=WEEKDAYS, required=False, hint="None ticked means any day.")

    def __init__(
        self,
        *args: Any,
        services: Mapping[str, str],
        practitioners: Mapping[str, str],
        performs: frozenset[tuple[str, str]],
        today: date,
        **options: Any,
    ) -> None:
        """Take what can be chosen by key and name, who offers which service, and the clinic's day."""
        super().__init__(*args, **options)
        self.practitioners, self.performs, self.today = practitioners, performs, today
        self.fields["service"].choices = [("", ""), *services.items()]  # type: ignore[attr-defined]
        self.fields["practitioner"].choices = [("", "Anyone"), *practitioners.items()]  # type: ignore[attr-defined]
        if len(services) == 1:
            self.initial.setdefault("service", next(iter(services)))

    def clean(self) -> dict[str, Any]:
        """Refuse days upside down or over, and somebody who does not offer it."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if last and last < self.today:
            self.add_error("last_day", "Enter a last day from today on")
        elif first and last and last < first:
            self.add_error("last_day", "Enter a last day that is not before the first")
        who, what = cleaned.get("practitioner"), cleaned.get("service")
        if who and what and (what, who) not in self.performs:
            self.add_error("practitioner", NOT_OFFERED.format(who=self.practitioners[who]))
        return cleaned


class EarlierForm(Form):
    """That somebody would like an earlier time than they have."""

    id = fields.NewId()
    weekdays = fields.Choices("Days that suit", choices=WEEKDAYS, required=False, hint="None ticked means any day.")


class LeaveForm(Form):
    """Nothing but the click."""
