"""Fields for proving who one is."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from needlework.web.fields.text import Text


class Password(Text):
    """A password, kept exactly as typed; `autocomplete` is "new-password" where one is being set."""

    widget = forms.PasswordInput
    tidy = staticmethod(str)

    def __init__(
        self, label: str = "Password", *, autocomplete: str = "current-password", max_length: int = 128, **words: Any
    ) -> None:
        super().__init__(
            label, autocomplete=autocomplete, max_length=max_length, **{"missing": "Enter your password", **words}
        )


class OneTimeCode(Text):
    """The figures that an authenticator shows or a message brings; spaces between them do not matter."""

    def __init__(self, label: str = "Code", *, digits: int = 6, **words: Any) -> None:
        self.digits = digits
        missing = f"Enter the {digits} figures of the code"
        super().__init__(
            label, autocomplete="one-time-code", max_length=40, **{"missing": missing, "width": "short", **words}
        )
        self.widget.attrs["inputmode"] = "numeric"

    def to_python(self, value: Any) -> str:
        """Return the bare figures, or raise the sentence that says how many there should be."""
        code = re.sub(r"[\s-]", "", super().to_python(value))
        if code and not re.fullmatch(rf"[0-9]{{{self.digits}}}", code):
            raise ValidationError(f"The code has {self.digits} figures. Check it and enter it again", "code")
        return code
