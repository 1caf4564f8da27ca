"""The text alternative: what a picture shows, in sentences, from the numbers alone."""

from collections.abc import Iterator, Sequence
from typing import Any

from needlework.forecast.pictures.parts import Part, parts, slowest
from needlework.forecast.pictures.sentences import (
    NOT_YOU,
    between,
    by,
    concern,
    measured,
    noticing,
    people,
    percent,
    planned,
    rests_on,
    settings,
    written,
)  # fmt: skip

DAYS_OF_REDNESS = (1, 3, 7)
DAY_UNDER_WAY = 28
"""A usual interval between sessions."""
CURVES = {
    "series": "The share that has gone",
    "redness": "Redness",
    "swelling": "Swelling",
    "delivered_by_day": "What is done",
}


def text(answer: dict[str, Any]) -> str:
    """Return what the picture of an answer shows, in calm sentences: every number in it stands in the answer.

    Raises InputError for more zones than one picture holds.
    """
    of = parts(answer)
    return " ".join(_sentences(answer, of))


def _sentences(answer: dict[str, Any], of: Sequence[Part]) -> Iterator[str]:
    first = of[0].expected
    yield f"What to expect of a course for {concern(answer)}: {planned(first['course'])}."
    share, floor = answer["share_of"], percent(first["untreated"]["median"])
    yield f"It is told as the share of the {share} that has gone; about {floor} goes without treatment too."
    for part in of:
        yield from _course(part)
    yield _redness(slowest(of))
    yield _under_way(first["delivered_by_day"])
    yield from (f"{name} is {rests_on(first, curve)}" for curve, name in CURVES.items())
    yield NOT_YOU


def _course(part: Part) -> Iterator[str]:
    expected, last = part.expected, part.last
    half, nine, middle = between(last["band_50"]), between(last["band_90"]), percent(last["median"])
    where = f"{part.zone}, treated" if part.zone else "treated"
    how = f"{where[0].upper()}{where[1:]} {settings(expected['course'])}"
    ends = f"half of people would be {half}, nine in ten {nine}, and the middle is {middle}"
    yield f"{how}: on {written(last['date'])} {ends}."
    first, most = expected["first_change"], expected["most_of_change"]
    noticeable = percent(first["noticeable"])
    yield f"Half of people have a change that can be noticed, {noticeable} by treatment, {noticing(first)}."
    yield f"Half of people have most of their own change, {percent(most['share'])} of it, {by(most['median'])}."
    yield from map(measured, expected["place"])
    if expected["updated"]:
        yield _updated(expected["updated"]["series"][-1])


def _updated(last: dict[str, Any]) -> str:
    nine, middle = between(last["person"]["band_90"]), percent(last["person"]["median"])
    when = written(last["date"])
    return f"Of people in whom this was measured, nine in ten would be {nine} on {when}, and the middle is {middle}."


def _redness(part: Part) -> str:
    by_day = {point["day"]: point["still_red"] for point in part.expected["redness"]["by_day"]}
    told = ", ".join(f"on day {day} {people(by_day[day])}" for day in DAYS_OF_REDNESS)
    return f"Still red{f' (longest here: {part.zone})' if part.zone else ''}: {told}."


def _under_way(points: Sequence[dict[str, Any]]) -> str:
    point = next(point for point in points if point["day"] == DAY_UNDER_WAY)
    middle, nine = percent(point["median"]), between(point["band_90"])
    return f"{DAY_UNDER_WAY} days after a session {middle} of its response is done, {nine} for nine in ten."
