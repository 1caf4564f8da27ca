"""What a virtual practice or a study found, as the command writes it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from needlework.forecast.cohort.practice import Practice, Shares
from needlework.forecast.cohort.protocol import Protocol
from needlework.forecast.cohort.study import LEVEL, MOST_PEOPLE, WANTED_POWER, Power, Study, Trials, needed, power
from needlework.forecast.concerns import CONCERNS
from needlework.forecast.expecting import evidence
from needlework.forecast.expecting.bands import band, band_of, quantiles, rounded
from needlework.forecast.expecting.cautions import cautions
from needlework.forecast.expecting.course import Course, Limits
from needlework.forecast.expecting.expectation import MODEL

ANY_DAY = date(2000, 1, 3)
"""The calendar of a course whose days alone count."""
CURVES = {"series": "shares", "untreated": "untreated", "alternatives": "difference"}
"""What stands behind a forecast → what it stands behind here."""
WANTED = f"{100 * WANTED_POWER:.0f}%"
AVERAGED = (
    "Each power is a mean over what nobody knows: some such studies would nearly always tell, others hardly ever."
)
BY_CHANCE = f"Where two protocols do the same, {100 * LEVEL:.0f}% of studies still say that they do not."
ENOUGH = f"To tell the two apart in {WANTED} of studies takes about {{people}} people in each group."
MORE = "That is more than any size that was asked about."
NONE_TELLS = (
    f"Not even {MOST_PEOPLE} people in each group tell the two apart in {WANTED} of studies: they do the same, or too "
    "little is known to say which does more."
)


def of_practice(practice: Practice, limits: Limits, shares: Shares) -> dict[str, Any]:
    """Return the bands of a virtual practice's people (n, T)."""
    bands = [band(five) for five in quantiles(shares.T)]
    days = zip(practice.after_last, bands, strict=True)
    return {
        **_head(practice.concern, [practice.protocol]),
        "people": len(shares),
        "late_days": practice.late_days,
        "shares": [{"days_after_last": day, **one.as_json()} for day, one in days],
        **_foot(practice.concern, [practice.protocol], limits),
    }


def of_study(study: Study, limits: Limits, trials: Trials) -> dict[str, Any]:
    """Return the power of a study for each of its sizes, and what it takes to tell two protocols apart."""
    enough = needed(trials)
    return {
        **_head(study.concern, study.protocols),
        "sd": study.sd,
        "measured_days_after_last": study.after_last,
        "trials": len(trials.told),
        "difference": band_of(trials.differences).as_json(),
        "power": [_power(one) for one in power(study, trials)],
        "people_needed": enough,
        "sentence": _sentence(study, enough),
        **_foot(study.concern, study.protocols, limits),
    }


def _head(concern: str, protocols: Sequence[Protocol]) -> dict[str, Any]:
    named = [{name: getattr(one, name) for name in one.__slots__} for one in protocols]
    return {"model": MODEL, "concern": concern, "share_of": CONCERNS[concern].share_of, "protocols": named}


def _foot(concern: str, protocols: Sequence[Protocol], limits: Limits) -> dict[str, Any]:
    """Return what the shares rest on, and what must be said beside them."""
    first, *others = (_course(concern, one) for one in protocols)
    behind = [one for one in evidence.told(first, others) if one["of"] in CURVES]
    warnings = dict.fromkeys(warning for one in (first, *others) for warning in cautions(one, limits))
    return {"evidence": [one | {"of": CURVES[one["of"]]} for one in behind], "warnings": list(warnings)}


def _course(concern: str, protocol: Protocol) -> Course:
    dates = tuple(ANY_DAY + timedelta(days=int(day)) for day in protocol.days[:, 0])
    return Course(concern, dates, protocol.depth_mm, protocol.punctures_per_cm2)


def _power(one: Power) -> dict[str, Any]:
    return {
        "people": one.people,
        "told_apart": rounded(one.share),
        "interval_95": [rounded(end) for end in one.interval],
        "wrong_way": rounded(one.wrong_way),
    }


def _sentence(study: Study, enough: int | None) -> str:
    if enough is None:
        found = [NONE_TELLS]
    else:
        found = [ENOUGH.format(people=enough), *([MORE] if enough > max(study.people) else [])]
    return " ".join([*found, AVERAGED, BY_CHANCE])
