"""Forms about staff, their roles and documents."""

from collections.abc import Iterable
from typing import Any

from needlework.accounts.models import CredentialKind, Role
from needlework.web import fields
from needlework.web.forms import Form

HINTS = {
    Role.LEAD: "Runs the clinic: staff, settings, access log, and everything a practitioner sees",
    Role.PRACTITIONER: "Treats patients",
    Role.PRESCRIBER: "Treats patients and may prescribe, when the right to prescribe is recorded",
    Role.FRONT_DESK: "Books and finds patients, without health details",
    Role.AUDITOR: "Sees staff and the access log, and no patient",
}
Pairs = Iterable[tuple[str, str]]


class StaffForm(Form):
    """A colleague's name and e-mail address."""

    version = fields.Version()
    name = fields.Text("Full name", missing="Enter the full name", autocomplete="off")
    email = fields.Email(
        "E-mail address", missing="Enter the e-mail address", autocomplete="off", hint="They sign in with it"
    )


class RoleForm(Form):
    """A clinic and the roles somebody gets there."""

    clinic = fields.Choice("Clinic", missing="Choose the clinic")
    roles = fields.Choices("Roles", choices=Role.choices, hints=HINTS, missing="Choose at least one role")

    def __init__(self, *args: Any, clinics: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clinic"].choices = list(clinics)  # type: ignore[attr-defined]
        if len(self.fields["clinic"].choices) == 1:  # type: ignore[attr-defined]
            self.fields["clinic"].initial = self.fields["clinic"].choices[0][0]  # type: ignore[attr-defined]


class NewStaffForm(RoleForm):
    """A new colleague with the first roles."""

    id = fields.NewId()
    name = fields.Text("Full name", missing="Enter the full name", autocomplete="off")
    email = fields.Email(
        "E-mail address",
        missing="Enter the e-mail address",
        autocomplete="off",
        hint="A link to choose a password is sent there",
    )
    field_order = ("id", "name", "email", "clinic", "roles")


class CredentialForm(Form):
    """A document that somebody showed."""

    id = fields.NewId()
    kind = fields.Choice("What is it?", choices=CredentialKind.choices, missing="Choose what it is")
    body = fields.Text(
        "Issued by",
        required=False,
        hint="For example, Nursing and Midwifery Council, or the insurer",
    )
    number = fields.Text("Number", required=False, max_length=60, hint="Registration or policy number", width="medium")
    device = fields.Text("Device", required=False, hint="Only for device training: the name of the device")
    valid_from = fields.Date("Valid from", missing="Enter the day from which it is valid")
    valid_until = fields.Date("Valid until", required=False, hint="The last day. Leave empty where it has no end")
    note = fields.LongText(
        "What you have seen", required=False, rows=3, max_length=2000, hint="For example, the certificate, on paper"
    )

    def clean(self) -> dict[str, Any]:
        """Ask for what each kind of document must have."""
        values = super().clean() or self.cleaned_data
        kind = values.get("kind")
        if kind == CredentialKind.REGISTRATION:
            self._ask("body", "Enter who issued the registration")
            self._ask("number", "Enter the registration number")
        if kind == CredentialKind.DEVICE_TRAINING:
            self._ask("device", "Enter the name of the device")
        elif kind:
            values["device"] = ""
        if kind == CredentialKind.INSURANCE:
            self._ask("valid_until", "Enter the last day of the insurance")
        self._in_order()
        return values

    def _ask(self, name: str, sentence: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, sentence)

    def _in_order(self) -> None:
        start, end = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", "Check the dates: the last day lies before the first")
