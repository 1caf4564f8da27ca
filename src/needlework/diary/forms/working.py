"""Hours, days that differ, absences and closures, as a lead types them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from needlework.diary.hours import DAYS, Hours, Week
from needlework.web import fields
from needlework.web.forms import Form

PARTS = {"opens": "from", "closes": "to", "break_starts": "break from", "break_ends": "break to"}
REASON_HINT = "Colleagues see it. Leave anything about health out"
BOTH = "Enter both when it begins and when it ends, or neither"


class WeekForm(Form):
    """The hours of a week, four times a day; a day without times is free."""

    says_optional = False
    from_day = fields.Date("From which day on?", missing="Enter the first day on which these hours hold")

    def __init__(self, data: Mapping[str, Any] | None = None, *, week: Week, from_day: date) -> None:
        super().__init__(data, initial={"from_day": from_day} | _typed(week))
        for number, day in enumerate(DAYS):
            for part, word in PARTS.items():
                self.fields[f"{part}_{number}"] = fields.Time(f"{day}, {word}", hint="", required=False)

    def rows(self) -> list[dict[str, Any]]:
        """Return each day with its four boxes, to be drawn as a table."""
        return [
            {"day": day, "boxes": [(word, self[f"{part}_{number}"]) for part, word in PARTS.items()]}
            for number, day in enumerate(DAYS)
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the end of hours that begin, and the other way round."""
        values = super().clean() or self.cleaned_data
        for number, day in enumerate(DAYS):
            opens, closes, *breaks = (values.get(f"{part}_{number}") for part in PARTS)
            if (opens is None) != (closes is None) or (opens is None and any(breaks)):
                missing = "opens" if opens is None else "closes"
                if f"{missing}_{number}" not in self.errors:
                    self.add_error(f"{missing}_{number}", f"{day}: enter both from when and to when, or neither")
        return values

    def week(self) -> Week:
        """Return what was typed."""
        asked = {number: [self.cleaned_data[f"{part}_{number}"] for part in PARTS] for number in range(len(DAYS))}
        return {number: Hours(*times) for number, times in asked.items() if times[0]}


class DayForm(Form):
    """Other hours on one day, or none."""

    id = fields.NewId()
    day = fields.Date("Which day?", missing="Enter the day")
    opens = fields.Time("Works from", required=False, hint="Leave both times empty if the day is free")
    closes = fields.Time("Works to", required=False, hint="")
    reason = fields.Text("Why?", required=False, hint=REASON_HINT)

    def clean(self) -> dict[str, Any]:
        """Ask for both times or none."""
        values = super().clean() or self.cleaned_data
        if not self.errors and (values["opens"] is None) != (values["closes"] is None):
            self.add_error("closes" if values["closes"] is None else "opens", BOTH)
        return values

    def hours(self) -> Hours | None:
        """Return what was typed; None for a free day."""
        opens, closes = self.cleaned_data["opens"], self.cleaned_data["closes"]
        return Hours(opens, closes) if opens else None


class AbsenceForm(Form):
    """From when to when somebody is away, or something cannot be used."""

    id = fields.NewId()
    first_day = fields.Date("First day", missing="Enter the first day")
    last_day = fields.Date("Last day", missing="Enter the last day; for a single day the same one again")
    starts = fields.Time("From", required=False, hint="Only if it begins in the middle of the first day, like 14:00")
    ends = fields.Time("To", required=False, hint="Only if it ends in the middle of the last day, like 11:30")
    reason = fields.Text("Why?", required=False, hint=REASON_HINT)


class ClosureForm(Form):
    """Days on which a clinic is closed."""

    id = fields.NewId()
    first_day = fields.Date("First day", missing="Enter the first day on which the clinic is closed")
    last_day = fields.Date("Last day", missing="Enter the last day; for a single day the same one again")
    reason = fields.Text("Why?", required=False, hint="For example, staff training. Patients who book can read it")


class Confirm(Form):
    """Nothing to fill in: sending it is the answer."""


class OpenForm(Form):
    """That a clinic is open on a bank holiday."""

    id = fields.NewId()


def _typed(week: Week) -> dict[str, Any]:
    return {f"{part}_{number}": getattr(hours, part) for number, hours in week.items() for part in PARTS}
