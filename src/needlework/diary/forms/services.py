"""Services, rooms and devices, and the rules of a clinic's diary, as a lead types them."""

from collections.abc import Iterable
from typing import Any

from needlework.accounts.models import User
from needlework.diary.models import DiaryRules, ForWhom, ResourceKind, Service
from needlework.diary.operations.settings import GRIDS
from needlework.diary.terms import Terms
from needlework.web import fields
from needlework.web.forms import Form

TERMS = tuple(Terms.__dataclass_fields__)
KINDS = [(kind.value, str(kind.label)) for kind in (ResourceKind.ROOM, ResourceKind.DEVICE)]
HOURS = "In hours"
NOBODY = "Choose who offers it: at least one person"


class ServiceForm(Form):
    """The terms of a service, and who offers it."""

    id = fields.NewId()
    version = fields.Version()
    name = fields.Text("Name", missing="Enter what the service is called", max_length=80)
    description = fields.LongText(
        "What is it?", required=False, rows=3, max_length=400, hint="Patients read this when they book"
    )
    minutes = fields.Whole(
        "How many minutes does it take?",
        least=5,
        most=480,
        missing="Enter how many minutes it takes",
        hint="In steps of 5. Cleaning the room comes on top of it",
    )
    performers = fields.Choices("Who offers it?", missing=NOBODY)
    room_type = fields.Text("Which sort of room does it need?", required=False, max_length=60, width="medium")
    device_type = fields.Text("Which sort of device does it need?", required=False, max_length=60, width="medium")
    price_pence = fields.Money("Price in pounds", least=0, missing="Enter the price, or 0", hint="For example, 180")
    deposit_pence = fields.Money(
        "Deposit in pounds",
        least=0,
        required=False,
        hint="Asked for when it is booked online. Empty or 0 asks for none",
    )
    course_price_pence = fields.Money(
        "Price of a course in pounds", required=False, hint="Leave empty where each session is paid by itself"
    )
    course_sessions = fields.Whole("Sessions of a course", least=2, most=24, required=False)
    is_consultation = fields.Tick("It is a consultation")
    consultation_first = fields.Tick(
        "A consultation comes first", hint="Only patients who have been to one can book it online"
    )
    online = fields.Tick("Patients can book it online", initial=True)
    for_whom = fields.Choice(
        "Who can book it online?", choices=ForWhom.choices, missing="Choose who can book it", initial=ForWhom.EVERYBODY
    )

    def __init__(
        self, data: Any = None, *, people: Iterable[User], sorts: dict[str, list[str]], service: Service | None = None
    ) -> None:
        super().__init__(data, initial=_now(service))
        self.people = {str(person.pk): person for person in people}
        choices = [(key, person.name) for key, person in self.people.items()]
        self.fields["performers"] = fields.Choices("Who offers it?", choices=choices, missing=NOBODY)
        for kind, example in ((ResourceKind.ROOM, "treatment room"), (ResourceKind.DEVICE, "pen")):
            here = ", ".join(sorts.get(kind, [])) or example
            words = "Here" if sorts.get(kind) else "For example"
            self.fields[f"{kind}_type"].help_text = f"{words}: {here}. Leave empty if it needs none"

    def terms(self) -> Terms:
        """Return the terms that were typed."""
        answers = {name: self.cleaned_data[name] for name in TERMS}
        return Terms(**answers | {"deposit_pence": answers["deposit_pence"] or 0})

    def performing(self) -> list[User]:
        """Return the people who were ticked."""
        return [self.people[key] for key in self.cleaned_data["performers"]]


class ResourceForm(Form):
    """A room or a device."""

    version = fields.Version()
    kind = fields.Choice("What is it?", choices=KINDS, missing="Choose whether it is a room or a device")
    name = fields.Text(
        "Name", missing="Enter what it is called", max_length=80, width="medium", hint="For example, Room 1 or Pen 2"
    )
    sort = fields.Text(
        "Sort",
        missing="Enter what sort it is, for example treatment room or pen",
        max_length=60,
        width="medium",
        hint="What services ask for, for example treatment room, consulting room, or pen. Any one of the sort will do",
    )
    clean_down_minutes = fields.Whole(
        "Minutes of cleaning after each appointment",
        least=0,
        most=120,
        missing="Enter the minutes, or 0",
        hint="In steps of 5. It stays busy that long",
        initial=0,
    )


class RulesForm(Form):
    """How a clinic runs its diary."""

    version = fields.Version()
    grid_minutes = fields.Select(
        "Appointments begin every",
        choices=[(str(minutes), f"{minutes} minutes") for minutes in GRIDS],
        missing="Choose how often appointments begin",
    )
    notice_hours = fields.Whole(
        "Book online at least so many hours before", least=0, most=720, missing="Enter the hours, or 0", hint=HOURS
    )
    horizon_days = fields.Whole(
        "Book online at most so many days ahead",
        least=1,
        most=366,
        missing="Enter the days",
        hint="Staff reach a year ahead",
    )
    cancel_hours = fields.Whole(
        "Patients may cancel or move an appointment until so many hours before",
        least=0,
        most=720,
        missing="Enter the hours, or 0",
        hint=HOURS,
    )
    hold_minutes = fields.Whole(
        "Keep a time while somebody types for",
        least=2,
        most=60,
        missing="Enter the minutes",
        hint="In minutes. It is free again by itself",
    )
    offer_minutes = fields.Whole(
        "Keep a freed time for the first on the waiting list for",
        least=15,
        most=2880,
        missing="Enter the minutes",
        hint="In minutes. Then it is offered to the next",
    )
    first_reminder_hours = fields.Whole(
        "First reminder, hours before", least=0, most=720, missing="Enter the hours, or 0 for none", hint="0 sends none"
    )
    second_reminder_hours = fields.Whole(
        "Second reminder, hours before",
        least=0,
        most=720,
        missing="Enter the hours, or 0 for none",
        hint="0 sends none",
    )
    open_on_bank_holidays = fields.Tick("The clinic is open on bank holidays")
    private_feeds = fields.Tick(
        "Calendar feeds of staff show initials instead of names",
        hint="A feed can be read in programs of others: on phones, at home",
    )
    time_zone = fields.Text(
        "Time zone",
        missing="Enter a time zone like Europe/London",
        max_length=60,
        width="medium",
        hint="The clock by which this diary runs, like Europe/London",
    )

    def __init__(self, data: Any = None, *, rules: DiaryRules) -> None:
        super().__init__(data, initial={name: getattr(rules, name) for name in self.base_fields})

    def clean_grid_minutes(self) -> int:
        """Return the minutes as a number."""
        return int(self.cleaned_data["grid_minutes"])

    def changes(self) -> dict[str, Any]:
        """Return what was typed, by the names of the rules."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def _now(service: Service | None) -> dict[str, Any]:
    """Return what a form shows first: the terms as they are, or those of a new service."""
    if service is None:
        return {"version": 0}
    shown = {name: getattr(service, name) for name in TERMS}
    people = [str(resource.user_id) for resource in service.performers.all()]
    return shown | {"id": service.pk, "version": service.version, "performers": people}
