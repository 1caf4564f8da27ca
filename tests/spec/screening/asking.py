"""How a spec asks a rule: one answer, one plan, and exactly what is found.

The plan is unremarkable unless a spec says otherwise: both cheeks of somebody of 40 with skin type II, with a device
that no rule names, without numbing.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from needlework.clinical import screening
from needlework.evidence.errors import InputError

Found = tuple[str, str | None, tuple[str, ...]]
"""Outcome, until when, and the planned zones that are closed."""

PLAN = {"zones": ["cheeks"], "device": "Dr.pen", "jurisdiction": "England", "planned_date": "2026-11-22"}
PATIENT = {"age_years": 40, "fitzpatrick": "II"}


def excludes() -> Found:
    return ("exclude", None, ())


def refers(until: str | None = None, zones: tuple[str, ...] = ()) -> Found:
    return ("refer", until, zones)


def defers(until: str | None = None, zones: tuple[str, ...] = ()) -> Found:
    return ("defer", until, zones)


def treats_around(until: str | None = None, zones: tuple[str, ...] = ()) -> Found:
    return ("treat_around", until, zones)


def adjusts(until: str | None = None, zones: tuple[str, ...] = ()) -> Found:
    return ("suitable_with_adjustments", until, zones)


def screened(
    answers: dict[str, Any], *, on: str | None = None, patient: dict[str, Any] | None = None, **plan: Any
) -> dict[str, Any]:
    """Return what the answers come to, as the command writes it."""
    planned = {**PLAN, **({"planned_date": on} if on else {}), **plan}
    case = {"patient": patient or PATIENT, "treatment": planned, "answers": answers}
    return screening.as_json(screening.screen(screening.read(case)))


def found(answered: dict[str, Any], rule: str) -> Found | None:
    """Return what one rule came to."""
    told = {one["rule"]: (one["outcome"], one["until"], tuple(one["zones"])) for one in answered["findings"]}
    return told.get(rule)


def refused(rule: str) -> None:
    """Check that a rule which the software raises itself is no key of the answers."""
    with pytest.raises(InputError) as refusal:
        screened({rule: {}})
    assert str(refusal.value) == f"answers.{rule}: This follows from the plan and the other answers. Take it out."


def spec(
    rule: str, *, given: dict[str, Any] | None = None, finds: Found | None, also: tuple[str, ...] = (), **plan: Any
) -> None:
    """Check that a yes to a rule finds just this (None: nothing), besides the derived rules in `also`."""
    answered = screened({rule: given or {}}, **plan)
    assert found(answered, rule) == finds
    assert tuple(one["rule"] for one in answered["findings"] if one["rule"] != rule) == also
    if not also:
        assert answered["outcome"] == (finds[0] if finds else "suitable")


def everywhere(rule: str, *, finds: Found) -> None:
    """Check a rule that counts whatever zone is named, and whether or not the person is sure."""
    spec(rule, finds=finds)
    spec(rule, given={"zones": ["back"]}, finds=finds)
    spec(rule, given={"zones": ["cheeks"]}, finds=finds)
    spec(rule, given={"unsure": True}, finds=refers() if finds == excludes() else finds)


def locally(rule: str, *, finds: Callable[..., Found], unsure: Callable[..., Found] | None = None) -> None:
    """Check a rule that counts where the named zones meet the planned ones, or where none is named.

    What only adjusts closes no zone.
    """
    closed = () if finds is adjusts else ("cheek-left",)
    spec(rule, given={"zones": ["cheek-left", "back"]}, finds=finds(zones=closed))
    spec(rule, given={"zones": ["forehead", "back"]}, finds=None)
    spec(rule, finds=finds())
    spec(rule, given={"zones": []}, finds=finds())
    spec(rule, given={"unsure": True}, finds=(unsure or finds)())
    spec(rule, given={"unsure": True, "zones": ["back"]}, finds=None)


def waits(rule: str, *, since: str, until: str, finds: Callable[..., Found] = defers, **plan: Any) -> None:
    """Check the day before a wait ends, the day and the day after; that no date, or an unsure one, never lapses."""
    day = date.fromisoformat(until)
    before, after = (day - timedelta(days=1)).isoformat(), (day + timedelta(days=1)).isoformat()
    spec(rule, given={"date": since}, finds=finds(until), **{**plan, "on": before})
    spec(rule, given={"date": since}, finds=None, **{**plan, "on": until})
    spec(rule, given={"date": since}, finds=None, **{**plan, "on": after})
    spec(rule, finds=finds(), **{**plan, "on": after})
    spec(rule, given={"date": since, "unsure": True}, finds=finds(), **{**plan, "on": after})
