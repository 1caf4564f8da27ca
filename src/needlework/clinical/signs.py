"""What may be seen after a treatment: signs, the combinations that weigh more, and what each tier promises.

Ids, labels, actions and reasons are for staff. A patient reads the fixed `patient_text`, which says what to do.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, TypeVar

from needlework.clinical.backing import rule_table
from needlework.clinical.overrides import Override, of
from needlework.clinical.terms import Tier, Verified
from needlework.evidence.errors import DataError
from needlework.evidence.sources import Source, cite

SIGNS, COMBINATIONS, TIERS = "signs.toml", "combinations.toml", "tiers.toml"
REPORTERS = ("patient", "practitioner")
"""Who reports a sign."""
TOLD = ("practitioner", "lead")
"""Who in the clinic may be told, in the order in which answers name them."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Something seen or felt after a treatment. Hours count from the treatment, or from the numbing cream.

    `notify` is who in the clinic is told, `tell` whom outside it. A temperature of `from_temperature_c` or more, in
    °C, counts as the sign.
    """

    id: str
    label: str
    onset: str
    onset_from_hours: float
    expected: bool
    tier: Tier
    frequency: str
    action: str
    patient_text: str
    notify: tuple[str, ...]
    tell: tuple[str, ...]
    sources: tuple[Source, ...]
    verified: Verified
    onset_to_hours: float | None = None
    expected_until_hours: float | None = None
    reported_by: str = "patient"
    from_temperature_c: float | None = None
    set_by_clinic: tuple[Override, ...] = ()

    @property
    def window(self) -> str:
        """Return when it usually begins, in hours."""
        if self.onset_to_hours is None:
            return f"from {self.onset_from_hours:g} h"
        return f"{self.onset_from_hours:g} to {self.onset_to_hours:g} h"


@dataclass(frozen=True, slots=True)
class Combination:
    """Signs that together weigh more than each alone; `within_hours` informs and never lowers."""

    id: str
    name: str
    signs: tuple[str, ...]
    tier: Tier
    reason: str
    patient_text: str
    sources: tuple[Source, ...]
    verified: Verified
    within_hours: float | None = None
    set_by_clinic: tuple[Override, ...] = ()

    @property
    def policy(self) -> str:
        """Return the mark of a weight that is policy; what was read in part is advice, never the weight."""
        return "" if self.verified is Verified.SEEN else " (policy, unverified)"


@dataclass(frozen=True, slots=True)
class TierRule:
    """What a tier promises; `notify`, and `tell` outside, are who is told where a rule, and not a sign, comes to it."""

    id: str
    words: str
    because: str
    patient_text: str
    notify: tuple[str, ...]
    sources: tuple[Source, ...]
    verified: Verified
    answer_within_minutes: int | None = None
    answer_within: str | None = None
    late_text: str = ""
    tell: tuple[str, ...] = ()


@cache
def signs() -> Mapping[str, Sign]:
    """Return every sign by id, in the order of the file, checked."""
    return load(rule_table(SIGNS))


@cache
def combinations() -> tuple[Combination, ...]:
    """Return every combination, checked against the signs."""
    return load_combinations(rule_table(COMBINATIONS), signs())


@cache
def tiers() -> Mapping[Tier, TierRule]:
    """Return what each tier promises, mildest first, checked."""
    return load_tiers(rule_table(TIERS))


def load(entries: Mapping[str, Any], overrides: Sequence[Override] = ()) -> Mapping[str, Sign]:
    """Return the signs of a document, or say which entry is wrong; a clinic's layer has its `overrides` with it."""
    read = {"tier": Tier, "notify": tuple, "tell": tuple}
    whole = {key: _with(overrides, SIGNS, key, entry) for key, entry in entries.items()}
    found = {key: made(Sign, SIGNS, key, entry, **read) for key, entry in whole.items()}
    for sign in found.values():
        _refuse(SIGNS, sign.id, (check(sign) for check in (_reporter, _told, _expected, _window)))
    return found


def load_combinations(
    entries: Mapping[str, Any], known: Mapping[str, Sign], overrides: Sequence[Override] = ()
) -> tuple[Combination, ...]:
    """Return the combinations of a document, each of signs that are known."""
    read = {"tier": Tier, "signs": tuple}
    whole = {key: _with(overrides, COMBINATIONS, key, entry) for key, entry in entries.items()}
    found = tuple(made(Combination, COMBINATIONS, key, entry, **read) for key, entry in whole.items())
    for one in found:
        check_known(one.signs, known, file=COMBINATIONS, key=one.id)
        _refuse(COMBINATIONS, one.id, [_weight(one, known)])
    return found


def load_tiers(entries: Mapping[str, Any]) -> Mapping[Tier, TierRule]:
    """Return the tiers of a document, which has each of them once, mildest first."""
    if list(entries) != list(Tier):
        raise DataError(TIERS, ", ".join(entries), f"The tiers are, in this order: {', '.join(Tier)}.")
    read = {"notify": tuple, "tell": tuple}
    whole = {key: {"tell": (), **entry} for key, entry in entries.items()}
    return {Tier(key): made(TierRule, TIERS, key, entry, **read) for key, entry in whole.items()}


class Sourced(Protocol):
    """What says where it comes from."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """Return what it was read in."""

    @property
    def verified(self) -> Verified:
        """Return how much of it was read there."""


Made = TypeVar("Made", bound=Sourced)


def made(
    kind: Callable[..., Made], file: str, key: str, entry: Mapping[str, Any], **read: Callable[[Any], Any]
) -> Made:
    """Return an entry of a file as `kind`, its words and lists each read by name, or say what is wrong with it."""
    cited = cite(entry.get("sources", ()), file=file, key=key)
    try:
        words = {name: reader(entry[name]) for name, reader in {**read, "verified": Verified}.items()}
        one = kind(**(dict(entry) | words | {"id": key, "sources": cited}))
    except KeyError as missing:
        raise DataError(file, key, f"There is no {missing.args[0]}. Add it.") from None
    except (TypeError, ValueError) as wrong:
        raise DataError(file, key, f"{wrong}. Mend that key as in the entries beside it.") from None
    if any(source.url for source in cited) != (one.verified is not Verified.UNVERIFIED):
        raise DataError(file, key, "Only what stands in a publication is seen or partial: mend verified or sources.")
    return one


def check_known(ids: Iterable[str], known: Collection[str], *, file: str, key: str) -> None:
    """Refuse an entry that names a sign which is not there."""
    for one in ids:
        if one not in known:
            raise DataError(file, key, f"There is no sign {one!r}. Add it to {SIGNS}, or name one that is there.")


def _with(overrides: Sequence[Override], file: str, key: str, entry: Mapping[str, Any]) -> Mapping[str, Any]:
    changed = of(overrides, file, key)
    return {**entry, "set_by_clinic": changed} if changed else entry


def _refuse(file: str, key: str, complaints: Iterable[str]) -> None:
    for sentence in filter(None, complaints):
        raise DataError(file, key, sentence)


def _reporter(sign: Sign) -> str:
    return "" if sign.reported_by in REPORTERS else f"reported_by is one of: {', '.join(REPORTERS)}."


def _told(sign: Sign) -> str:
    if set(sign.notify) - set(TOLD):
        return f"notify holds only: {', '.join(TOLD)}. Others stand in tell."
    return "" if sign.notify or sign.expected else "Nobody in the clinic is told: add notify."


def _expected(sign: Sign) -> str:
    if sign.expected != (sign.tier is Tier.EXPECTED):
        return "A sign is expected exactly when its tier is: mend expected or tier."
    limited = sign.expected_until_hours is not None or not sign.expected
    return "" if limited else "An expected sign says until when: add expected_until_hours."


def _window(sign: Sign) -> str:
    right = sign.onset_to_hours is None or 0 <= sign.onset_from_hours <= sign.onset_to_hours
    return "" if right else "A window begins at 0 hours or later, and before it ends: mend the onset hours."


def _weight(one: Combination, known: Mapping[str, Sign]) -> str:
    if len(set(one.signs)) < 2:
        return "A combination has at least two signs."
    worst = max(known[sign].tier.rank for sign in one.signs)
    return "" if one.tier.rank >= worst else "Its tier is milder than that of one of its signs: raise it."
