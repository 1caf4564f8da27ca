"""What rooms above show on an appointment's page, such as what is left to pay: registered at start-up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from needlework.accounts.models import User
from needlework.diary.models import Appointment

Provider = Callable[[User, Appointment, datetime], Mapping[str, Any] | None]
"""Called with who is reading, the appointment and the moment; None shows nothing."""


OwnProvider = Callable[[Appointment, str], Mapping[str, Any] | None]
"""Called with the appointment and the token of its private link; None shows nothing."""


@dataclass(frozen=True)
class Panel:
    """A template, such as diary/staff/money.html, with what it shows under the name `panel`."""

    template: str
    values: Mapping[str, Any]


REGISTERED: dict[str, Provider] = {}
OWN: dict[str, OwnProvider] = {}


def register(template: str, provider: Provider) -> None:
    """Show a template on every appointment's page, filled by what the provider returns."""
    REGISTERED[template] = provider


def panels_for(user: User, appointment: Appointment, *, at: datetime) -> list[Panel]:
    """Return what rooms above have to show somebody about an appointment, in order of registering."""
    found = ((template, provider(user, appointment, at)) for template, provider in REGISTERED.items())
    return [Panel(template, values) for template, values in found if values is not None]


def register_own(template: str, provider: OwnProvider) -> None:
    """Show a template behind every appointment's private link, filled by what the provider returns."""
    OWN[template] = provider


def own_panels(appointment: Appointment, token: str) -> list[Panel]:
    """Return what rooms above have to show whoever holds an appointment's link."""
    found = ((template, provider(appointment, token)) for template, provider in OWN.items())
    return [Panel(template, values) for template, values in found if values is not None]
