"""What is unverified, conflicting or due for review, worst first, so that a clinician can work through it.

The order: what decides most (exclude, refer; emergency, same day) and rests on policy or memory alone; what else rests
on policy or memory; what was read in part; law not read with high confidence; facts and rules whose sources disagree;
facts from memory; what is due on the day asked about. Within one reason the graver outcome comes first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from needlework.clinical.catalogue import Entry, entries, others
from needlework.clinical.overrides import Override
from needlework.clinical.rule_set import VERSION
from needlework.clinical.terms import Outcome, Tier, Verified

REASONS = {
    "decides": "policy or memory alone, and it decides: {bears}",
    "unverified": "policy or memory alone",
    "partial": "read in part, the rest is policy",
    "law": "{verified}",
    "conflict": "sources disagree",
    "memory": "from memory, never checked",
    "due": "due since {review_by}",
}
"""Why somebody should look, worst first, with the words for it."""
DECIDING = {Outcome.EXCLUDE, Outcome.REFER, Tier.EMERGENCY, Tier.SAME_DAY}
SET_BY_CLINIC = "set by the clinic"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One entry to look at, and every reason why, worst first."""

    id: str
    kind: str
    statement: str
    reasons: tuple[str, ...]
    rank: tuple[int, int]
    review_by: date

    def as_json(self) -> dict[str, Any]:
        """Return it as `needlework evidence review` writes it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "statement": self.statement,
            "reasons": list(self.reasons),
            "review_by": self.review_by.isoformat(),
        }


def doubts(on: date | None = None, overrides: Iterable[Override] = ()) -> tuple[Doubt, ...]:
    """Return what to look at, worst first; without a day nothing counts as due."""
    judged = (_doubt(one, on) for one in (*everything(), *map(of_override, overrides)))
    return tuple(sorted((one for one in judged if one), key=lambda one: (one.rank, one.review_by, one.kind, one.id)))


def falling_due(after: date | None = None, overrides: Iterable[Override] = ()) -> Mapping[date, tuple[str, ...]]:
    """Return what is due when, the first day first; after a day, or all of it."""
    found: dict[date, list[str]] = {}
    for one in (*everything(), *map(of_override, overrides)):
        if after is None or one.review_by > after:
            found.setdefault(one.review_by, []).append(one.id)
    return {day: tuple(found[day]) for day in sorted(found)}


def as_json(on: date | None, overrides: Sequence[Override] = ()) -> dict[str, Any]:
    """Return the whole list as `needlework evidence review` writes it, a clinic's overrides with the rest."""
    return {
        "rule_set": VERSION,
        "on": on.isoformat() if on else None,
        "doubts": [one.as_json() for one in doubts(on, overrides)],
        "due": [{"review_by": day.isoformat(), "ids": list(ids)} for day, ids in falling_due(on, overrides).items()],
    }


def everything() -> Iterator[Entry]:
    """Return every entry of the catalogue, then what other rule files hold that is not all read in a source."""
    yield from entries().values()
    yield from (one for one in others().values() if one.verified in {Verified.UNVERIFIED, Verified.PARTIAL})


def of_override(one: Override) -> Entry:
    """Return a clinic's override as an entry: its owner promised to look at it again."""
    return Entry(
        id=one.name,
        kind="override",
        statement=one.told,
        verified=SET_BY_CLINIC,
        sources=(),
        review_by=one.review_by,
        text=one.told,
    )


def _doubt(one: Entry, on: date | None) -> Doubt | None:
    found = [reason for reason in REASONS if _holds(reason, one, on)]
    if not found:
        return None
    words = tuple(
        REASONS[reason].format(bears=one.bears, verified=one.verified, review_by=one.review_by) for reason in found
    )
    rank = (list(REASONS).index(found[0]), -_gravity(one.bears))
    return Doubt(one.id, one.kind, one.statement, words, rank, one.review_by)


def _holds(reason: str, one: Entry, on: date | None) -> bool:
    deciding = one.bears in DECIDING
    return {
        "decides": one.verified == Verified.UNVERIFIED and deciding,
        "unverified": one.verified == Verified.UNVERIFIED and not deciding,
        "partial": one.verified == Verified.PARTIAL,
        "law": one.kind == "law" and one.verified != "confidence high",
        "conflict": bool(one.conflicts),
        "memory": one.verified is False,
        "due": on is not None and one.review_by <= on,
    }[reason]


def _gravity(bears: str | None) -> int:
    """Return how grave an outcome or tier is; nothing decided is 0."""
    if bears in set(Outcome):
        return Outcome(bears).rank
    return Tier(bears).rank + 1 if bears in set(Tier) else 0
