"""From a finished session to dated instructions.

Hours are elapsed hours and every moment keeps the offset that the session ended in: no time zone is looked up, so that
24 hours over a change of clocks are 24 hours.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from needlework.clinical.aftercare.instructions import Extra, Instruction, Range, rules
from needlework.clinical.aftercare.session import FinishedSession
from needlework.evidence.sources import Source


@dataclass(frozen=True, slots=True)
class Hours:
    """The cautious hours, what is published, what was chosen, and the least that may be, for what `holds` says."""

    default: int
    range: Range
    chosen: int
    least: int
    holds: str = ""

    @property
    def refusal(self) -> str:
        """Return what to say to a shorter choice, with what may be sent."""
        return f"{self.holds}: send {self.least}{' or more' if self.least < self.range[1] else ''}."


@dataclass(frozen=True, slots=True)
class Dated:
    """One instruction with its moments; an open end is None, and so are hours where nothing is to be chosen."""

    id: str
    do: str
    text: str
    begins_at: datetime | None
    ends_at: datetime | None
    hours: Hours | None
    why: str
    sources: tuple[Source, ...]

    @property
    def turns_at(self) -> datetime | None:
        """Return when it changes what the patient does: a start begins, anything else ends."""
        return self.begins_at if self.do == "start" else self.ends_at

    def as_json(self) -> dict[str, Any]:
        """Return it as every command writes it."""
        hours = self.hours
        return {
            "id": self.id,
            "do": self.do,
            "text": self.text,
            "from": _written(self.begins_at),
            "to": _written(self.ends_at),
            "hours": hours and {"default": hours.default, "range": list(hours.range), "chosen": hours.chosen},
            "why": self.why,
            "sources": [source.as_json() for source in self.sources],
        }


def dated(session: FinishedSession) -> tuple[Dated, ...]:
    """Return every instruction that applies to a session, in the order of the rules."""
    found: dict[str, Dated] = {}
    for key, instruction in rules().instructions.items():
        if instruction.applies(session):
            found[key] = _dated(instruction, session, found)
    return tuple(found.values())


def hours(instruction: Instruction, session: FinishedSession) -> Hours | None:
    """Return the hours of an instruction for a session, or None where nothing is to be chosen."""
    if instruction.default is None:
        return None
    added = instruction.added(session)
    raised = max(added, key=lambda extra: extra.at_least, default=None)
    least, holds = (raised.at_least, raised.holds) if raised and raised.at_least else (instruction.range[0], "")
    default = max([instruction.default, least, *(extra.default for extra in added)])
    return Hours(default, instruction.range, session.choices.get(instruction.id, default), least, holds)


def _dated(instruction: Instruction, session: FinishedSession, found: dict[str, Dated]) -> Dated:
    added = instruction.added(session)
    span = hours(instruction, session)
    begins_at, ends_at = _moments(instruction, session, span, found)
    return Dated(
        id=instruction.id,
        do=instruction.do,
        text=_joined(instruction.text, *(extra.text for extra in added)),
        begins_at=begins_at,
        ends_at=ends_at,
        hours=span,
        why=_why(instruction, added),
        sources=tuple(dict.fromkeys(chain(instruction.sources, *(extra.sources for extra in added)))),
    )


def _moments(
    instruction: Instruction, session: FinishedSession, span: Hours | None, found: dict[str, Dated]
) -> tuple[datetime | None, datetime | None]:
    finished_at = session.finished_at
    if sign := instruction.sign:
        ends_at = finished_at + timedelta(hours=sign.onset_to_hours or 0)
        return finished_at + timedelta(hours=sign.onset_from_hours), ends_at
    before = found.get(instruction.after or "")
    begins_at = finished_at if before is None else before.turns_at
    if span is None:
        return begins_at, None
    turns_at = finished_at + timedelta(hours=span.chosen)
    return (turns_at, None) if instruction.do == "start" else (begins_at, turns_at)


def _why(instruction: Instruction, added: tuple[Extra, ...]) -> str:
    policy = rules().policy if instruction.is_policy else ""
    return _joined(instruction.why, instruction.conflict, policy, *(extra.why for extra in added))


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
