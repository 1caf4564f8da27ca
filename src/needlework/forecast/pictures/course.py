"""The panel of a course: which share of the score has gone, week by week, for how many people."""

import math
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from matplotlib.axes import Axes

from needlework.forecast.expecting.measured import Measured
from needlework.forecast.model.spread import NINE_TENTHS
from needlework.forecast.pictures.blocks import HALF_HEIGHT, Block, Swatch, banded, centred, key, muted
from needlework.forecast.pictures.looks import (
    CARD,
    HALF,
    INK,
    MEASURED_BAR,
    MIDDLE,
    NINE_IN_TEN,
    REFER,
    STITCHES,
    TEXT,
    UNTREATED,
    UPDATED,
    UPDATED_MIDDLE,
    Look,
)  # fmt: skip
from needlework.forecast.pictures.parts import Part
from needlework.forecast.pictures.sentences import brief, by, measured, noticing, percent
from needlework.forecast.pictures.sheet import Sheet, band, beside, letter, trace

STRIP = 0.12
"""Height of the strip of sessions below the axis, of the height above it."""
AXIS = 56
"""Room below a panel for months and years, CSS pixels."""
LIFT = 13
"""How far a letter lies off the middle line, CSS pixels."""
MOST_MONTHS = 5
"""So many names of months stand side by side."""


def keys(parts: Sequence[Part]) -> Iterator[Block]:
    """Yield what lines, bands and letters of the panels mean."""
    first = parts[0].expected
    yield key(banded(NINE_IN_TEN), "Nine in ten people: between these lines")
    yield key(banded(HALF, MIDDLE), "Half of people; the line is the middle")
    floor = percent(first["untreated"]["median"])
    yield key(banded(UNTREATED), f"Changes without treatment too: about {floor}, all of it in the first week")
    yield key(_letter("A"), f"Noticeable change ({percent(first['first_change']['noticeable'])}), half of people")
    yield key(_letter("B"), f"Most of their change ({percent(first['most_of_change']['share'])}), half of people")
    if places := [place for part in parts for place in part.expected["place"]]:
        known = any(map(_error, places))
        words = "Measured; its bar holds 9 in 10 errors" if known else "What was measured"
        yield key(_sampled(HALF_HEIGHT * known), words)
    if any(part.expected["updated"] for part in parts):
        yield key(banded(UPDATED, UPDATED_MIDDLE), "The same, knowing what was measured")


def notes(part: Part) -> Iterator[Block]:
    """Yield what the panel tells in words: its dates, and the place of what was measured."""
    yield muted(f"A: {noticing(part.expected['first_change'])}.")
    yield muted(f"B: {by(part.expected['most_of_change']['median'])}.")
    yield from (muted(measured(place)) for place in part.expected["place"])


def scale(parts: Sequence[Part]) -> tuple[float, float]:
    """Return the ends of an axis that holds all that the parts show: full tenths, nothing among them."""
    shown = [0.0, 0.2]
    for part in parts:
        series = part.expected["series"] + (part.expected["updated"] or {"series": []})["series"]
        shown += [point["person"]["band_90"][1] for point in series]
        shown += [place["share"] for place in part.expected["place"]]
    return math.floor(min(shown) * 10) / 10, math.ceil(max(shown) * 10) / 10


def panel(part: Part, height: float, shares: tuple[float, float]) -> Block:
    """Return the panel: bands, line, sessions and marks over the days of the series."""
    return Block(height + AXIS, lambda sheet, top: _paint(sheet, top, part.expected, height, shares))


def _paint(sheet: Sheet, top: float, expected: dict[str, Any], height: float, shares: tuple[float, float]) -> None:
    span = shares[1] - shares[0]
    axes = sheet.panel(top, height, shares, STRIP * span)
    days = [_day(point["date"]) for point in expected["series"]]
    axes.set_xlim(days[0] - 6, days[-1])
    _bands(axes, expected["series"], NINE_IN_TEN, HALF, MIDDLE)
    floor = [0, *[expected["untreated"]["median"]] * (len(days) - 1)]
    band(axes, days, [0] * len(days), floor, UNTREATED)
    _sessions(axes, expected["course"]["dates"], shares[0] - STRIP * span / 2)
    if expected["updated"]:
        _bands(axes, expected["updated"]["series"], UPDATED, None, UPDATED_MIDDLE)
    for place in expected["place"]:
        _measured(axes, place, shares)
    _ends(axes, expected, span * TEXT * 1.2 / height)
    _letters(axes, expected, span * LIFT / height)
    _months(axes, date.fromordinal(days[0]), date.fromordinal(days[-1]))


def _bands(axes: Axes, series: Sequence[dict[str, Any]], wide: Look, narrow: Look | None, middle: Look) -> None:
    days = [_day(point["date"]) for point in series]
    for look, name in ((wide, "band_90"), (narrow, "band_50")):
        if look:
            low, high = zip(*(point["person"][name] for point in series), strict=True)
            band(axes, days, low, high, look)
    trace(axes, days, [point["person"]["median"] for point in series], middle)


def _sessions(axes: Axes, dates: Sequence[str], at: float) -> None:
    days = [_day(one) for one in dates]
    trace(axes, days, [at] * len(days), STITCHES)
    axes.plot(days, [at] * len(days), "o", markersize=9, color=CARD, mec=STITCHES.line, mew=2, clip_on=False)
    words = f"{len(days)} session{'s' if len(days) > 1 else ''}"
    beside(axes, days[-1], at, words, 9)


def _measured(axes: Axes, place: dict[str, Any], shares: tuple[float, float]) -> None:
    either_side = NINE_TENTHS * _error(place)
    ends = max(place["share"] - either_side, shares[0]), min(place["share"] + either_side, shares[1])
    _sample(axes, _day(place["on"]), place["share"], ends)


def _error(place: dict[str, Any]) -> float:
    """Return the standard deviation of what was measured, as a share of the score; 0 where nobody said one."""
    one = Measured(date.fromisoformat(place["on"]), place["value"], place["sd"], place["scale"], place.get("before"))
    return one.error(0.0)


def _sample(axes: Axes, day: float, share: float, ends: tuple[float, float]) -> None:
    """Draw what was measured, with a bar between two ends."""
    trace(axes, [day, day], ends, MEASURED_BAR)
    axes.plot([day, day], ends, "_", markersize=10, color=REFER, markeredgewidth=2.2)
    axes.plot([day], [share], "D", markersize=9, color=CARD, markeredgecolor=REFER, markeredgewidth=2.2)


def _sampled(either_side: float) -> Swatch:
    return centred(lambda axes, across, at: _sample(axes, across, at, (at - either_side, at + either_side)))


def _ends(axes: Axes, expected: dict[str, Any], apart: float) -> None:
    """Write the numbers at the ends of the lines, not over each other."""
    last = expected["series"][-1]["person"]
    ends = [(share, INK) for share in (*last["band_90"], last["median"])]
    if expected["updated"]:
        ends.append((expected["updated"]["series"][-1]["person"]["median"], REFER))
    below = -1.0
    for share, color in sorted(ends):
        below = max(share, below + apart)
        beside(axes, axes.get_xlim()[1], below, brief(share), 6, color)


def _letters(axes: Axes, expected: dict[str, Any], lift: float) -> None:
    """Put letters above and below the middle line, on the days that the key speaks of, which may be nearly the same."""
    days = [_day(point["date"]) for point in expected["series"]]
    shares = [point["person"]["median"] for point in expected["series"]]
    for name, which, off in (("first_change", "A", lift), ("most_of_change", "B", -lift)):
        if expected[name]["median"]:
            day = _day(expected[name]["median"])
            nearest = min(range(len(days)), key=lambda number: abs(days[number] - day))
            letter(axes, day, shares[nearest] + off, which)


def _letter(which: str) -> Swatch:
    return centred(lambda axes, across, at: letter(axes, across, at, which))


def _months(axes: Axes, first: date, last: date) -> None:
    """Name the firsts of some months, with the year where it is new."""
    count = (last.year - first.year) * 12 + last.month - first.month
    step = next(step for step in (1, 2, 3, 4, 6, 12) if count / step <= MOST_MONTHS or step == 12)
    months = [first.month - 1 + number for number in range(first.day > 1, count + 1, step)]
    firsts = [date(first.year + month // 12, month % 12 + 1, 1) for month in months]
    named = zip(firsts, [0, *(one.year for one in firsts)], strict=False)
    names = [f"{one:%b}\n{one.year if one.year != before else ' '}" for one, before in named]
    axes.set_xticks([one.toordinal() for one in firsts], names)


def _day(written: str) -> int:
    return date.fromisoformat(written).toordinal()
