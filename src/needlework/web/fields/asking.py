"""What every field says: its label, its hint, and the sentence for an empty answer."""

from typing import Any, TypedDict

from django.core.exceptions import ImproperlyConfigured


class Asking(TypedDict):
    """The words of a field, as Django's own fields take them."""

    label: str
    help_text: str
    required: bool
    error_messages: dict[str, str]
    initial: Any


def asking(label: str, *, missing: str, hint: str, required: bool, initial: Any = None) -> Asking:
    """Return the words of a field; a required one must know what it says when it is empty."""
    if required and not missing:
        raise ImproperlyConfigured(f"“{label}” is required: give it missing='Enter …'")
    return Asking(label=label, help_text=hint, required=required, error_messages={"required": missing}, initial=initial)


def attributes(**named: str) -> dict[str, str]:
    """Return HTML attributes, without those that are empty."""
    return {name.rstrip("_"): value for name, value in named.items() if value}
