"""How a clinic looks: its name, its logo and three colours, and whether those colours can be read."""

from dataclasses import dataclass
from hashlib import blake2b

from needlework.web import contrast

PAPER, CARD, INK, MUTED, WHITE = "#fbf9f5", "#ffffff", "#1d2624", "#56625f", "#ffffff"


@dataclass(frozen=True)
class Brand:
    """A clinic's name, its main colour, a deeper and a very light shade of it, and the address of its logo."""

    name: str = "Needlework"
    colour: str = "#1d5c53"
    colour_deep: str = "#123f39"
    colour_wash: str = "#e6f0ed"
    logo_url: str | None = None

    def __post_init__(self) -> None:
        for colour in (self.colour, self.colour_deep, self.colour_wash):
            contrast.parts(colour)

    @property
    def version(self) -> str:
        """Return a short name of these colours, for an address that may be cached for ever."""
        return blake2b(stylesheet(self).encode(), digest_size=6).hexdigest()

    @property
    def coloured(self) -> bool:
        """Tell whether the colours differ from the house's own."""
        return stylesheet(self) != stylesheet(Brand())


def stylesheet(brand: Brand) -> str:
    """Return the CSS that gives every page the brand's colours."""
    return f":root{{--brand:{brand.colour};--brand-deep:{brand.colour_deep};--brand-wash:{brand.colour_wash}}}\n"


def faults(brand: Brand) -> tuple[str, ...]:
    """Return a sentence for each colour that is too hard to read, saying what to choose instead."""
    found = (too_light("main", brand.colour), too_light("deep", brand.colour_deep), too_dark(brand.colour_wash, brand))
    return tuple(sentence for sentence in found if sentence)


def too_light(word: str, colour: str) -> str:
    """Say that a colour is too light to carry white writing, and to be writing on paper; or nothing."""
    grounds = (WHITE, PAPER, CARD)
    worst = min(contrast.ratio(colour, ground) for ground in grounds)
    if worst >= contrast.READABLE:
        return ""
    better = contrast.until(colour, "#000000", against=grounds, least=contrast.READABLE)
    return (
        f"Choose a darker {word} colour, for example {better}: writing in {colour}, or white writing on it, "
        f"has a contrast of {shown(worst)} and needs {contrast.READABLE}"
    )


def too_dark(wash: str, brand: Brand) -> str:
    """Say that the light shade hides the writing on it; or nothing."""
    writing = (INK, MUTED, *(colour for colour in (brand.colour, brand.colour_deep) if not too_light("", colour)))
    worst = min(contrast.ratio(wash, colour) for colour in writing)
    if worst >= contrast.READABLE:
        return ""
    better = contrast.until(wash, WHITE, against=writing, least=contrast.READABLE)
    return (
        f"Choose a lighter wash, for example {better}: writing on {wash} "
        f"has a contrast of {shown(worst)} and needs {contrast.READABLE}"
    )


def shown(ratio: float) -> str:
    """Return a contrast rounded down, so that 4.49 never reads as 4.5."""
    return f"{int(ratio * 10) / 10:.1f}"
