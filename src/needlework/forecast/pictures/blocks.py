"""What a page is stacked from: headings, paragraphs, keys and room for a panel."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from needlework.forecast.pictures.looks import HEADING, INK, MARGIN, MUTED, ROW, TEXT, Look
from needlework.forecast.pictures.sheet import Sheet, band, lines, trace

Swatch = Callable[[Axes, Sequence[float], float], None]
"""Draws what a line of a key explains: on a page, from left to right, around a height."""
SWATCH = 42
"""Width of a swatch, CSS pixels."""
HALF_HEIGHT = 8


@dataclass(frozen=True, slots=True)
class Block:
    """Something of a height in CSS pixels, painted below a place."""

    height: float
    paint: Callable[[Sheet, float], None]


def gap(height: float) -> Block:
    """Return some room."""
    return Block(height, lambda *_: None)


def paragraph(
    words: str, *, size: float = TEXT, color: str = INK, weight: str = "normal", left: float = MARGIN
) -> Block:
    """Return words over as many lines as they need."""
    broken = lines(words, size, weight, left)

    def paint(sheet: Sheet, top: float) -> None:
        for number, line in enumerate(broken):
            sheet.write(left, top + number * size * ROW, line, size, color=color, weight=weight)

    return Block(len(broken) * size * ROW, paint)


def heading(words: str) -> Block:
    """Return the heading of a panel."""
    return paragraph(words, size=HEADING, weight="bold")


def muted(words: str) -> Block:
    """Return words that stay behind the rest."""
    return paragraph(words, color=MUTED)


def key(swatch: Swatch, words: str) -> Block:
    """Return a line of a key: what it looks like, and what it means."""
    said = paragraph(words, left=MARGIN + SWATCH + 10)

    def paint(sheet: Sheet, top: float) -> None:
        swatch(sheet.page, (MARGIN, MARGIN + SWATCH), top + TEXT * ROW / 2)
        said.paint(sheet, top)

    return Block(said.height + 4, paint)


def banded(look: Look, middle: Look | None = None) -> Swatch:
    """Return a swatch of a band, with the line in its middle."""

    def swatch(axes: Axes, across: Sequence[float], at: float) -> None:
        band(axes, across, [at - HALF_HEIGHT] * 2, [at + HALF_HEIGHT] * 2, look)
        if middle:
            trace(axes, across, [at, at], middle)

    return swatch


def lined(look: Look) -> Swatch:
    """Return a swatch of a line."""
    return lambda axes, across, at: trace(axes, (across[0] + 6, across[1] - 6), [at, at], look)


def centred(mark: Callable[[Axes, float, float], None]) -> Swatch:
    """Return a swatch of something that stands at one place."""
    return lambda axes, across, at: mark(axes, sum(across) / 2, at)
