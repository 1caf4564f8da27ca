"""Fields nobody sees: they make a form safe to post twice and safe to leave open."""

from uuid import uuid4

from django import forms

STALE = "This page is out of date. Reload it and enter your change again"


class NewId(forms.UUIDField):
    """The UUID of the record that the form will make: posting it twice finds the first."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(initial=uuid4, error_messages={"required": STALE, "invalid": STALE})


class Version(forms.IntegerField):
    """The version of the record that the form was filled from."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(min_value=0, max_value=2**31 - 1)
        self.error_messages.update(dict.fromkeys(("required", "invalid", "min_value", "max_value"), STALE))
