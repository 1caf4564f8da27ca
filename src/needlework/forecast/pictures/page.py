"""A picture from top to bottom: what is planned, the course or its zones, redness, and why one waits."""

from collections.abc import Iterator, Sequence
from typing import Any

from matplotlib.figure import Figure

from needlework.forecast.pictures import course, redness, underway
from needlework.forecast.pictures.blocks import Block, gap, heading, muted, paragraph
from needlework.forecast.pictures.looks import TITLE
from needlework.forecast.pictures.parts import Part, parts, slowest
from needlework.forecast.pictures.sentences import NOT_YOU, concern, planned, rests_on, settings
from needlework.forecast.pictures.sheet import Sheet

ALONE, ZONE = 270, 190
"""Height of the panel of a course, and of one zone of several; CSS pixels."""


def title(answer: dict[str, Any]) -> str:
    """Return the name of the picture."""
    return f"What to expect: {concern(answer)}"


def figure(answer: dict[str, Any]) -> Figure:
    """Return the whole picture, as high as its words and panels need."""
    blocks = list(_blocks(answer, parts(answer)))
    sheet = Sheet(sum(block.height for block in blocks))
    top = 0.0
    for block in blocks:
        block.paint(sheet, top)
        top += block.height
    return sheet.figure


def _blocks(answer: dict[str, Any], of: Sequence[Part]) -> Iterator[Block]:
    first = of[0].expected
    yield gap(14)
    yield paragraph(title(answer), size=TITLE, weight="bold")
    yield muted(f"{planned(first['course'])}." if of[0].zone else f"{_whole(first['course'])}.")
    yield gap(18)
    yield heading(f"Share of the {first['share_of']} that has gone")
    yield gap(6)
    yield from course.keys(of)
    for part in of:
        yield from _course(part, course.scale(of))
    yield _basis(first, "series")
    yield from _redness(of)
    yield from _under_way(first)
    yield gap(18)
    yield muted(NOT_YOU)
    yield gap(18)


def _course(part: Part, shares: tuple[float, float]) -> Iterator[Block]:
    yield gap(12)
    if part.zone:
        how = part.expected["course"]
        words = f"{part.zone}: {how['depth_mm']:g} mm, {how['punctures_per_cm2']:g} per cm²"
        yield paragraph(words[0].upper() + words[1:], weight="bold")
        yield gap(12)
    yield course.panel(part, ZONE if part.zone else ALONE, shares)
    yield from course.notes(part)


def _redness(of: Sequence[Part]) -> Iterator[Block]:
    part = slowest(of)
    yield gap(26)
    yield heading("How long redness may last")
    if part.zone:
        yield muted(f"Longest here: {part.zone}.")
    yield gap(6)
    yield from redness.keys()
    yield gap(8)
    yield redness.panel(part.expected)
    yield _basis(part.expected, "redness")
    yield muted(f"Swelling: {rests_on(part.expected, 'swelling')}")


def _under_way(expected: dict[str, Any]) -> Iterator[Block]:
    yield gap(26)
    yield heading("How much of one session’s response is already done")
    yield gap(10)
    yield underway.panel(expected)
    yield muted("Bands and line mean the same as above. Done is what cells do; what can be seen follows later.")
    yield _basis(expected, "delivered_by_day")


def _basis(expected: dict[str, Any], curve: str) -> Block:
    words = rests_on(expected, curve)
    return muted(words[0].upper() + words[1:])


def _whole(agreed: dict[str, Any]) -> str:
    return f"{planned(agreed)}, {settings(agreed)}"
