"""Fields for reaching somebody: e-mail address and telephone number."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from needlework.web.fields.text import Text

PHONE_HELP = "Enter a full telephone number, like 01642 123 456, or with + and the country, like +353 1 234 5678"


class Email(Text):
    """An e-mail address."""

    widget = forms.EmailInput

    def __init__(self, label: str, *, autocomplete: str = "email", max_length: int = 254, **words: Any) -> None:
        super().__init__(label, autocomplete=autocomplete, max_length=max_length, **words)
        self.widget.attrs["spellcheck"] = "false"

    def to_python(self, value: Any) -> str:
        """Return the address, or raise the sentence that shows how one looks."""
        address = super().to_python(value)
        if address:
            try:
                validate_email(address)
            except ValidationError as fault:
                raise ValidationError("Enter an e-mail address like name@example.org", "e-mail") from fault
        return address


class PhoneInput(forms.TextInput):
    """The control for a telephone number: a phone shows its number pad."""

    input_type = "tel"


class Phone(Text):
    """A telephone number, British unless it says otherwise; its clean value is international (+44…)."""

    widget = PhoneInput

    def __init__(self, label: str, *, autocomplete: str = "tel", max_length: int = 40, **words: Any) -> None:
        super().__init__(label, autocomplete=autocomplete, max_length=max_length, **{"width": "medium", **words})

    def to_python(self, value: Any) -> str:
        """Return the number as +44…, or raise the sentence that shows how to enter one."""
        written = super().to_python(value)
        return international(written) if written else ""


def international(written: str) -> str:
    """Return a number somebody wrote in E.164 (+44…), or raise the sentence that shows how."""
    import phonenumbers  # its metadata is large: only forms with a telephone number load it

    try:
        number = phonenumbers.parse(written, "GB")
    except phonenumbers.NumberParseException as fault:
        raise ValidationError(PHONE_HELP, "phone") from fault
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise ValidationError(PHONE_HELP, "phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
