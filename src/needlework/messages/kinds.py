"""The kinds of message there are. Rooms above register theirs, with how each is written, in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from needlework.messages.letters import Letter

if TYPE_CHECKING:
    from needlework.messages.models import Message

__all__ = ["KINDS", "Letter", "MessageKind", "ask_consent_with", "consents", "register"]


@dataclass(frozen=True)
class MessageKind:
    """A kind of message, and how it is written.

    `render` reads the live record and returns the letter, or None when the thing it was about no longer stands.
    It may run more than once for one message. A `marketing` kind is sent only where the consent check says yes.
    A `secret` kind carries something that opens a door, such as a sign-in link: no copy of its words is kept outside
    the demo. `per_day` is how many of the kind one person is sent in a day before somebody has a look.
    """

    name: str
    render: Callable[["Message"], Letter | None]
    marketing: bool = False
    secret: bool = False
    per_day: int = 10


ConsentCheck = Callable[["Message"], bool]
KINDS: dict[str, MessageKind] = {}
CONSENT_CHECKS: list[ConsentCheck] = []


def register(kind: MessageKind) -> None:
    """Make a kind of message known."""
    if kind.name in KINDS:
        raise ValueError(f"The kind of message {kind.name!r} is registered twice")
    KINDS[kind.name] = kind


def ask_consent_with(check: ConsentCheck) -> None:
    """Have a room above say whether the person a marketing message goes to has agreed to it."""
    CONSENT_CHECKS.append(check)


def consents(message: "Message") -> bool:
    """Say whether marketing may be sent: every registered check must agree, and without any the answer is no."""
    return bool(CONSENT_CHECKS) and all(check(message) for check in CONSENT_CHECKS)
