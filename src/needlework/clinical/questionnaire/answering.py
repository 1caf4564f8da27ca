"""From answers in the patient's words to the answers that screening reads."""

from collections.abc import Mapping, Sequence
from typing import Any

from needlework.clinical.questionnaire.asking import walk
from needlework.clinical.questionnaire.loading import questionnaire
from needlework.clinical.questionnaire.page import ANSWER, ELSEWHERE, ON, Said, Trigger, is_day
from needlework.clinical.screening.loading import rules


def answers(given: Mapping[str, Any], *, zones: Sequence[str]) -> dict[str, Any]:
    """Return `patient`, `answers` and `free_text` as a screening document holds them; `zones` are the planned ones.

    Answers that contradict each other all count.
    """
    said = walk(given, zones=zones).said
    found: dict[str, dict[str, Any]] = {}
    for trigger in questionnaire().triggers:
        if all(one.holds(said) for one in trigger.when) and not _only_elsewhere(trigger, said):
            entry = _entry(trigger, said, zones)
            found[trigger.rule] = _both(found[trigger.rule], entry) if trigger.rule in found else entry
    return {"patient": _patient(said), "answers": found, "free_text": _alone(said, "anything-else") or ""}


def _patient(said: Said) -> dict[str, str]:
    told = {"date_of_birth": _alone(said, "date-of-birth"), "fitzpatrick": _alone(said, "skin-type")}
    return {key: value for key, value in told.items() if value}


def _alone(said: Said, page: str) -> Any:
    return said.get(page, {}).get(ANSWER)


def _entry(trigger: Trigger, said: Said, zones: Sequence[str]) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    if any(said[one.page][one.question] == "unsure" for one in trigger.when):
        entry["unsure"] = True
    if where := _zones(trigger, said, zones):
        entry["zones"] = list(where)
    if trigger.date and is_day(day := _alone(said, trigger.date)):
        entry["date"] = day
    if trigger.same_day and (day := said[trigger.when[0].page].get(ON)):
        entry["date"] = day
    return entry


def _only_elsewhere(trigger: Trigger, said: Said) -> bool:
    """Say whether it was declared for no planned zone at all, under a rule that counts in places."""
    answered = trigger.zones is not None and _alone(said, trigger.zones) == [ELSEWHERE]
    return answered and rules()[trigger.rule].scope == "local"


def _zones(trigger: Trigger, said: Said, zones: Sequence[str]) -> tuple[str, ...]:
    """Return where it is: as answered, or the one planned zone. An answer of elsewhere alone names none."""
    if trigger.zones is None:
        return ()
    if trigger.zones in said:
        return tuple(zone for zone in said[trigger.zones][ANSWER] if zone != ELSEWHERE)
    return tuple(zones) if len(zones) == 1 and not questionnaire().by_id[trigger.zones].elsewhere else ()


def _both(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Return what two answers to one rule come to, read widely: anywhere, still there, and sure if either is."""
    return {"unsure": True} if "unsure" in one and "unsure" in other else {}
