"""What is said of a comparison, in sentences that a patient can read."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from needlework.evidence.zones import in_words
from needlework.imaging.change.verdicts import Asked, Change
from needlework.imaging.comparison import Comparison

NOT_COMPARABLE = "These photographs cannot be compared."
DOUBTFUL = "These photographs cannot tell whether the skin changed."
NOTHING = "Nothing could be measured in these photographs."
NO_CHANGE = "No change we can detect"
BY_CHANCE = "No change beyond chance"
WITHHELD = "Withheld"
CHANGED = "What changed beyond chance"
CONTROL = "The control zone"
ONE_VISIT = "Spots that one visit alone shows"
DIGITS = {"%": 0, "% of area": 2, "a*": 1, "° ITA": 1}
UNITS = {"% of area": "% of the skin", "a*": " a*"}
"""How a unit stands behind a number, where it is not as it is."""
NAMES = {"striae": "stretch marks"}
APART = "darker or larger spots", "fainter or smaller spots"
"""What more and less of the skin under spots means, where it is not their number that tells of it."""
WIDTHS = ("width_mm_before", "width_mm_after")
Outcome = Literal["changed", "chance", "still", "withheld", "unmeasured"]
OUTCOMES: dict[Outcome, str] = {
    "changed": "changed",
    "chance": "that may be chance",
    "still": "without a change we can detect",
    "withheld": "withheld",
    "unmeasured": "not measurable",
}
SAID: dict[Outcome, str] = {
    "chance": BY_CHANCE,
    "still": NO_CHANGE,
    "withheld": WITHHELD,
    "unmeasured": "Not measurable",
}
PLAIN = {"glabella": "between the brows", "periorbital": "around the {side} eye", "perioral": "{side} of the mouth"}
"""Zones whose own names a patient need not know; sides are the patient's own."""
EVERYWHERE = "every zone"
EVERYTHING = "everything"


def headline(comparison: Comparison) -> str:
    """Return the whole comparison in one sentence."""
    if not comparison.comparable:
        return NOT_COMPARABLE
    control = comparison.visits.control if comparison.visits else None
    asked = [change for (zone, _), change in (comparison.changes or {}).items() if zone != control]
    measured = [change for change in asked if change.verdict != "not-measurable"]
    changed = sum(change.verdict == "changed" for change in measured)
    if not measured:
        return NOTHING
    if comparison.reasons:
        return DOUBTFUL
    if not changed:
        return _unchanged([outcome(change) for change in measured])
    more = "by more than photographs differ on their own"
    return f"{changed} of {counted(len(measured), 'measurement')} changed {more}."


def _unchanged(outcomes: Sequence[Outcome]) -> str:
    among = f"in {counted(len(outcomes), 'measurement')}"
    if beyond := outcomes.count("chance"):
        return f"{BY_CHANCE}, {among}; {beyond} {'stands' if beyond == 1 else 'stand'} out, which may be chance."
    return f"{NO_CHANGE}, {among}."


def outcome(change: Change) -> Outcome:
    """Return what became of a measurement, with what was withheld apart from what may be chance."""
    if change.verdict == "changed":
        return "changed"
    if change.verdict == "not-measurable" or change.change is None:
        return "unmeasured"
    if change.withheld:
        return "withheld"
    return "chance" if change.beyond_its_error else "still"


def heading(comparison: Comparison) -> str:
    """Return what stands above the changes: of a doubtful comparison only those of the control zone are left."""
    return CONTROL if comparison.reasons else CHANGED


def named(measure: str) -> str:
    """Return a measure as it stands in a sentence."""
    return NAMES.get(measure, measure)


def said(change: Change) -> str:
    """Return the answer: `18% smoother`, `Redder by 1.2 a*`, `No change we can detect`, `Not measurable`."""
    return SAID.get(outcome(change)) or capital(difference(change, change.change or 0))


def difference(change: Change, value: float) -> str:
    """Return by how much a value differs, and which way: `18% smoother`, `redder by 1.2 a*`."""
    direction = _direction(change, value)
    much = amount(change, abs(value))
    return f"{much} {direction}" if change.kind.unit == "%" else f"{direction} by {much}"


def _direction(change: Change, value: float) -> str:
    more, less = change.kind.more, change.kind.less
    if "new" in change.extra and (change.extra["new"] - change.extra["gone"]) * value <= 0:
        more, less = APART
    return more if value > 0 else less


def spanned(change: Change) -> str:
    """Return the error beside the answer: the 95 % interval, or how far photographs differ on their own."""
    found = outcome(change)
    if found == "withheld" or change.change is None or change.interval is None:
        return change.reason or ""
    if found == "chance":
        return f"{difference(change, change.change)} as measured, which may be chance"
    if found == "still":
        return f"photographs differ by {amount(change, change.smallest_detectable_change or 0)} on their own"
    low, high = sorted(abs(end) for end in change.interval)
    return f"{number(change, low)} to {amount(change, high)}"


def notes(change: Change) -> list[str]:
    """Return what stands beside the answer: its error, what was counted, and what it is told against."""
    widths = [f"{change.extra[key]:.1f} mm" for key in WIDTHS if key in change.extra]
    wide = f"{widths[1]} wide, {widths[0]} before" if widths else ""
    against = "told against the control zone" if change.relative else ""
    return [note for note in (spanned(change), counts(change), wide, against) if note]


def counts(change: Change) -> str:
    """Return how many spots came and went: `2 new, 1 gone`."""
    return ", ".join(f"{change.extra[word]} {word}" for word in ("new", "gone") if change.extra.get(word))


def summary(changes: Iterable[Change]) -> str:
    """Return what became of a zone: `2 changed, 4 without a change we can detect, 1 not measurable`."""
    found = [outcome(change) for change in changes]
    return ", ".join(f"{found.count(one)} {what}" for one, what in OUTCOMES.items() if one in found)


def unmeasured(changes: Mapping[Asked, Change]) -> dict[str, str]:
    """Return for every reason what it kept from being measured: `redness and tone: every zone`."""
    every = {zone for zone, _ in changes}, {measure for _, measure in changes}
    reasons: dict[str, dict[str, list[str]]] = {}
    for (zone, measure), change in changes.items():
        if change.verdict == "not-measurable":
            reasons.setdefault(change.reason or "", {}).setdefault(zone, []).append(measure)
    return {reason: _kept_from(zones, *every) for reason, zones in reasons.items()}


def _kept_from(zones: Mapping[str, list[str]], all_zones: set[str], all_measures: set[str]) -> str:
    alike: dict[str, list[str]] = {}
    for zone, measures in zones.items():
        what = EVERYTHING if set(measures) == all_measures else listed(map(named, measures))
        alike.setdefault(what, []).append(zone)
    return "; ".join(
        f"{what}: {EVERYWHERE if set(places) == all_zones else listed(map(bare, places))}"
        for what, places in alike.items()
    )


def bare(zone: str) -> str:
    """Return a zone as it stands in a list or table, and as a patient would name it: `around the left eye`."""
    part, _, side = zone.rpartition("-")
    return PLAIN.get(part or side, in_words(zone).removeprefix("the ")).format(side=side)


def place(zone: str, control: str | None) -> str:
    """Return a zone as it begins a line, and whether it is the control zone."""
    return capital(bare(zone)) + (" (control zone)" if zone == control else "")


def listed(words: Iterable[str]) -> str:
    """Return words as a sentence lists them: `wrinkles, texture and tone`."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 photograph`, `2 photographs`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def capital(words: str) -> str:
    """Return words as they begin a sentence, or a line."""
    return words[:1].upper() + words[1:]


def amount(change: Change, value: float) -> str:
    """Return a number with the unit of a change: `18%`, `1.2 a*`."""
    return f"{number(change, value)}{UNITS.get(change.kind.unit, change.kind.unit)}"


def number(change: Change, value: float) -> str:
    """Return a number as exactly as it is worth."""
    return f"{value:.{DIGITS[change.kind.unit]}f}"
