"""Fields for choosing: one of few, one of many, several, or a single tick."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from needlework.web.fields.asking import asking, attributes
from needlework.web.widgets import Checkboxes, Radios, TickBox

Pairs = Sequence[tuple[Any, str]]
STALE = "That choice is no longer offered. Choose again"


class Choice(forms.ChoiceField):
    """One of a few answers, as radio buttons; `hints` adds a line under an answer."""

    widget = Radios

    def __init__(
        self,
        label: str,
        *,
        choices: Pairs = (),
        hints: Mapping[Any, str] | None = None,
        missing: str = "",
        hint: str = "",
        required: bool = True,
        initial: Any = None,
    ) -> None:
        words = asking(label, missing=missing, hint=hint, required=required, initial=initial)
        super().__init__(choices=choices, **words)
        self.error_messages["invalid_choice"] = STALE
        self.widget.hints = hints or {}


class Select(forms.ChoiceField):
    """One of many answers, as a list that opens; it starts with an empty line."""

    widget = forms.Select

    def __init__(
        self,
        label: str,
        *,
        choices: Pairs = (),
        missing: str = "",
        hint: str = "",
        required: bool = True,
        autocomplete: str = "",
        initial: Any = None,
    ) -> None:
        words = asking(label, missing=missing, hint=hint, required=required, initial=initial)
        super().__init__(choices=[("", ""), *choices], **words)
        self.error_messages["invalid_choice"] = STALE
        self.widget.attrs.update(attributes(autocomplete=autocomplete, class_="input input--select"))


class Choices(forms.MultipleChoiceField):
    """Several answers, as checkboxes; its clean value is a list."""

    widget = Checkboxes

    def __init__(
        self,
        label: str,
        *,
        choices: Pairs = (),
        hints: Mapping[Any, str] | None = None,
        missing: str = "",
        hint: str = "",
        required: bool = True,
        initial: Any = None,
    ) -> None:
        words = asking(label, missing=missing, hint=hint, required=required, initial=initial)
        super().__init__(choices=choices, **words)
        self.error_messages.update({"invalid_choice": STALE, "invalid_list": STALE})
        self.widget.hints = hints or {}


class Tick(forms.BooleanField):
    """One checkbox whose label is the statement; required only where it must be ticked."""

    widget = TickBox

    def __init__(
        self, label: str, *, missing: str = "", hint: str = "", required: bool = False, initial: bool = False
    ) -> None:
        super().__init__(**asking(label, missing=missing, hint=hint, required=required, initial=initial))
