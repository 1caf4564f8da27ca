"""What staff and patients type, checked; every sentence here is also the one a file's row gets."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from needlework.patients.details import NAMES, Details
from needlework.patients.models.contact import Channel, Purpose
from needlework.patients.models.facts import ABSENCE, FactKind
from needlework.patients.models.person import Sex
from needlework.web import fields
from needlework.web.forms import Form

NAME_MISSING = "Enter the patient's name: given names, family name or both"
FACT_WORDS = {
    FactKind.ALLERGY: ("What is the patient allergic to?", "What it was, and what happened"),
    FactKind.MEDICINE: ("Which medicine?", "Name, dose and since when"),
    FactKind.CONDITION: ("Which condition?", "Since when, and whether it is under control"),
    FactKind.GP: ("Which GP?", "Doctor, practice and phone"),
    FactKind.EMERGENCY_CONTACT: ("Who should be called?", "Name, relation and phone"),
    FactKind.ACCESSIBILITY: ("What does the patient need?", "For example, step-free room, large print, interpreter"),
    FactKind.CHAPERONE: ("What does the patient wish?", "For example, a woman in the room"),
    FactKind.PHOTO_ID: ("What did you see?", "For example, UK driving licence; not its number"),
}


class DetailsForm(Form):
    """The details of a patient."""

    title = fields.Text("Title", required=False, max_length=40, width="short", autocomplete="off")
    given_names = fields.Text("Given names", required=False, autocomplete="off")
    family_name = fields.Text("Family name", required=False, autocomplete="off")
    known_as = fields.Text("Known as", required=False, max_length=80, autocomplete="off")
    date_of_birth = fields.DateOfBirth(missing="Enter the patient's date of birth")
    phone = fields.Phone("Phone", required=False, autocomplete="off", hint="For example, 07700 900123")
    email = fields.Email("E-mail", required=False, autocomplete="off")
    address = fields.LongText("Address", required=False, rows=4, max_length=400)
    sex = fields.Select("Sex", required=False, choices=Sex.choices)
    gender = fields.Text("Gender, in the patient's words", required=False, max_length=60, autocomplete="off")
    pronouns = fields.Text("Pronouns", required=False, max_length=40, width="medium", autocomplete="off")
    external_number = fields.Text(
        "Number in another system", required=False, max_length=60, width="medium", autocomplete="off"
    )
    notes = fields.LongText("Notes", required=False, hint="Kept encrypted. Health facts have a place of their own.")

    def clean(self) -> dict[str, Any]:
        """Refuse a patient without any name."""
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned["given_names"] or cleaned["family_name"]):
            self.add_error("given_names", NAME_MISSING)
        return cleaned

    def details(self) -> Details:
        """Return what was entered."""
        return Details(**{name: self.cleaned_data[name] for name in NAMES})


class NewPatient(DetailsForm):
    """A patient to be added, in one of the clinics where somebody may."""

    id = fields.NewId()
    clinic = fields.Choice("Clinic", missing="Choose the clinic that registers the patient")
    different = fields.Tick("None of these is the patient: add a new record")
    field_order = ["id", "clinic"]

    def __init__(self, *args: Any, clinics: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["clinic"].choices = list(clinics.items())  # type: ignore[attr-defined]
        if len(clinics) == 1:
            self.initial.setdefault("clinic", next(iter(clinics)))

    def asking(self, *, different: bool) -> "NewPatient":
        """Return the form as it is shown: whether the patient is another person is asked only where it may matter."""
        if not different:
            del self.fields["different"]
        return self


class EditPatient(DetailsForm):
    """The details of a patient as they should be from now on."""

    version = fields.Version()


class FactForm(Form):
    """One standing fact."""

    id = fields.NewId()
    none_known = fields.Tick("")
    text = fields.LongText("", required=False, rows=3, max_length=1000)

    def __init__(self, *args: Any, kind: FactKind, may_be_none: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.missing = f"Enter what to record under {kind.label}"
        self.fields["text"].label, self.fields["text"].help_text = FACT_WORDS[kind]
        self.fields["none_known"].label = f"Asked: none ({kind.label})"
        if not may_be_none:
            del self.fields["none_known"]

    def clean(self) -> dict[str, Any]:
        """Ask for a text, or for the tick that there is none, but not for both."""
        cleaned = super().clean() or {}
        none, text = cleaned.get("none_known"), cleaned.get("text")
        if none and text:
            self.add_error("text", "Either record an entry, or tick that there is none: not both")
        if not none and not text and not self.errors:
            self.add_error("text", self.missing)
        return cleaned


class PhotoIdForm(FactForm):
    """Photo ID that somebody saw, and when."""

    performed_on = fields.Date("When did you see it?", missing="Enter the day on which you saw it")

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, initial={"performed_on": today}, **options)
        self.today = today

    def clean_performed_on(self) -> date:
        """Refuse a day that is still to come."""
        seen: date = self.cleaned_data["performed_on"]
        if seen > self.today:
            raise ValidationError("Enter a day that is not in the future")
        return seen


def fact_form(kind: FactKind, data: QueryDict | None, *, today: date) -> FactForm:
    """Return the form for one kind of fact."""
    if kind == FactKind.PHOTO_ID:
        return PhotoIdForm(data, kind=kind, may_be_none=False, today=today)
    return FactForm(data, kind=kind, may_be_none=kind in ABSENCE)


class ContactForm(Form):
    """How a patient may be reached, and for what."""

    version = fields.Version()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for purpose in Purpose:
            self.fields[purpose] = fields.Choices(
                f"{purpose.label}: by", choices=Channel.choices, required=False, hint=PURPOSE_HINTS[purpose]
            )

    def answers(self) -> dict[tuple[Channel, Purpose], bool]:
        """Return a yes or no for every channel and purpose."""
        return {(c, p): c in self.cleaned_data[p] for p in Purpose for c in Channel}


PURPOSE_HINTS = {
    Purpose.CARE: "Appointments, aftercare and anything about a treatment.",
    Purpose.MARKETING: "Only with a clear yes. A no never changes the care.",
}


class Confirm(Form):
    """Nothing but the click."""


class GrantForm(Form):
    """Access for another clinic or person."""

    id = fields.NewId()
    clinic = fields.Select("Everybody at", required=False)
    person = fields.Email("Or one person, by the e-mail address they sign in with", required=False, autocomplete="off")
    until = fields.Date("Last day", missing="Enter the last day of the access")
    reason = fields.LongText("Reason", missing="Enter the reason for the access", rows=3, max_length=500)

    def __init__(self, *args: Any, clinics: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["clinic"].choices = [("", ""), *clinics.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a clinic or a person, not for both."""
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned["clinic"]) == bool(cleaned["person"]):
            self.add_error("clinic", "Choose a clinic, or enter one person's e-mail address")
        return cleaned

    def lasts_until(self) -> datetime:
        """Return the moment at which the last day has passed."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["until"] + timedelta(days=1), time.min))


class ExactPerson(Form):
    """A person by full name and birthday: all that break-glass searches by."""

    given_names = fields.Text("Given names", missing="Enter all given names", autocomplete="off")
    family_name = fields.Text("Family name", missing="Enter the family name", autocomplete="off")
    date_of_birth = fields.DateOfBirth()


class BreakGlassForm(Form):
    """The reason for opening a record of another clinic."""

    patient = fields.Text("", missing="Search for the patient again", max_length=400)
    reason = fields.LongText(
        "Why do you need to open this record?",
        missing="Enter the reason",
        hint="At least 10 letters. Every lead of the patient's clinic reads it.",
        rows=3,
        max_length=500,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["patient"].widget = self.fields["patient"].hidden_widget()


class MergeForm(Form):
    """Two records that are one person, and a tick that they are."""

    same = fields.Tick(
        "I have compared both records: they are the same person",
        missing="Tick that you have compared the records",
        required=True,
    )


class ImportForm(Form):
    """A list of patients from another system."""

    clinic = fields.Choice("Clinic", missing="Choose the clinic that registers these patients")
    file = fields.File(
        "File",
        max_bytes=10 * 1024 * 1024,
        accept=".csv,text/csv,.txt",
        missing="Choose the file",
        hint="CSV with a line of headings: at least a name and the date of birth. Up to 5,000 rows.",
    )

    def __init__(self, *args: Any, clinics: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["clinic"].choices = list(clinics.items())  # type: ignore[attr-defined]
        if len(clinics) == 1:
            self.initial.setdefault("clinic", next(iter(clinics)))


class AskForLink(Form):
    """The address to which a patient's sign-in link goes."""

    email = fields.Email("Your e-mail address", missing="Enter your e-mail address")


class SpendLink(Form):
    """What a patient knows besides the link."""

    date_of_birth = fields.DateOfBirth("Your date of birth", missing="Enter your date of birth")
    first_name = fields.Text("Your first name", missing="Enter your first name", max_length=120, required=False)

    def __init__(self, *args: Any, asks_first_name: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not asks_first_name:
            del self.fields["first_name"]


def initial(details: Details) -> dict[str, str | date]:
    """Return what a form starts with."""
    return {name: getattr(details, name) for name in NAMES}
