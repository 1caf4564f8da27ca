"""From a finished session to what the patient does, from when until when, why, and what to expect on each day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from needlework.clinical import safety_net
from needlework.clinical.aftercare.dating import Dated, dated, hours
from needlework.clinical.aftercare.expected import Day, days
from needlework.clinical.aftercare.instructions import rules
from needlework.clinical.aftercare.session import FinishedSession
from needlework.clinical.fields import Fields
from needlework.clinical.rule_set import VERSION
from needlework.clinical.terms import CONCERNS, DEPTH_MM, SKIN_TYPES
from needlework.evidence.errors import InputError
from needlework.evidence.zones import expand


@dataclass(frozen=True, slots=True)
class Aftercare:
    """What a patient is given after a session."""

    instructions: tuple[Dated, ...]
    expected: tuple[Day, ...]


def read(document: Any) -> FinishedSession:
    """Return a document as a finished session, or say what is wrong with it."""
    fields = Fields(document)
    finished_at = fields.moment("finished_at")
    zones = _zones(fields)
    concern = fields.choice("concern", CONCERNS)
    skin_type = fields.choice("skin_type", SKIN_TYPES)
    max_depth_mm = fields.number("max_depth_mm", "mm", least=DEPTH_MM[0], most=DEPTH_MM[1])
    used = _used(fields)
    session = FinishedSession(finished_at, zones, concern, skin_type, max_depth_mm, used)
    session = replace(session, choices=_choices(fields.object("choices"), session))
    fields.done()
    _check_order(session)
    return session


def advise(session: FinishedSession) -> Aftercare:
    """Return the dated instructions and the expected course of a finished session."""
    return Aftercare(dated(session), days(session.finished_at))


def as_json(aftercare: Aftercare) -> dict[str, Any]:
    """Return it as every command writes it, with the whole safety net."""
    return {
        "rule_set": VERSION,
        "instructions": [one.as_json() for one in aftercare.instructions],
        "expected": [day.as_json() for day in aftercare.expected],
        "safety_net": safety_net.as_json(),
    }


def _zones(fields: Fields) -> tuple[str, ...]:
    names = fields.texts("zones")
    if not names:
        raise InputError("zones", "Name at least one zone that was treated.")
    return expand(names, field="zones", planned=True)


def _used(fields: Fields) -> tuple[str, ...]:
    named: tuple[str, ...] = fields.texts("used", ())
    for place, one in enumerate(named):
        if one not in rules().used:
            raise InputError(f"used[{place}]", f"That is not known here. Send one of: {', '.join(rules().used)}.")
    return tuple(dict.fromkeys(named))


def _choices(fields: Fields, session: FinishedSession) -> Mapping[str, int]:
    chosen = {}
    for key, instruction in rules().instructions.items():
        span = hours(instruction, session)
        if span is not None and fields.has(key):
            chosen[key] = fields.whole(key, "hours", least=span.range[0], most=span.range[1])
            if chosen[key] < span.least:
                raise InputError(fields.name(key), span.refusal)
    fields.done()
    return chosen


def _check_order(session: FinishedSession) -> None:
    """Refuse hours by which something would begin before what it comes after has turned."""
    spans = {key: hours(one, session) for key, one in rules().instructions.items() if one.applies(session)}
    for key, span in spans.items():
        before = rules().instructions[key].after
        first = spans.get(before or "")
        if first is not None and span is not None and first.chosen > span.chosen:
            raise InputError(f"choices.{key}", f"Send at least as many hours as for {before}, which comes first.")
