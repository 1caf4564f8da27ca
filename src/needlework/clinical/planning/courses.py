"""How many sessions and how far apart, per concern, as published; and the spacing that the rules hold to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from needlework.clinical import backing, overrides, waits
from needlework.clinical.backing import rule_table
from needlework.evidence.facts import Fact
from needlework.evidence.sources import Source, cite

if TYPE_CHECKING:
    from needlework.clinical.screening.rule import Rule

FILE = "courses.toml"
SCREENING = "screening.toml"

Ends = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Protocol:
    """One course as somebody gave it: sessions and days between them, least and most."""

    by: str
    facts: tuple[Fact, ...]
    sessions: Ends | None = None
    interval_days: Ends | None = None
    as_needed: bool = False
    at_least: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return it as the plan writes it."""
        return {
            "by": self.by,
            "sessions": _listed(self.sessions),
            "interval_days": _listed(self.interval_days),
            "as_needed": self.as_needed,
            "at_least": self.at_least,
            "sources": backing.told(self.facts),
        }


@dataclass(frozen=True, slots=True)
class ConcernCourses:
    """What is published about courses for a concern, and where it disagrees."""

    concern: str
    disagreement: str
    protocols: tuple[Protocol, ...]
    facts: tuple[Fact, ...]

    @property
    def sessions(self) -> Ends | None:
        """Return the least and the most sessions of the protocols with a set number."""
        return _ends(one.sessions for one in self.protocols if not one.as_needed)

    @property
    def interval_days(self) -> Ends | None:
        """Return the least and the most days between sessions."""
        return _ends(one.interval_days for one in self.protocols if not one.as_needed)

    def as_json(self, spacing: "IntervalLimits") -> dict[str, Any]:
        """Return it as the plan writes it, with the spacing that holds for it."""
        return {
            "concern": self.concern,
            "sessions": _listed(self.sessions),
            "interval_days": _listed(self.interval_days),
            "disagreement": self.disagreement,
            "protocols": [one.as_json() for one in self.protocols],
            "spacing": spacing.as_json(),
            "sources": backing.told((*(fact for one in self.protocols for fact in one.facts), *self.facts)),
        }


@dataclass(frozen=True, slots=True)
class IntervalLimits:
    """Days between sessions: never under the first (policy), by default the second (screening), and as published."""

    never_under_days: int
    default_days: int
    published_days: Ends | None
    texts: tuple[str, str]
    policy: tuple[Source, ...]
    screening: tuple[Source, ...]
    set_by_clinic: tuple[overrides.Override, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as the plan writes it."""
        under, wait = self.texts
        return {
            "never_under_days": self.never_under_days,
            "never_under": {"text": under, "sources": [source.as_json() for source in self.policy]},
            "default_days": self.default_days,
            "default": {"text": wait, "sources": [source.as_json() for source in self.screening]},
            **overrides.as_json(self.set_by_clinic),
        }


@cache
def courses() -> Mapping[str, ConcernCourses]:
    """Return what is published per concern, checked."""
    return {concern: _courses(concern, entry) for concern, entry in rule_table(FILE)["concerns"].items()}


def interval_limits(concern: str, *, rules: "Mapping[str, Rule] | None" = None, device: str = "") -> IntervalLimits:
    """Return the spacing of sessions, in days, that the rules hold to for a concern, with its sources.

    `rules` are the screening rules of a clinic's layer; a wait in months counts as the most days it can take.
    """
    shipped = _shipped(concern)
    rule = None if rules is None else rules[rule_table(FILE)["spacing"]["screening"]["rule"]]
    wait = rule.wait_for(device) if rule else None
    if rule is None or wait is None:
        return shipped
    return replace(shipped, default_days=waits.most_days(wait.as_json()), set_by_clinic=rule.changed_for(device))


@cache
def _shipped(concern: str) -> IntervalLimits:
    entry = rule_table(FILE)["spacing"]
    rule = rule_table(SCREENING)[entry["screening"]["rule"]]
    return IntervalLimits(
        never_under_days=entry["never_under_days"],
        default_days=timedelta(**rule["wait"]).days,
        published_days=courses()[concern].interval_days,
        texts=(entry["text"], entry["screening"]["text"]),
        policy=cite(entry["sources"], file=FILE, key="spacing"),
        screening=cite(rule["sources"], file=SCREENING, key=entry["screening"]["rule"]),
    )


def _courses(concern: str, entry: Mapping[str, Any]) -> ConcernCourses:
    protocols = tuple(_protocol(concern, one) for one in entry.get("protocols", ()))
    return ConcernCourses(concern, entry["disagreement"], protocols, _facts(concern, entry.get("facts", ())))


def _protocol(concern: str, entry: Mapping[str, Any]) -> Protocol:
    ends = {name: tuple(entry[name]) for name in ("sessions", "interval_days") if name in entry}
    return Protocol(**{**entry, **ends, "facts": _facts(concern, entry["facts"])})


def _facts(concern: str, ids: Iterable[str]) -> tuple[Fact, ...]:
    return backing.named(ids, file=FILE, key=concern)


def _ends(several: Iterable[Ends | None]) -> Ends | None:
    known = [one for one in several if one is not None]
    return (min(least for least, _ in known), max(most for _, most in known)) if known else None


def _listed(ends: Ends | None) -> list[int] | None:
    return None if ends is None else list(ends)
