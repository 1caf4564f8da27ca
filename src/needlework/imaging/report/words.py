"""What is said of a comparison, in sentences that a patient can read."""

from collections.abc import Iterable, Mapping

from needlework.imaging.change.verdicts import Asked, Change, Verdict
from needlework.imaging.comparison import Comparison
from needlework.imaging.zones.words import in_words

NOT_COMPARABLE = "These photographs cannot be compared."
DOUBTFUL = "These photographs cannot tell whether the skin changed."
NOTHING = "Nothing could be measured in these photographs."
NO_CHANGE = "No change we can detect"
DIGITS = {"%": 0, "% of area": 1, "a*": 1, "° ITA": 1}
UNITS = {"% of area": "% of the skin", "a*": " a*"}
"""How a unit stands behind a number, where it is not as it is."""
NAMES = {"striae": "stretch marks"}
WIDTHS = ("width_mm_before", "width_mm_after")
VERDICTS: dict[Verdict, str] = {
    "changed": "changed",
    "not-distinguishable": "without a change we can detect",
    "not-measurable": "not measurable",
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
        return f"{NO_CHANGE}, in {counted(len(measured), 'measurement')}."
    more = "by more than photographs differ on their own"
    return f"{changed} of {counted(len(measured), 'measurement')} changed {more}."


def named(measure: str) -> str:
    """Return a measure as it stands in a sentence."""
    return NAMES.get(measure, measure)


def said(change: Change) -> str:
    """Return the answer: `18% smoother`, `Redder by 1.2 a*`, `No change we can detect`, `Not measurable`."""
    if change.verdict == "not-measurable" or change.change is None:
        return "Not measurable"
    if change.verdict == "not-distinguishable":
        return NO_CHANGE
    return capital(difference(change, change.change))


def difference(change: Change, value: float) -> str:
    """Return by how much a value differs, and which way: `18% smoother`, `redder by 1.2 a*`."""
    direction = change.kind.more if value > 0 else change.kind.less
    much = amount(change, abs(value))
    return f"{much} {direction}" if change.kind.unit == "%" else f"{direction} by {much}"


def spanned(change: Change) -> str:
    """Return the error beside the answer: the 95 % interval, or how far photographs differ on their own."""
    if change.change is None or change.interval is None or change.smallest_detectable_change is None:
        return change.reason or ""
    if change.verdict == "not-distinguishable" and change.beyond_its_error:
        return f"{difference(change, change.change)} as measured, but not beyond doubt"
    if change.verdict == "not-distinguishable":
        return f"photographs differ by {amount(change, change.smallest_detectable_change)} on their own"
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
    verdicts = [change.verdict for change in changes]
    return ", ".join(f"{verdicts.count(verdict)} {what}" for verdict, what in VERDICTS.items() if verdict in verdicts)


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
