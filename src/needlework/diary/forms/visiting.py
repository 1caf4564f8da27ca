"""What visitors and patients type when they book, move, cancel or wait: as little as it takes."""

from datetime import datetime
from typing import Any

from django import forms as plain

from needlework.diary.minutes import moment_of
from needlework.diary.people import VisitorDetails
from needlework.web import fields
from needlework.web.forms import Form

NOTHING_CLINICAL = "Please do not write about your health here: we ask you in person."
WEEKDAYS = tuple(enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")))
WEEKS = ((2, "Two weeks"), (4, "Four weeks"), (8, "Eight weeks"), (12, "Twelve weeks"))
LONGEST = 2**31 - 1
WRONG_TIME = dict.fromkeys(("required", "invalid", "min_value", "max_value"), "Choose one of the times")
UNSEEN = "website"
FILLED_IN = "Your browser filled in a box that stays empty. Send it again"


class ChooseTime(Form):
    """The time that somebody pressed."""

    begins = plain.IntegerField(min_value=0, max_value=LONGEST, widget=plain.HiddenInput, error_messages=WRONG_TIME)

    def moment(self) -> datetime:
        """Return the moment that the button stood for."""
        return moment_of(self.cleaned_data["begins"])


class Visitor(Form):
    """Who comes: what it takes to expect and to reach somebody, and no more.

    Beside its fields the page has a box that nobody sees: programs fill it in, people do not.
    """

    given_names = fields.Text("Given names", missing="Enter your given names", autocomplete="given-name", max_length=80)
    family_name = fields.Text(
        "Family name", missing="Enter your family name", autocomplete="family-name", max_length=80
    )
    email = fields.Email("E-mail", missing="Enter your e-mail address", hint="We send the confirmation there.")
    phone = fields.Phone("Phone", required=False, hint="In case something changes on the day.")

    def clean(self) -> dict[str, Any]:
        """Refuse what a program filled in."""
        if self.data.get(UNSEEN):
            self.add_error(None, FILLED_IN)
        return super().clean() or {}

    def details(self) -> VisitorDetails:
        """Return who comes."""
        return VisitorDetails(**{name: self.cleaned_data[name] for name in Visitor.base_fields})


class VisitorBooks(Visitor):
    """The details of somebody without an account, for the time that is kept."""

    note = fields.LongText("Anything we should know?", required=False, rows=2, max_length=500, hint=NOTHING_CLINICAL)


class PatientBooks(Form):
    """What a signed-in patient adds to the time that is kept."""

    note = fields.LongText("Anything we should know?", required=False, rows=2, max_length=500, hint=NOTHING_CLINICAL)


class Wishes(Form):
    """Until when and on which days somebody waits for a time."""

    id = fields.NewId()
    weekdays = fields.Choices("Which days suit you?", choices=WEEKDAYS, required=False, hint="None means any day.")
    weeks = fields.Choice("How long shall we look?", choices=WEEKS, missing="Choose how long to look", initial=4)

    def days(self) -> list[int]:
        """Return the days of the week that suit, 0 is Monday."""
        return [int(day) for day in self.cleaned_data["weekdays"]]

    def number_of_weeks(self) -> int:
        """Return for how many weeks to look."""
        return int(self.cleaned_data["weeks"])


class VisitorWaits(Visitor, Wishes):
    """Somebody without an account who joins the waiting list."""


class Cancel(Form):
    """The version of an appointment that somebody saw when they cancelled it."""

    sequence = fields.Version()


class Move(ChooseTime):
    """The new time of an appointment, and the version that somebody saw."""

    sequence = fields.Version()
