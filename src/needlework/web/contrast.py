"""How well colours can be told apart, by WCAG 2.2."""

import re

HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
READABLE = 4.5
VISIBLE = 3.0


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colours (#rrggbb), from 1 (the same) to 21 (black and white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, from 0 (black) to 1 (white)."""
    red, green, blue = (linear(part / 255) for part in parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    """Return the light that one sRGB part stands for."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def parts(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue, each from 0 to 255."""
    if not HEX.fullmatch(colour):
        raise ValueError(f"A colour is # and six figures like #1d5c53, not {colour!r}")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(colour: str, other: str, share: float) -> str:
    """Return the colour with a share (0 to 1) of another mixed in."""
    pairs = zip(parts(colour), parts(other), strict=True)
    return "#" + "".join(f"{round(own + (strange - own) * share):02x}" for own, strange in pairs)


def until(colour: str, towards: str, *, against: tuple[str, ...], least: float) -> str:
    """Return the colour nearest to the given one, moved towards another until it stands out from all the rest."""
    shades = (mixed(colour, towards, step / 50) for step in range(51))
    return next((shade for shade in shades if all(ratio(shade, ground) >= least for ground in against)), towards)
