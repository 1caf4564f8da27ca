"""The measures: their names, and on which scale each adds up."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Kind:
    """One measure."""

    name: str
    scale: Literal["log", "difference"]
    """`log`: estimates are log ratios and leave as percent; `difference`: they leave as they are."""
    unit: str
    """`%`, `% of area`, `a*` or `° ITA`."""
    more: str
    less: str
    """What more and less of it mean, in words for a reader."""


KINDS = (
    Kind("wrinkles", "log", "%", "deeper lines", "shallower lines"),
    Kind("texture", "log", "%", "rougher", "smoother"),
    Kind("scars", "log", "%", "deeper scars", "shallower scars"),
    Kind("striae", "log", "%", "clearer stretch marks", "fainter stretch marks"),
    Kind("spots", "difference", "% of area", "more spots", "fewer spots"),
    Kind("redness", "difference", "a*", "redder", "less red"),
    Kind("tone", "difference", "° ITA", "lighter", "darker"),
)
