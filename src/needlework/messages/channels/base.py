"""What every channel promises."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from needlework.messages.letters import Attachment
from needlework.messages.models import Outcome

LONGEST_ANSWER = 500


@dataclass(frozen=True)
class Parcel:
    """What is handed to a provider: the words, where they go, and the key under which it may act only once.

    Only e-mail carries attachments.
    """

    to: str
    subject: str
    text: str
    key: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Reply:
    """What a provider said, and what that means."""

    outcome: Outcome
    code: str
    said: str = ""
    retry_after: timedelta | None = None


class NotSentError(Exception):
    """The provider said no, or could not be reached, before anything was handed over."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.code)
        self.reply = reply


class Channel(Protocol):
    """One way to reach people.

    `session` does all that can be done beforehand (connect, sign in, ask whether the address is accepted), and raises
    `NotSentError` if that fails. What it yields hands the parcel over: only from there on is its fate uncertain.
    """

    @property
    def name(self) -> str:
        """The channel's name: "email" or "sms"."""

    @property
    def provider(self) -> str:
        """Who carries it: a host name."""

    @property
    def honours_keys(self) -> bool:
        """Whether the provider acts only once on a key."""

    def session(self, parcel: Parcel) -> AbstractContextManager[Callable[[], Reply]]:
        """Prepare to hand a parcel over."""


def readable(answer: bytes | str) -> str:
    """Return a provider's words, shortened, without what a text column cannot hold."""
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return text.replace("\0", "")[:LONGEST_ANSWER]
