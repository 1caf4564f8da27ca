"""Colours, line styles and letters of a picture. Colours are the product's own tokens (web/css/tokens.css)."""

from dataclasses import dataclass
from typing import Any

from matplotlib.typing import RcKeyType

INK, MUTED, PAPER, CARD, LINE = "#1d2624", "#56625f", "#fbf9f5", "#ffffff", "#e4dfd6"
BRAND, BRAND_DEEP = "#1d5c53", "#123f39"
REFER, STOP = "#5b3a79", "#a33c22"
LIGHT, DARKER = "#e0ece8", "#93bfb4"
"""Brand in two lightnesses that stay apart in grey print (L* 92 and 74)."""

WIDTH = 540
"""CSS pixels. On a phone (375) letters shrink to 0.69 of their size."""
MARGIN = 18
TITLE, HEADING, TEXT = 27, 21, 18
"""Height of letters, CSS pixels: the smallest are 12.5 pixels high on a phone."""
ROW = 1.38
"""From one line of letters to the next, in heights of letters."""
DPI = 96
"""CSS pixels per inch."""
SHARPER = 2
"""Pixels of a PNG per CSS pixel: enough for print, and for screens that have two."""

FAMILY = "DejaVu Sans"
"""Carried by matplotlib: PNG is set in it, and SVG measured by it. It is wide, so that other letters fit as well."""

SETTINGS: dict[RcKeyType, Any] = {
    "font.family": [FAMILY],
    "svg.fonttype": "none",
    "svg.hashsalt": "needlework",
    "text.color": INK,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "hatch.linewidth": 1.4,
    "text.parse_math": False,
    "path.simplify": False,
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a band or a line looks; its line style tells it from the others where colour does not."""

    line: str
    width: float
    style: Any = "solid"
    fill: str = "none"
    hatch: str = ""
    mark: str = ""


NINE_IN_TEN = Look(BRAND, 1.5, (0, (1, 1.6)), LIGHT)
HALF = Look(BRAND, 1.0, "solid", DARKER)
MIDDLE = Look(BRAND_DEEP, 3.2)
UNTREATED = Look(MUTED, 1.0, "solid", "none", "////")
UPDATED = Look(REFER, 2.0, (0, (6, 2.5)))
UPDATED_MIDDLE = Look(REFER, 3.0, (0, (8, 2, 1.5, 2)))
MEASURED_BAR = Look(REFER, 2.2)
STITCHES = Look(BRAND, 1.8, (0, (3, 2.5)))
RED = Look(STOP, 3.0, "solid", mark="o")
SWOLLEN = Look(INK, 2.0, (0, (4, 2)), mark="s")
