"""Two visits compared: from photographs to what changed, with its error, or why that cannot be told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from needlework.evidence import zones as zone_table
from needlework.evidence.errors import InputError
from needlework.imaging import ALGORITHM
from needlework.imaging.change.verdicts import Asked, Change, judge
from needlework.imaging.faces.face import Face
from needlework.imaging.inspection.visits import sight, why_not
from needlework.imaging.measures.asking import Visits
from needlework.imaging.measures.estimate import Unmeasured
from needlework.imaging.registration.stack import View
from needlework.imaging.shots import Shot
from needlework.imaging.zones.causes import Cause

DOUBTFUL = "The control zone changed too: something other than the treatment differs between these photographs."
WITHHELD = "The control zone changed too, so that this may be the photographs and not the skin."
LOST = (
    "The skin of one visit was not found again in the photographs of the other: perhaps it is another person, another "
    "view or other light. Check the names, and take the photographs as the first ones were taken."
)
UNGUARDED = "The control zone could not be measured, so that nothing guards these answers."
TWICE = (
    "{} is a photograph of both visits, and a photograph has not changed against itself. Name those of the later visit."
)
ONE_ZONE = "Name the one zone of the body that these photographs show, for instance abdomen."
NO_CONTROL = "Photographs of the body show one zone. Leave the control zone out."
NOTHING_ELSE = "No other zone is asked for. Name the treated zones too, or leave the control zone out."


@dataclass(frozen=True, eq=False)
class Comparison:
    """What is said of two visits."""

    comparable: bool
    reasons: tuple[str, ...] = ()
    """Why the visits cannot be compared, or why the comparison is doubtful."""
    changes: Mapping[Asked, Change] | None = None
    visits: Visits | None = None
    """The aligned photographs, for pictures."""
    doubts: tuple[str, ...] = ()
    """Sentences: why the sticker of a photograph was not trusted, or that there is no control zone to trust."""

    def as_json(self) -> dict[str, Any]:
        """Return it as `needlework measure --json` promises."""
        shown = {"comparable": self.comparable, "reasons": list(self.reasons), "algorithm": ALGORITHM}
        if self.visits is None or self.changes is None:
            return shown
        zones: dict[str, dict[str, Any]] = {}
        for (zone, measure), change in self.changes.items():
            zones.setdefault(zone, {})[measure] = change.as_json()
        return shown | self.visits.as_json() | {"doubts": list(self.doubts), "zones": zones}


def compare(
    before: Sequence[Shot],
    after: Sequence[Shot],
    *,
    zones: Sequence[str] = (),
    control: str | None = None,
    points: Mapping[str, Face] | None = None,
) -> Comparison:
    """Say what changed between two visits.

    Args:
        before: the shots of the first visit, one or more.
        after: the shots of the second visit.
        zones: zones and groups of the one zone table; the whole face where none is named.
        control: an untreated zone. When it changed, every answer is withheld.
        points: shot name → the face whose points a person placed, for photographs in which none is found.

    Raises:
        InputError: a visit has no shot, or the same file twice, or a zone is unknown, or is the control zone alone.

    """
    for field, shots in {"before": before, "after": after}.items():
        _refuse(field, shots)
    first, second = ([sight(shot, (points or {}).get(shot.name)) for shot in shots] for shots in (before, after))
    if reasons := why_not(first, second):
        return Comparison(False, reasons)
    views = [[one.view for one in visit] for visit in (first, second)]
    found = compared(*views, zones=asked_zones(zones, views[0], control), control=control)
    twice = _of_both(before, after)
    return replace(found, reasons=(twice,), changes=_withheld(found.changes or {}, twice)) if twice else found


def asked_zones(zones: Sequence[str], views: Iterable[View], control: str | None) -> tuple[str, ...]:
    """Return the zones that are asked for: those named, or the whole face; of a body one, without a control zone."""
    face = all(view.face for view in views)
    found = zone_table.expand(zones or (("face",) if face else ()), field="zones", planned=True)
    if not face and len(found) != 1:
        raise InputError("zones", ONE_ZONE)
    if not face and control:
        raise InputError("control", NO_CONTROL)
    if set(found) == {control_zone(control)}:
        raise InputError("control", NOTHING_ELSE)
    return found


def compared(
    before: Sequence[View], after: Sequence[View], *, zones: Sequence[str], control: str | None = None
) -> Comparison:
    """Say what changed between views that have been found comparable."""
    kept = control_zone(control)
    visits = Visits.of(before, after, zones=list(dict.fromkeys([*zones, *([kept] if kept else [])])), control=kept)
    if _lost(visits):
        return Comparison(False, (LOST,))
    changes = judge(visits.estimates)
    doubts = tuple(_doubts([*before, *after], visits))
    controls = {key: change for key, change in changes.items() if key[0] == kept}
    if any(change.verdict == "changed" for change in controls.values()):
        return Comparison(True, (DOUBTFUL,), _withheld(changes, WITHHELD) | controls, visits, doubts)
    return Comparison(True, (), changes, visits, doubts)


def control_zone(control: str | None) -> str | None:
    """Return the zone that is named as the control zone.

    Raises:
        InputError: it is unknown, or a group of several zones.

    """
    if control is None:
        return None
    try:
        found = zone_table.expand([control], field="control", planned=True)
    except InputError as wrong:  # which counts zones that are one of many
        raise InputError("control", wrong.sentence) from None
    if len(found) > 1:
        raise InputError("control", f"{control!r} stands for {len(found)} zones. Name the one that is not treated.")
    return found[0]


def _refuse(field: str, shots: Sequence[Shot]) -> None:
    if not shots:
        raise InputError(field, "Name at least one photograph of this visit.")
    seen: dict[str, str] = {}
    for shot in shots:
        if shot.digest in seen:
            raise InputError(field, f"{shot.name} is the same file as {seen[shot.digest]}. Take a second photograph.")
        seen[shot.digest] = shot.name


def _of_both(before: Sequence[Shot], after: Sequence[Shot]) -> str | None:
    """Return that a file is a shot of both visits, or None."""
    first = {shot.digest for shot in before}
    return next((TWICE.format(shot.name) for shot in after if shot.digest in first), None)


def _lost(visits: Visits) -> bool:
    """Return whether no zone can be measured, most of them because the visits could not be laid on each other."""
    causes = [found.cause for found in visits.zones.values() if isinstance(found, Unmeasured)]
    return not visits.measurable and 2 * causes.count(Cause.UNALIGNED) > len(causes)


def _doubts(views: Iterable[View], visits: Visits) -> Iterator[str]:
    for view in views:
        if view.sticker:
            yield from (f"{view.shot.name}: {doubt}" for doubt in view.sticker.doubts)
    if visits.control and visits.control not in visits.measurable:
        yield UNGUARDED


def _withheld(changes: Mapping[Asked, Change], why: str) -> dict[Asked, Change]:
    return {key: change.held_back(why) for key, change in changes.items()}
