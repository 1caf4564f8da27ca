"""The panel of one session: how much of its response is done, day by day."""

from typing import Any

from needlework.forecast.pictures.blocks import Block
from needlework.forecast.pictures.looks import HALF, MIDDLE, NINE_IN_TEN
from needlework.forecast.pictures.sentences import brief
from needlework.forecast.pictures.sheet import Sheet, band, beside, trace

HEIGHT, AXIS = 190, 60
WEEKS = range(0, 61, 14)
"""Days that the axis names."""


def panel(expected: dict[str, Any]) -> Block:
    """Return the panel: bands and the middle over the days after a session."""
    return Block(HEIGHT + AXIS, lambda sheet, top: _paint(sheet, top, expected["delivered_by_day"]))


def _paint(sheet: Sheet, top: float, points: list[dict[str, Any]]) -> None:
    axes = sheet.panel(top, HEIGHT, (0, 1))
    days = [point["day"] for point in points]
    for look, name in ((NINE_IN_TEN, "band_90"), (HALF, "band_50")):
        band(axes, days, [point[name][0] for point in points], [point[name][1] for point in points], look)
    trace(axes, days, [point["median"] for point in points], MIDDLE)
    beside(axes, days[-1], points[-1]["median"], brief(points[-1]["median"]), 6)
    axes.set_xlim(0, days[-1])
    axes.set_ylim(0, 1.02)
    axes.set_xticks(WEEKS, [str(day) for day in WEEKS])
    sheet.below(axes, "Days after a session")
