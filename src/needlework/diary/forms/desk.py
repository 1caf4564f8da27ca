"""What the desk types: who is new, why somebody is put beside another, why an appointment is off."""

from typing import Any

from needlework.diary.people import VisitorDetails
from needlework.web import fields
from needlework.web.forms import Form

REACH = "Enter an e-mail address or a phone number: how else would we reach this person?"


class Place(Form):
    """Where an appointment goes; at a time that is not offered only with a reason, which its history keeps."""

    overbooking_reason = fields.Text(
        "Book it all the same, because",
        missing="Say why it is booked all the same, or choose another time",
        max_length=400,
        hint="It then lies beside what is there, or outside working hours. Its history keeps the reason.",
    )

    def __init__(self, *args: Any, refused: str, **options: Any) -> None:
        """Ask for a reason only where the time is `refused`."""
        super().__init__(*args, **options)
        if not refused:
            del self.fields["overbooking_reason"]

    @property
    def reason(self) -> str:
        """Why it is booked at a time that is not offered; empty where it is."""
        return str(self.cleaned_data.get("overbooking_reason", ""))


class BookForPatient(Place):
    """An appointment for a patient."""

    id = fields.NewId()
    note = fields.LongText("Note", required=False, rows=2, max_length=500, hint="What the patient said about it.")
    field_order = ["id", "note", "overbooking_reason"]


class BookForVisitor(BookForPatient):
    """An appointment for somebody who is no patient yet."""

    given_names = fields.Text("Given names", missing="Enter the given names", autocomplete="off", max_length=80)
    family_name = fields.Text("Family name", missing="Enter the family name", autocomplete="off", max_length=80)
    email = fields.Email("E-mail", required=False, autocomplete="off", hint="The confirmation goes there.")
    phone = fields.Phone("Phone", required=False, autocomplete="off")
    field_order = ["id", "given_names", "family_name", "email", "phone", "note", "overbooking_reason"]

    def clean(self) -> dict[str, Any]:
        """Ask for one way to reach the person at least."""
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned["email"] or cleaned["phone"]):
            self.add_error("email", REACH)
        return cleaned


def details_of(form: Form) -> VisitorDetails:
    """Return who comes, as typed into the form for somebody who is no patient yet."""
    names = ("given_names", "family_name", "email", "phone")
    return VisitorDetails(**{name: form.cleaned_data[name] for name in names})


class MoveAppointment(Place):
    """An appointment to another time."""

    sequence = fields.Version()


class CancelAppointment(Form):
    """That an appointment is off, and why."""

    sequence = fields.Version()
    reason = fields.Text("Why is it cancelled?", required=False, max_length=400, hint="Colleagues read it.")


class Step(Form):
    """One button on an appointment's page, for the appointment as it was shown."""

    sequence = fields.Version()


class StopOnline(Form):
    """That a patient cannot book online."""

    id = fields.NewId()
    reason = fields.Text(
        "Why?", missing="Say why this patient does not book online", max_length=400, hint="Colleagues read it."
    )
    until_day = fields.Date("Until and including", required=False, hint="Left empty, until somebody ends it.")


class Confirm(Form):
    """Nothing but the click."""
