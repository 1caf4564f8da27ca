"""Tables and paragraphs for a terminal, wrapped to its width."""

import re
import shutil
import textwrap
from collections.abc import Sequence

GAP = "  "
USUAL_WIDTH = 100
"""Columns of a terminal that does not say how wide it is."""
NARROWEST = 8
"""No column of a table is squeezed below this."""


SLASH = re.compile(r"(?<=\w\w/)(?=\w\w)")
"""Where a line may end within words joined by a slash; 1/2 and m/s stay whole."""


class Wrapper(textwrap.TextWrapper):
    """Wraps at slashes as at hyphens, before it breaks within a word."""

    def _split(self, text: str) -> list[str]:
        return [part for chunk in super()._split(text) for part in SLASH.split(chunk)]


def table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows under their headers; cells wrap where a line would be wider than the terminal."""
    lines = [tuple(headers), *(tuple(row) for row in rows)]
    widths = _widths([max(map(len, column)) for column in zip(*lines, strict=True)])
    rule = GAP.join("-" * width for width in widths)
    head, *body = [_row(line, widths) for line in lines]
    return "\n".join([head, rule, *body])


def paragraph(text: str, indent: str = "") -> str:
    """Return a text wrapped to the terminal, each line indented; an address is never broken."""
    wrapped = textwrap.wrap(text, _terminal() - len(indent), break_long_words=False, break_on_hyphens=False)
    return "\n".join(indent + line for line in wrapped)


def has_room(columns: int) -> bool:
    """Say whether the terminal has so many columns."""
    return _terminal() >= columns


def _terminal() -> int:
    return shutil.get_terminal_size((USUAL_WIDTH, 24)).columns


def _widths(natural: list[int]) -> list[int]:
    widths = natural[:]
    room = _terminal() - len(GAP) * (len(widths) - 1)
    while sum(widths) > room and max(widths) > NARROWEST:
        widest = max(range(len(widths)), key=lambda column: (widths[column], column))
        widths[widest] -= 1  # of equals the last: the first is what people look for, as a date
    return widths


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    columns = [Wrapper(width).wrap(cell) for cell, width in zip(cells, widths, strict=True)]
    height = max(1, *map(len, columns))
    padded = [[*column, *[""] * (height - len(column))] for column in columns]
    lines = zip(*padded, strict=True)
    return "\n".join(
        GAP.join(part.ljust(width) for part, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
