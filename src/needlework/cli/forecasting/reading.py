"""Reads a course as it was sent, with what goes beside it, and asks the rules for its limits.

    {"concern": "acne-scars", "sessions": 4, "interval_days": 28, "first_on": "2026-12-01", "device": "SkinPen",
     "depth_mm": 1.5, "punctures_per_cm2": 1000,
     "measured": [{"on": "2027-03-30", "value": 2, "before": 3, "scale": "goodman-baron"}],
     "compare_with": [{"sessions": 3}, {"interval_days": 42}]}

`dates` may stand in place of `sessions`, `interval_days` and `first_on`, and `zones`, each with its own depth and
density, in place of one depth and density; what was measured then names its zone. `device`, `measured` and
`compare_with` may be left out; in `compare_with`, what is left out is as in the course.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from needlework.clinical import planning
from needlework.clinical.devices import devices
from needlework.clinical.fields import Fields
from needlework.clinical.planning.rows import pens
from needlework.evidence.errors import InputError
from needlework.evidence.zones import meant
from needlework.forecast.concerns import concern
from needlework.forecast.expecting import Course, Limits, Measured
from needlework.forecast.expecting import course as checks
from needlework.forecast.expecting.measured import check

WHEN = ("sessions", "interval_days", "first_on")
DOSE = ("depth_mm", "punctures_per_cm2")
NOWHERE = ""
"""The zone of a course that names none."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One course for each zone, with what was measured there and the other courses beside it."""

    limits: Limits
    courses: Mapping[str, Course]
    measured: Mapping[str, tuple[Measured, ...]]
    instead: Mapping[str, tuple[Course, ...]]


def read(document: Any) -> Asked:
    """Return a document as what was asked, or say what is wrong with it."""
    fields = Fields(document)
    name = concern(sent(fields, "concern")).id
    limits = limits_of(fields, name)
    dates = _dates(fields, limits)
    courses = {zone: Course(name, dates, *dose) for zone, dose in _zones(fields, limits).items()}
    measured = [_measured(one, courses) for one in fields.objects("measured")]
    apart = sent(fields, "interval_days") or _interval(dates)
    others = [(one, _instead(one, dates, apart, limits)) for one in fields.objects("compare_with")]
    instead = {zone: tuple(_other(*both, course, limits) for both in others) for zone, course in courses.items()}
    for one, _ in others:
        one.done()
    fields.done()
    return Asked(limits, courses, {zone: tuple(one for at, one in measured if at == zone) for zone in courses}, instead)


def limits_of(fields: Fields, name: str) -> Limits:
    """Return what the rules say of a concern and of the device, or of all pens where none is named."""
    device = fields.choice("device", devices(), None)
    if device and devices()[device].radiofrequency:
        raise InputError("device", "The forecast is of needles without energy. Name a pen or a roller, or none.")
    deepest = devices()[device].hardware_limit_mm if device else None
    spacing = planning.interval_limits(name)
    return Limits(spacing.never_under_days, spacing.default_days, deepest or pens().deepest_mm)


def _dates(fields: Fields, limits: Limits) -> tuple[date, ...]:
    if not fields.has("dates"):
        first = fields.day("first_on")
        checks.check_year(first, "first_on")
        return _spaced(fields, first, sent(fields, "sessions"), sent(fields, "interval_days"), limits)
    if spare := [key for key in WHEN if fields.has(key)]:
        raise InputError(spare[0], "Send either dates, or sessions, interval_days and first_on. Leave this out.")
    days = _listed(fields)
    checks.check_dates(days, limits)
    return days


def _listed(fields: Fields) -> tuple[date, ...]:
    listed = {f"dates[{place}]": day for place, day in enumerate(fields.texts("dates"))}
    each = Fields(listed, fields.at)
    return tuple(each.day(key) for key in listed)


def _spaced(fields: Fields, first: date, sessions: Any, interval_days: Any, limits: Limits) -> tuple[date, ...]:
    """Return the days of some sessions; one session alone has no interval."""
    checks.check_sessions(sessions, fields.name("sessions"))
    if sessions == 1:
        return (first,)
    checks.check_interval(interval_days, limits, fields.name("interval_days"))
    checks.check_length((sessions - 1) * interval_days, fields.name("interval_days"))
    return tuple(first + timedelta(days=place * interval_days) for place in range(int(sessions)))


def _zones(fields: Fields, limits: Limits) -> dict[str, tuple[float, float]]:
    """Return depth and density by zone."""
    if not fields.has("zones"):
        return {NOWHERE: _dose(fields, limits)}
    if spare := [key for key in DOSE if fields.has(key)]:
        raise InputError(spare[0], "Every zone has its own. Leave this out, or leave zones out.")
    found: dict[str, tuple[float, float]] = {}
    for one in fields.objects("zones"):
        dose, named = _dose(one, limits), meant(one.text("zone"), field=one.name("zone"), planned=True)
        one.done()
        if not found.keys().isdisjoint(named):
            raise InputError(one.name("zone"), "This zone is there twice. Name it once.")
        found |= dict.fromkeys(named, dose)
    if not found:
        raise InputError("zones", "Name at least one zone, or leave zones out.")
    return found


def _dose(fields: Fields, limits: Limits) -> tuple[float, float]:
    depth_mm, punctures_per_cm2 = (sent(fields, key) for key in DOSE)
    checks.check_dose(depth_mm, punctures_per_cm2, limits, f"{fields.at}." if fields.at else "")
    return depth_mm, punctures_per_cm2


def _measured(fields: Fields, courses: Mapping[str, Course]) -> tuple[str, Measured]:
    zone = NOWHERE if NOWHERE in courses else fields.choice("zone", courses)
    numbers = {key: sent(fields, key) for key in ("value", "sd", "scale", "before")}
    one = Measured(on=fields.day("on"), **numbers)
    fields.done()
    check(one, courses[zone], fields.at)
    return zone, one


def _instead(fields: Fields, dates: tuple[date, ...], apart: Any, limits: Limits) -> tuple[date, ...]:
    """Return the days of another course; what is left out is as in the course."""
    if fields.has("dates"):
        if spare := [key for key in WHEN[:2] if fields.has(key)]:
            raise InputError(fields.name(spare[0]), "Send either dates, or sessions and interval_days. Leave this out.")
        days = _listed(fields)
        checks.check_dates(days, limits, fields.name("dates"))
        return days
    if not any(fields.has(key) for key in WHEN[:2]):
        return dates
    sessions = sent(fields, "sessions") if fields.has("sessions") else len(dates)
    interval = sent(fields, "interval_days") if fields.has("interval_days") else apart
    return _spaced(fields, dates[0], sessions, interval, limits)


def _interval(dates: tuple[date, ...]) -> int | None:
    """Return the days between sessions, where there is one number of them."""
    apart = {(later - day).days for day, later in pairwise(dates)}
    return apart.pop() if len(apart) == 1 else None


def _other(fields: Fields, dates: tuple[date, ...], course: Course, limits: Limits) -> Course:
    depth_mm, density = (
        sent(fields, key) if fields.has(key) else as_before
        for key, as_before in zip(DOSE, (course.depth_mm, course.punctures_per_cm2), strict=True)
    )
    checks.check_dose(depth_mm, density, limits, f"{fields.at}.")
    return replace(course, dates=dates, depth_mm=depth_mm, punctures_per_cm2=density)


def sent(fields: Fields, key: str) -> Any:
    """Return what was sent, of any kind: the core says what is wrong with it."""
    return fields.value[key] if fields.has(key) else None
