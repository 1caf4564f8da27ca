"""A page in CSS pixels, from the top, on a matplotlib figure that belongs to nobody else."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

from needlework.forecast.pictures.looks import CARD, DPI, INK, LINE, MARGIN, MUTED, PAPER, ROW, TEXT, WIDTH, Look

POINTS = 72 / DPI
"""Points per CSS pixel."""
ROOM_LEFT, ROOM_RIGHT = 76, 74
"""Beside a panel, for the numbers of its axis and at the ends of its lines; CSS pixels."""


class Sheet:
    """A page to write on and to put panels on."""

    def __init__(self, height: float) -> None:
        """Begin an empty page of so many CSS pixels."""
        self.height = height
        self.figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=PAPER)
        self.page: Axes = self.figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
        self.page.set_axis_off()

    def write(self, left: float, top: float, words: str, size: float = TEXT, **style: Any) -> None:
        """Write one line below `top`."""
        middle = top + size * ROW / 2
        self.page.text(left, middle, words, fontsize=size * POINTS, va="center_baseline", **style)

    def panel(self, top: float, height: float, shares: tuple[float, float], below: float = 0) -> Axes:
        """Return axes of shares from one to another, their percent beside; `below` is room under them, as a share."""
        width = WIDTH - ROOM_LEFT - ROOM_RIGHT
        place = (ROOM_LEFT / WIDTH, 1 - (top + height) / self.height, width / WIDTH, height / self.height)
        axes: Axes = self.figure.add_axes(place, facecolor=CARD, ylim=(shares[0] - below, shares[1]))
        axes.tick_params(length=0, labelsize=TEXT * POINTS, pad=6)
        ticks = percents(*shares)
        axes.set_yticks([tick / 100 for tick in ticks], [f"{tick}%".replace("-", "−") for tick in ticks])
        axes.grid(axis="y", color=LINE, linewidth=1)
        axes.set_axisbelow(True)
        for side, spine in axes.spines.items():
            spine.set_visible(side == "bottom")
            spine.set_color(MUTED)
        return axes

    def below(self, axes: Axes, words: str) -> None:
        """Write what the numbers below a panel are."""
        axes.set_xlabel(words, fontsize=TEXT * POINTS, labelpad=4)


def percents(low: float, high: float) -> Sequence[int]:
    """Return the percents that an axis names: three to six of them, nothing among them."""
    first, last = round(low * 100), round(high * 100)
    step = next(step for step in (5, 10, 20, 25, 50, 100) if (last - first) / step <= 5)
    return range(-(-first // step) * step, last + 1, step)


def lines(words: str, size: float, weight: str, left: float) -> Sequence[str]:
    """Return words broken into lines that fit between `left` and the margin, in the family that is measured by."""
    known = FontProperties(size=size, weight=weight)
    broken = [""]
    for word in words.split():
        longer = f"{broken[-1]} {word}".strip()
        width, _, _ = TextToPath().get_text_width_height_descent(longer, known, ismath=False)
        broken[-1:] = [longer] if width <= WIDTH - MARGIN - left else [broken[-1], word]
    return broken


def trace(axes: Axes, days: Sequence[float], shares: Sequence[float], look: Look) -> None:
    """Draw a line."""
    axes.plot(
        days, shares, color=look.line, linewidth=look.width, linestyle=look.style, marker=look.mark or None,
        markersize=7, markerfacecolor=CARD if look.mark == "s" else look.line, solid_capstyle="round",
    )  # fmt: skip


def band(axes: Axes, days: Sequence[float], low: Sequence[float], high: Sequence[float], look: Look) -> None:
    """Draw a band with a line on either side."""
    axes.fill_between(days, low, high, facecolor=look.fill, edgecolor=look.line, hatch=look.hatch or None, linewidth=0)
    for edge in (low, high):
        trace(axes, days, edge, look)


def letter(axes: Axes, day: float, share: float, which: str) -> None:
    """Put a letter in a disc."""
    axes.plot([day], [share], marker="o", markersize=17, color=INK, markeredgecolor=CARD, zorder=5)
    axes.text(
        day, share, which, color=CARD, weight="bold", fontsize=15 * POINTS, ha="center", va="center_baseline", zorder=6
    )


def beside(axes: Axes, day: float, share: float, words: str, away: float, color: str = INK) -> None:
    """Write right of a place, so many points away."""
    axes.annotate(
        words, (day, share), (away, 0), textcoords="offset points", fontsize=TEXT * POINTS, va="center_baseline",
        color=color, annotation_clip=False,
    )  # fmt: skip
