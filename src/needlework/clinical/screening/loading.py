"""Reads the screening rules and checks them: what is wrong names the file, the rule and what to do."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from needlework.clinical import waits
from needlework.clinical.backing import rule_table
from needlework.clinical.devices import devices
from needlework.clinical.overrides import Override, of
from needlework.clinical.screening.rule import DERIVED, NEVER_ASKED, SCOPES, DeviceOverride, Rule, Wait
from needlework.clinical.terms import SKIN_TYPES, Outcome, Verified
from needlework.evidence.errors import DataError
from needlework.evidence.sources import cite

FILE = "screening.toml"

OUTCOMES = tuple(outcome.value for outcome in Outcome if outcome is not Outcome.SUITABLE)
REQUIRED = ("group", "label", "outcome", "scope", "rationale", "action", "sources", "verified")
KINDS: Mapping[str, type] = {
    **dict.fromkeys((*REQUIRED, "conflicts", "wait_from", "unsure"), str),
    **dict.fromkeys(("date_may_be_ahead", "no_topical_anaesthetic", "from_patient", "derived"), bool),
    **dict.fromkeys(("age_from", "age_below"), int),
    **dict.fromkeys(("sources", "skin_types", "device"), list),
    **dict.fromkeys(("wait", "may_loosen_to"), dict),
}
"""What each key of a rule holds."""
OVERRIDE_KINDS: Mapping[str, type] = {
    "device": str,
    "outcome": str,
    "wait": dict,
    "no_topical_anaesthetic": bool,
    "note": str,
}


@cache
def rules() -> Mapping[str, Rule]:
    """Return every rule by id, in the order of the file."""
    return load(rule_table(FILE))


def load(document: Mapping[str, Any], overrides: Sequence[Override] = ()) -> Mapping[str, Rule]:
    """Return the rules of a document, checked; those of a clinic's layer know the `overrides` that are in them."""
    found = {key: rule(key, entry) for key, entry in document.items()}
    for key in {one.id for one in overrides if one.file == FILE}:
        found[key] = replace(found[key], set_by_clinic=of(overrides, FILE, key))
    for key in DERIVED:
        if key not in found or not found[key].derived:
            raise DataError(FILE, key, "The software raises this rule itself. Put it back, with derived = true.")
    return found


def rule(key: str, entry: Any) -> Rule:
    """Return one table of the file as a rule, or say what is wrong with it."""
    _look(key, entry, KINDS, REQUIRED)
    rest = {name: value for name, value in entry.items() if name != "device"}
    made = Rule(**{**rest, **_read(key, entry), "id": key})
    for sentence in filter(None, (check(made) for check in CHECKS)):
        raise DataError(FILE, key, sentence)
    return made


def _read(key: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    never = entry["outcome"] == NEVER_ASKED
    return {
        "never_asked": never,
        "outcome": Outcome.SUITABLE if never else _outcome(key, "outcome", entry),
        "unsure": _outcome(key, "unsure", entry),
        "scope": _word(key, "scope", entry["scope"], SCOPES),
        "wait": _wait(key, "wait", entry),
        "may_loosen_to": _wait(key, "may_loosen_to", entry),
        "sources": cite([str(one) for one in entry["sources"]], file=FILE, key=key),
        "verified": Verified(_word(key, "verified", entry["verified"], tuple(Verified))),
        "skin_types": tuple(_word(key, "skin_types", one, SKIN_TYPES) for one in entry.get("skin_types", ())),
        "overrides": _overrides(key, entry.get("device", ())),
    }


def _overrides(key: str, entries: Collection[Any]) -> dict[str, DeviceOverride]:
    found: dict[str, DeviceOverride] = {}
    for entry in entries:
        _look(key, entry, OVERRIDE_KINDS, ("device",))
        name = _word(key, "device", entry["device"], devices())
        if name in found:
            raise DataError(FILE, key, f"{name} is overridden twice. Keep one of the two.")
        if not {"outcome", "wait", "no_topical_anaesthetic"} & set(entry):
            raise DataError(FILE, key, f"The override for {name} changes nothing. Say what it changes, or drop it.")
        found[name] = DeviceOverride(
            outcome=_outcome(key, "outcome", entry),
            wait=_wait(key, "wait", entry),
            no_topical_anaesthetic=entry.get("no_topical_anaesthetic"),
            note=entry.get("note"),
        )
    return found


def _look(key: str, entry: Any, kinds: Mapping[str, type], required: Collection[str]) -> None:
    if not isinstance(entry, dict):
        raise DataError(FILE, key, "This must be a table: keys and values under a name in brackets.")
    for name, value in entry.items():
        if name not in kinds:
            raise DataError(FILE, key, f"There is no key {name!r}. The keys are: {', '.join(kinds)}.")
        if type(value) is not kinds[name]:
            raise DataError(FILE, key, f"{name} is not of its kind. Write it as the other rules do.")
    for name in required:
        if not entry.get(name):
            raise DataError(FILE, key, f"{name} is missing. Add it.")


def _word(key: str, name: str, value: Any, allowed: Collection[str]) -> str:
    if value not in tuple(allowed):
        raise DataError(FILE, key, f"{name} {value!r} is not one of: {', '.join(allowed)}.")
    return str(value)


def _outcome(key: str, name: str, entry: Mapping[str, Any]) -> Outcome | None:
    return Outcome(_word(key, name, entry[name], OUTCOMES)) if name in entry else None


def _wait(key: str, name: str, entry: Mapping[str, Any]) -> Wait | None:
    if name not in entry:
        return None
    if not waits.is_wait(entry[name]):
        raise DataError(FILE, key, f"{name} is one unit and a whole number above 0: {{ days = 14 }}, weeks or months.")
    ((unit, number),) = entry[name].items()
    return Wait(number, unit)


def _dated(rule: Rule) -> str:
    if (rule.wait is None) != (rule.wait_from is None):
        return "A wait needs the day that it is counted from, and that day a wait: write wait and wait_from."
    if rule.wait is None and any(override.wait for override in rule.overrides.values()):
        return "A device's wait needs the rule's own: add wait and wait_from."
    if rule.wait is None and rule.date_may_be_ahead:
        return "Only a date that a wait is counted from may be ahead: add wait, or drop date_may_be_ahead."
    return ""


def _loosened(rule: Rule) -> str:
    least, wait = rule.may_loosen_to, rule.wait
    held = least is None or (wait is not None and not waits.at_least(least.as_json(), wait.as_json()))
    return "" if held else "may_loosen_to is not shorter than the wait: mend one of the two."


def _raised(rule: Rule) -> str:
    if rule.derived and rule.id not in DERIVED:
        return f"The software raises only: {', '.join(DERIVED)}. Drop derived."
    reads = bool(rule.skin_types) or rule.age_below is not None
    if rule.from_patient != reads:
        return "A rule from the patient says from_patient = true and for which age (age_below) or skin_types."
    return ""


def _honest(rule: Rule) -> str:
    read = any(source.url for source in rule.sources)
    held = read or rule.verified is Verified.UNVERIFIED
    return "" if held else 'No source of it was read: say verified = "unverified".'


CHECKS = (_dated, _loosened, _raised, _honest)
