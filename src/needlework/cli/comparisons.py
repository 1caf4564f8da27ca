"""A comparison for a terminal: what changed, what could not be measured, and one line for every zone."""

from collections.abc import Iterable, Iterator, Mapping

from needlework.cli.tables import paragraph, table
from needlework.imaging.change.verdicts import Asked, Change
from needlework.imaging.comparison import Comparison
from needlework.imaging.measures.kinds import Kind
from needlework.imaging.report import words
from needlework.imaging.report.facts import seen
from needlework.imaging.skin.checking import Answer

NOT_MEASURED = "?"
PERCENT = "%"
CHANCE = "On a whole face about one may be chance."
IN_PERCENT = "In % where no unit is named."
LEGEND: dict[words.Outcome, str] = {
    "changed": "+ or - is a change.",
    "still": "< 6: no change was found; one smaller than 6 would not have been seen.",
    "chance": "(+7) is beyond its own error, but among so many measurements it may be chance.",
    "withheld": "withheld: these photographs cannot answer for it, and the reason stands at the top.",
    "unmeasured": "? is not measured.",
}


def told(comparison: Comparison) -> str:
    """Return a comparison as a person reads it in a terminal."""
    changes = comparison.changes or {}
    parts = ["\n".join(map(paragraph, (words.headline(comparison), *comparison.reasons)))]
    parts += [f"{words.heading(comparison)}:\n{found}" for found in ["\n".join(_changed(comparison))] if found]
    parts += [f"Could not be measured:\n{found}" for found in ["\n".join(_unmeasured(changes))] if found]
    parts += [paragraph(f"{words.ONE_VISIT}: {found}. {CHANCE}") for found in ["; ".join(_spots(changes))] if found]
    if changes:
        parts.append(f"{_zones(changes)}\n\n{paragraph(_legend(changes))}")
    if comparison.visits:
        parts.append("\n".join(paragraph(f"{name}: {what}") for name, what in seen(comparison)))
    return "\n\n".join(parts)


def _changed(comparison: Comparison) -> Iterator[str]:
    control = comparison.visits.control if comparison.visits else None
    for (zone, measure), change in (comparison.changes or {}).items():
        if change.verdict == "changed":
            where = f"{words.place(zone, control)}, {words.named(measure)}"
            yield paragraph(f"{where}: {words.said(change)} ({'; '.join(words.notes(change))})", "  ")


def _spots(changes: Mapping[Asked, Change]) -> Iterator[str]:
    for (zone, _), change in changes.items():
        if counts := words.counts(change):
            yield f"{words.bare(zone)} {counts}"


def _unmeasured(changes: Mapping[Asked, Change]) -> Iterator[str]:
    for reason, what in words.unmeasured(changes).items():
        yield paragraph(f"{words.capital(what)}. {reason}", "  ")


def _zones(changes: Mapping[Asked, Change]) -> str:
    """Return one line for every zone, with a column for every measure."""
    kinds = {measure: change.kind for (_, measure), change in changes.items()}
    zones = dict.fromkeys(zone for zone, _ in changes)
    rows = [(words.bare(zone), *(_cell(changes.get((zone, measure))) for measure in kinds)) for zone in zones]
    return table(("Zone", *(_headed(measure, kind) for measure, kind in kinds.items())), rows)


def _legend(changes: Mapping[Asked, Change]) -> str:
    """Return what the signs in the table mean, of those that are in it."""
    found = {words.outcome(change) for change in changes.values()}
    return " ".join([IN_PERCENT, *(line for one, line in LEGEND.items() if one in found)])


def _headed(measure: str, kind: Kind) -> str:
    return words.named(measure) if kind.unit == PERCENT else f"{words.named(measure)} ({kind.unit})"


def _cell(change: Change | None) -> str:
    if change is None or change.change is None or change.smallest_detectable_change is None:
        return NOT_MEASURED
    signed = f"{'+' if change.change > 0 else '-'}{words.number(change, abs(change.change))}"
    signs = {"changed": signed, "chance": f"({signed})", "withheld": words.WITHHELD.lower()}
    return signs.get(words.outcome(change), f"< {words.number(change, change.smallest_detectable_change)}")


def recovered(answers: Iterable[Answer]) -> str:
    """Return what was measured of rendered skin beside its truth, and which other measures changed too."""
    headers = ("Rendered skin", "True", "Measured", "95 % interval", "Holds it", "Also changed")
    return table(headers, [(*_recovered(answer), _echoes(answer)) for answer in answers])


def _echoes(answer: Answer) -> str:
    """Return the other measures that changed, each by how much."""
    return ", ".join(f"{words.named(name)} {_cell(change)}" for name, change in answer.echoes.items())


def _recovered(answer: Answer) -> tuple[str, ...]:
    case, change, unit = answer.case, answer.change, answer.change.kind.unit
    true = f"{case.true:.0f} {case.counted}" if case.counted else f"{case.true:+.1f} {unit}"
    if change.change is None or change.interval is None:
        return case.name, true, change.reason or "", "", ""
    if case.counted:
        count = change.extra.get(case.counted, 0)
        return case.name, true, f"{count:.0f} {case.counted}", "", _yes(count == case.true)
    low, high = change.interval
    return case.name, true, f"{change.change:+.1f} {unit}", f"{low:+.1f} to {high:+.1f}", _yes(low <= case.true <= high)


def _yes(so: bool) -> str:
    return "yes" if so else "no"
