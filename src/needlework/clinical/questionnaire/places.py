"""Places in the patient's words: the planned zones as lines to tick, never more than eight."""

from collections.abc import Mapping, Sequence

from needlework.clinical.questionnaire.checks import MOST_LINES
from needlework.clinical.questionnaire.loading import questionnaire
from needlework.clinical.questionnaire.page import ELSEWHERE, Line


def places(zones: Sequence[str], *, elsewhere: bool) -> tuple[Line, ...]:
    """Return the planned zones as lines, several in one where there would be more than eight.

    `elsewhere` adds a place that is not planned.
    """
    made = questionnaire()
    most = MOST_LINES - elsewhere
    lines = tuple(Line(zone, made.places[zone], zones=(zone,)) for zone in zones)
    for together in made.together:
        if len(lines) > most:
            lines = _together(lines, together)
    return (*lines, Line(ELSEWHERE, made.places[ELSEWHERE], zones=(ELSEWHERE,))) if elsewhere else lines


def _together(lines: Sequence[Line], together: Mapping[str, tuple[str, ...]]) -> tuple[Line, ...]:
    found: dict[str, Line] = {}
    for line in lines:
        name = next((name for name, members in together.items() if set(line.zones) <= set(members)), line.text)
        first = found.get(name)
        found[name] = (
            Line(first.id, name, zones=first.zones + line.zones) if first else Line(line.id, name, zones=line.zones)
        )
    return tuple(found.values())
