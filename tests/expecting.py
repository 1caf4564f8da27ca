"""A usual course with its limits, and what was measured of it: as the core takes them, and as documents."""

import json
from datetime import date, timedelta

from needlework.cli.main import main
from needlework.forecast.expecting import Course, Limits, Measured

FIRST = date(2026, 12, 1)
LIMITS = Limits(shortest_interval_days=14, usual_interval_days=28, deepest_mm=2.5)


def days(*since):
    """Return days, counted from the first session."""
    return tuple(FIRST + timedelta(days=one) for one in since)


def course(*since, concern="acne-scars", depth_mm=1.5, punctures_per_cm2=250.0):
    """Return a course with sessions on some days; with four monthly ones if none are given."""
    return Course(concern, days(*(since or (0, 28, 56, 84))), depth_mm, punctures_per_cm2)


def measured(day, value, sd=0.1, scale="share", before=None):
    """Return what was measured some days after the first session."""
    return Measured(FIRST + timedelta(days=day), value, sd, scale, before)


COURSE = {
    "concern": "acne-scars",
    "sessions": 4,
    "interval_days": 28,
    "first_on": "2026-12-01",
    "depth_mm": 1.5,
    "punctures_per_cm2": 250,
}
MEASURED = {"on": "2027-03-30", "value": 0.3, "sd": 0.1, "scale": "share"}
BY_DATE = dict.fromkeys(("sessions", "interval_days", "first_on"))
CHEEKS = [
    {"zone": "cheeks", "depth_mm": 1.5, "punctures_per_cm2": 250},
    {"zone": "forehead", "depth_mm": 0.5, "punctures_per_cm2": 250},
]
BY_ZONE = dict.fromkeys(("depth_mm", "punctures_per_cm2")) | {"zones": CHEEKS}


def forecast(tmp_path, document, *arguments):
    """Run the command on a document, or on a text, and return its exit code."""
    file = tmp_path / "course.json"
    file.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    return main(["forecast", str(file), *map(str, arguments)])


def changed(**changes):
    """Return the course with changes; None takes a key out."""
    return {key: value for key, value in (COURSE | changes).items() if value is not None}


def dated(*days):
    """Return the course by dates."""
    return changed(**BY_DATE, dates=list(days))
