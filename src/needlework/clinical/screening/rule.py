"""What a screening rule is: when it counts, what it comes to, until when, and why."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from needlework.clinical.overrides import Override
from needlework.clinical.terms import Outcome, Verified
from needlework.evidence.sources import Source

SCOPES = ("systemic", "local", "face", "body")
"""Where a rule counts; the head of screening.toml says what each means."""
NEVER_ASKED = "never_asked"
"""Stands in the rules in place of an outcome: this is no question, and changes nothing."""
DERIVED = ("rf_not_covered", "numbing_conflict", "nothing_left_to_treat")
"""The rules that the software raises from the plan and other findings, by id."""

POLICY = {
    Verified.SEEN: None,
    Verified.PARTIAL: "Part of this rule is policy: not all of it was read in a source.",
    Verified.UNVERIFIED: "This rule is policy or from memory: its outcome was read in no source.",
}
"""What staff read beside a rule, by how much of it was read in a source."""


@dataclass(frozen=True, slots=True)
class Wait:
    """A time to wait; months are calendar months, clamped to the month's end."""

    number: int
    unit: str

    def after(self, day: date) -> date:
        """Return the first day that is allowed again."""
        if self.unit == "months":
            return _months_after(day, self.number)
        return day + timedelta(**{self.unit: self.number})

    def as_json(self) -> dict[str, int]:
        """Return it as the rules write it: `{"days": 14}`."""
        return {self.unit: self.number}


@dataclass(frozen=True, slots=True)
class DeviceOverride:
    """What the instructions of one device put in place of a rule's own; None leaves it as it is."""

    outcome: Outcome | None = None
    wait: Wait | None = None
    no_topical_anaesthetic: bool | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. What must never be asked changes nothing: its outcome is suitable."""

    id: str
    group: str
    label: str
    outcome: Outcome
    scope: str
    rationale: str
    action: str
    sources: tuple[Source, ...]
    verified: Verified
    wait: Wait | None = None
    wait_from: str | None = None
    may_loosen_to: Wait | None = None
    date_may_be_ahead: bool = False
    unsure: Outcome | None = None
    no_topical_anaesthetic: bool = False
    from_patient: bool = False
    age_from: int = 0
    age_below: int | None = None
    skin_types: tuple[str, ...] = ()
    derived: bool = False
    never_asked: bool = False
    conflicts: str | None = None
    overrides: Mapping[str, DeviceOverride] = field(default_factory=dict)
    set_by_clinic: tuple[Override, ...] = ()

    @property
    def may_be_answered(self) -> bool:
        """Say whether an answer decides it."""
        return not (self.from_patient or self.derived or self.never_asked)

    @property
    def policy(self) -> str | None:
        """Return the sentence for staff where not all of it was read in a source."""
        return POLICY[self.verified]

    def wait_for(self, device: str) -> Wait | None:
        """Return how long it defers with a device: as that device's instructions say, or else its own wait."""
        own = self.overrides.get(device)
        return (own and own.wait) or self.wait

    def changed_for(self, device: str) -> tuple[Override, ...]:
        """Return what the clinic changed in it for every device or for this one."""
        return tuple(one for one in self.set_by_clinic if one.device in {None, device})


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))
