"""The kinds of work there are. Rooms above register theirs in `AppConfig.ready()`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from needlework.work.clock import Clock

NAME = re.compile(r"[a-z][a-z0-9-]{0,59}")


@dataclass(frozen=True)
class Task:
    """One attempt at a job, as its handler receives it."""

    id: UUID
    kind: str
    key: str
    subject: Mapping[str, str]
    attempt: int
    clock: Clock


@dataclass(frozen=True)
class Retry:
    """What a handler returns when the work cannot be done yet and nobody is at fault: when to try again."""

    at: datetime


Handler = Callable[[Task], Retry | None]


@dataclass(frozen=True)
class Kind:
    """A kind of work: who does it, how often by itself, in which process, and who hears when it is given up."""

    name: str
    handler: Handler
    every: timedelta | None = None
    heavy: bool = False
    parked: Handler | None = None


KINDS: dict[str, Kind] = {}


def register(
    name: str,
    handler: Handler,
    *,
    every: timedelta | None = None,
    heavy: bool = False,
    parked: Handler | None = None,
) -> None:
    """Make a kind of work known.

    The handler may run again for the same task (a worker can die at any moment), so it must be harmless to repeat.
    `every` makes it recur by itself; `heavy` runs it in a child process that ends, so that the worker's memory stays
    small; `parked` is called in the transaction in which a job of this kind is given up.
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"A kind of work is named in lower case with hyphens, not {name!r}")
    if name in KINDS:
        raise ValueError(f"The kind of work {name!r} is registered twice")
    KINDS[name] = Kind(name, handler, every, heavy, parked)


def recurring() -> list[Kind]:
    """Return the kinds that recur by themselves."""
    return [kind for kind in KINDS.values() if kind.every is not None]
