"""The rows of the table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure."""

    what: str
    reached: str
    """With its unit; or why it is not there."""
    wanted: str = "–"
    """What the issue asks for."""
    beside: str = ""
    """What it is to be read with: accuracy, ratio, memory, or what a peer is not."""


def heading() -> str:
    """Return the first two lines of the table, in Markdown."""
    return "| what | reached | wanted | beside |\n|---|---|---|---|"


def line(row: Row) -> str:
    """Return a row as a line of the table."""
    return f"| {row.what} | {row.reached} | {row.wanted} | {row.beside} |"
