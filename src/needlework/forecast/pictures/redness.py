"""The panel of the first days: how many people are still red, and still swollen."""

from collections.abc import Iterator
from typing import Any

from needlework.forecast.pictures.blocks import Block, key, lined
from needlework.forecast.pictures.looks import RED, SWOLLEN
from needlework.forecast.pictures.sheet import Sheet, trace

HEIGHT, AXIS = 190, 60
CURVES = (("still_red", RED, "Still red, of all people"), ("still_swollen", SWOLLEN, "Still swollen, of all people"))


def keys() -> Iterator[Block]:
    """Yield what the lines mean."""
    for _, look, words in CURVES:
        yield key(lined(look), words)


def panel(expected: dict[str, Any]) -> Block:
    """Return the panel: one mark a day."""
    return Block(HEIGHT + AXIS, lambda sheet, top: _paint(sheet, top, expected["redness"]["by_day"]))


def _paint(sheet: Sheet, top: float, points: list[dict[str, Any]]) -> None:
    axes = sheet.panel(top, HEIGHT, (0, 1))
    days = [point["day"] for point in points]
    for name, look, _ in CURVES:
        trace(axes, days, [point[name] for point in points], look)
    axes.set_xlim(0.4, days[-1] + 0.6)
    axes.set_ylim(0, 1.05)
    axes.set_xticks(days[::2], [str(day) for day in days[::2]])
    sheet.below(axes, "Day after a session")
