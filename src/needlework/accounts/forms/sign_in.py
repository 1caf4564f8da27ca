"""Forms for getting in."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from needlework.accounts import passwords
from needlework.accounts.models import Nation
from needlework.web import fields
from needlework.web.forms import Form

LONG_ENOUGH = "At least 12 characters: three or four unrelated words are easy to remember"


class SignInForm(Form):
    """E-mail address and password."""

    email = fields.Email("E-mail address", missing="Enter your e-mail address", autocomplete="username")
    password = fields.Password()


class ConfirmForm(Form):
    """The password once more."""

    password = fields.Password()


class CodeForm(Form):
    """The code that the authenticator app shows now."""

    code = fields.OneTimeCode("Code from the app", hint="Six figures. They change every half minute")


class RecoveryCodeForm(Form):
    """One of the ten codes on paper."""

    code = fields.Text(
        "Recovery code",
        missing="Enter one of the codes from your paper",
        hint="For example, ABCDE-23456",
        max_length=40,
        autocomplete="off",
        width="medium",
    )


class ForgottenForm(Form):
    """Whose password is forgotten."""

    email = fields.Email("E-mail address", missing="Enter your e-mail address", autocomplete="username")


class NewPasswordForm(Form):
    """A new password, good enough; `about` are the names it must not lean on."""

    password = fields.Password(
        "New password", autocomplete="new-password", missing="Enter a new password", hint=LONG_ENOUGH
    )

    def __init__(self, *args: Any, about: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = tuple(about)

    def clean_password(self) -> str:
        """Return the password, or raise the reason why it is not good enough."""
        return good(self.cleaned_data["password"], self.about)


class SetupForm(Form):
    """The first set-up: the clinic and its first lead."""

    code = fields.Text(
        "Set-up code",
        missing="Enter the code that the terminal shows",
        hint="It stands in the terminal in which Needlework was started",
        max_length=40,
        autocomplete="off",
        width="medium",
    )
    organisation = fields.Text(
        "Name of the organisation", missing="Enter the name of the organisation", hint="As patients know it"
    )
    clinic = fields.Text(
        "First clinic", missing="Enter the name of the first clinic", hint="The place, for example Linthorpe Road"
    )
    nation = fields.Select(
        "Nation", choices=Nation.choices, missing="Choose the nation", hint="It decides which licences are asked for"
    )
    name = fields.Text("Your name", missing="Enter your name", autocomplete="name")
    email = fields.Email("Your e-mail address", missing="Enter your e-mail address", autocomplete="username")
    password = fields.Password("Password", autocomplete="new-password", missing="Enter a password", hint=LONG_ENOUGH)

    def clean(self) -> dict[str, Any]:
        """Refuse a password that leans on the names just entered."""
        values = super().clean() or self.cleaned_data
        if values.get("password"):
            about = [values.get(name, "") for name in ("organisation", "clinic", "name", "email")]
            try:
                good(values["password"], about)
            except ValidationError as fault:
                self.add_error("password", fault)
        return values


def good(password: str, about: Iterable[str]) -> str:
    """Return the password, or raise every reason why it is not good enough."""
    faults = passwords.faults(password, about=about)
    if faults:
        raise ValidationError(faults)
    return password
