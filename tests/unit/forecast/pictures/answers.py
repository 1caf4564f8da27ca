"""Believable expectations, made up: what `needlework forecast` answers, without the model behind it."""

from datetime import date, timedelta
from math import exp
from typing import Any

FIRST = date(2026, 12, 1)
COURSE = {"dates": ["2026-12-01", "2026-12-29", "2027-01-26", "2027-02-23"], "depth_mm": 1.5, "punctures_per_cm2": 1000}
SOURCES = [{"title": "A made-up study", "url": "https://example.org/study"}]
TOO_EARLY = "Too early to tell: half of people show a noticeable change by 2 March 2027. Measure again then."


def band(median: float, narrow: float, wide: float) -> dict[str, Any]:
    """Make a median with bands that reach a fraction below it and above."""
    low, high = ([round(median * (1 - by), 4), round(median * (1 + by), 4)] for by in (narrow, wide))
    return {"median": round(median, 4), "band_50": low, "band_90": high}


def slow(median: float) -> dict[str, Any]:
    """Make a median with bands that stay within nothing and all."""
    low, high = ([round(median**by, 4), round(median ** (1 / by), 4)] for by in (1.3, 1.9))
    return {"median": round(median, 4), "band_50": low, "band_90": high}


def after(days: int) -> str:
    """Return the day so many days after the first session."""
    return (FIRST + timedelta(days)).isoformat()


def shown(days: int) -> float:
    """Return a share that rises from a floor of 5 % to a third."""
    return 0.05 + 0.28 * (1 - exp(-((days / 90) ** 2))) if days else 0.0


def tags() -> list[dict[str, Any]]:
    """Say what each curve rests on."""
    return [
        {
            "of": "series",
            "tag": "measured",
            "because": "Six trials of scars; one had an untreated side.",
            "sources": SOURCES,
        },
        {"of": "delivered_by_day", "tag": "analogue", "because": "Wounds of other kinds.", "sources": SOURCES},
        {"of": "redness", "tag": "prior-only", "because": "Nobody counted days.", "sources": []},
        {"of": "swelling", "tag": "prior-only", "because": "Nobody looked.", "sources": []},
    ]


def course(depth_mm: float = 1.5, by: float = 1.0) -> dict[str, Any]:
    """Make what is answered for one depth; `by` makes its response larger or smaller."""
    days = range(0, 365, 7)
    return {
        "course": {**COURSE, "depth_mm": depth_mm},
        "series": [
            {
                "date": after(day),
                "population": band(shown(day) * by, 0.15, 0.4),
                "clinic": band(shown(day) * by, 0.3, 0.6),
                "person": band(shown(day) * by, 0.45, 0.85),
            }
            for day in days
        ],
        "untreated": band(0.05, 0.4, 0.9),
        "first_change": {
            "noticeable": 0.10,
            "people": 0.91,
            "median": after(41),
            "band_50": [after(29), after(70)],
            "band_90": [after(15), None],
        },
        "most_of_change": {
            "share": 0.8,
            "median": after(112),
            "band_50": [after(100), after(130)],
            "band_90": [after(80), after(170)],
        },
        "delivered_by_day": [{"day": day, **slow(1 - exp(-day / 16))} for day in range(1, 60)]
        + [{"day": 60, **slow(0.998)}],
        "redness": {
            "gone_after_hours": {"median": 30 * depth_mm, "band_50": [12.0, 80.0], "band_90": [3.0, 235.0]},
            "by_day": [
                {"day": day, "still_red": round(exp(-day / 3.5), 4), "still_swollen": round(exp(-day / 2), 4)}
                for day in range(1, 15)
            ],
        },
        "next_session": {"on": after(112), "adds": band(0.01, 0.5, 0.9), "told_apart_by_one_measurement": 0.52},
        "alternatives": [],
        "place": [],
        "updated": None,
        "evidence": tags(),
        "warnings": [],
    }


def answer() -> dict[str, Any]:
    """Make the answer for a plain course."""
    return {"model": "1.0", "concern": "acne-scars", "share_of": "acne scar score", **course()}


def measured() -> dict[str, Any]:
    """Make the answer for a course with one measurement."""
    place = {
        "on": after(84),
        "value": 0.10,
        "sd": 0.08,
        "scale": "share",
        "share": 0.10,
        "percentile": 0.13,
        "verdict": "too-early",
        "sentence": TOO_EARLY,
    }
    updated = [{"date": after(day), "person": band(shown(day) * 0.6, 0.3, 0.6)} for day in range(0, 365, 7)]
    return {**answer(), "place": [place], "updated": {"effective_draws": 2300, "series": updated}}


def measured_worse() -> dict[str, Any]:
    """Make the answer for a course with one measurement by grades, two worse than before."""
    known = measured()
    worse = {"value": 4, "sd": None, "before": 2, "scale": "goodman-baron", "share": -2.0}
    return {**known, "place": [known["place"][0] | worse]}


def never_noticed() -> dict[str, Any]:
    """Make the answer for a course after which few would notice a change."""
    seldom = {"noticeable": 0.10, "people": 0.22, "median": None, "band_50": [None, None], "band_90": [after(50), None]}
    return {**answer(), **course(0.5, 0.2), "first_change": seldom}


def zones(*names: str) -> dict[str, Any]:
    """Make the answer for zones treated at different depths."""
    depths = {name: 0.5 + 0.5 * place for place, name in enumerate(names)}
    return {
        "model": "1.0",
        "concern": "wrinkles",
        "share_of": "wrinkle scale",
        "zones": {name: course(depth, 0.4 + 0.3 * depth) for name, depth in depths.items()},
    }
