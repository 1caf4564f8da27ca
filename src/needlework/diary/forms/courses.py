"""What staff wish of a course, checked: how many sessions, how far apart, with whom, when, and when not."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict

from needlework.web import fields
from needlework.web.forms import Form

WEEKDAYS = (
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
)
BLOCKS = (1, 2, 3)
UPSIDE_DOWN = "The most days apart cannot be fewer than the least. Swap them, or check both"
NOT_OFFERED = "{who} does not offer this. Choose somebody else, or leave it empty for anyone"


class CourseForm(Form):
    """Everything that a course is proposed from."""

    id = fields.NewId()
    service = fields.Select("What is the course of?", missing="Choose what the course is of")
    sessions = fields.Whole("Sessions", least=1, most=24, missing="Enter how many sessions")
    least_days = fields.Whole("At least days apart", least=1, most=366, missing="Enter the least days between sessions")
    most_days = fields.Whole("At most days apart", least=1, most=366, missing="Enter the most days between sessions")
    first_day = fields.Date("First session from", missing="Enter the day from which the first session may be")
    not_after = fields.Date("No session after", required=False, hint="When the course expires, or a trip begins.")
    practitioner = fields.Select("With", required=False, hint="Left empty, anyone who offers it.")
    weekdays = fields.Choices("Days that suit", choices=WEEKDAYS, required=False, hint="None ticked means any day.")
    earliest = fields.Time("Begins from", required=False, hint="For example, 16:30")
    latest = fields.Time("Begins before", required=False, hint="For example, 19:00")

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
        for number in BLOCKS:
            self.fields[f"block_{number}_first"] = fields.Date("Not from", required=False)
            self.fields[f"block_{number}_last"] = fields.Date("Until", required=False, hint="Empty for one day.")
            self.fields[f"block_{number}_reason"] = fields.Text("Because", required=False, width="medium")

    def clean(self) -> dict[str, Any]:
        """Refuse what contradicts itself."""
        cleaned = super().clean() or {}
        self._check_interval(cleaned)
        self._check_days(cleaned)
        self._check_times(cleaned)
        self._check_practitioner(cleaned)
        for number in BLOCKS:
            self._check_block(cleaned, number)
        return cleaned

    def blocks(self) -> Iterator[tuple[date, date, str]]:
        """Yield the days on which no session must be: the first, the last, and why."""
        for number in BLOCKS:
            first = self.cleaned_data[f"block_{number}_first"]
            if first:
                last = self.cleaned_data[f"block_{number}_last"] or first
                yield first, last, self.cleaned_data[f"block_{number}_reason"]

    def block_rows(self) -> list[list[Any]]:
        """Return the fields of the blocks, a row each."""
        return [[self[f"block_{number}_{part}"] for part in ("first", "last", "reason")] for number in BLOCKS]

    def has_blocks(self) -> bool:
        """Say whether any of the blocks was filled in, or wrongly."""
        names = [name for name in self.fields if name.startswith("block_")]
        return any(name in self.errors or self.cleaned_data.get(name) for name in names) if self.is_bound else False

    def carried(self, sent: QueryDict) -> list[tuple[str, str]]:
        """Return name and value of everything that was sent of this form, to be carried on unseen."""
        own = set(self.fields) | {f"{name}_{part}" for name in self.fields for part in ("day", "month", "year")}
        return [(name, value) for name in sent if name in own for value in sent.getlist(name)]

    def _check_interval(self, cleaned: Mapping[str, Any]) -> None:
        least, most = cleaned.get("least_days"), cleaned.get("most_days")
        if least and most and most < least:
            self.add_error("most_days", UPSIDE_DOWN)

    def _check_days(self, cleaned: Mapping[str, Any]) -> None:
        first, last = cleaned.get("first_day"), cleaned.get("not_after")
        if first and first < self.today:
            self.add_error("first_day", "Enter a day from today on")
        if first and last and last < first:
            self.add_error("not_after", "Enter a day after the first session")
        elif first and last and cleaned.get("sessions") and cleaned.get("least_days"):
            shortest = timedelta(days=cleaned["least_days"] * (cleaned["sessions"] - 1))
            if first + shortest > last:
                self.add_error("not_after", f"So many sessions take {shortest.days} days at least. Enter a later day")

    def _check_times(self, cleaned: Mapping[str, Any]) -> None:
        earliest, latest = cleaned.get("earliest"), cleaned.get("latest")
        if earliest and latest and latest <= earliest:
            self.add_error("latest", "Enter a time after the one before it")

    def _check_practitioner(self, cleaned: Mapping[str, Any]) -> None:
        who, what = cleaned.get("practitioner"), cleaned.get("service")
        if who and what and (what, who) not in self.performs:
            self.add_error("practitioner", NOT_OFFERED.format(who=self.practitioners[who]))

    def _check_block(self, cleaned: Mapping[str, Any], number: int) -> None:
        first, last, reason = (cleaned.get(f"block_{number}_{part}") for part in ("first", "last", "reason"))
        if not first and (last or reason):
            self.add_error(f"block_{number}_first", "Enter the first of the days on which it must not be")
        if first and last and last < first:
            self.add_error(f"block_{number}_last", "Enter a last day that is not before the first")
        if first and not reason:
            self.add_error(f"block_{number}_reason", "Enter why it must not be on these days")


class EndCourseForm(Form):
    """Stopping a course, or pausing it until somebody takes it up again."""

    version = fields.Version()
    cancels = fields.Tick("Cancel the appointments still to come")
    reason = fields.Text("Why?", missing="Enter why the course stops or pauses", max_length=200)


class ResumeCourseForm(Form):
    """Taking a course up again: nothing but the click."""

    version = fields.Version()


class BookNextForm(Form):
    """The next session of a course: nothing but the click, on a date that the page proposed."""

    id = fields.NewId()


class MoveForm(Form):
    """A new date for a session, with those after it or alone; why, where the interval is not kept."""

    reason = fields.Text(
        "Why are the days between them not kept?",
        required=False,
        max_length=200,
        hint="Only needed to move it alone. It stands in the history.",
    )
