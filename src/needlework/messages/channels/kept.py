"""The outbox alone: what would be sent is kept there, and nothing leaves the house."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from needlework.messages.channels.base import Parcel, Reply
from needlework.messages.models import Outcome


@dataclass(frozen=True)
class Kept:
    """A channel of the demo, or of a clinic that has set nothing up yet."""

    name: str
    provider: str = "outbox"
    honours_keys: bool = True

    @contextmanager
    def session(self, _parcel: Parcel) -> Iterator[Callable[[], Reply]]:
        """Hand nothing over, and say so."""
        yield lambda: Reply(Outcome.KEPT, "kept")
