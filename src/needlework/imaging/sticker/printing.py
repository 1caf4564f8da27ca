"""Whether this printed copy, as a photograph shows it, is good enough to take colour from.

Nobody has measured the copy. What can be told is whether any camera in any plain light could have seen the nominal
colours so: greys that come in their order, have the same tint throughout, and enough contrast; a correction that
brings all patches near their colours; patches that are even, and alike where a colour is printed twice.
"""

import numpy as np
from numpy.typing import NDArray

from needlework.imaging.sticker.colour import Correction, residual
from needlework.imaging.sticker.evenness import Evenness
from needlework.imaging.sticker.geometry import geometry
from needlework.imaging.sticker.patches import DARK, Patches

FEWEST_GREYS, FEWEST_SKINS = 4, 3
"""Colours of either kind that must be exposed and even: fewer leave the correction to guess."""
MOST_UNEVEN = 6
"""Patches of 26 that may be left out for glare or dirt; more, and the rest is doubtful too."""
MIDDLE = 0.2
"""Linear light above which a channel that cannot be read is taken to be clipped."""
MOST_LIGHT_CHANGE = 0.25
"""Over the width of the sticker: where light falls off faster, that at the sticker is not that at the skin."""
MOST_PAIR_DIFFERENCE = 0.08
"""Median difference between two patches of one colour, as a share, that a slope of light does not explain."""
LEAST_CONTRAST = 0.6
"""Of the greys, as a share of their nominal contrast in logarithms; cameras' own curves keep within 0.8 to 1.25."""
LEAST_STEP = 0.02
"""Between a grey and the next lighter one, in logarithms (their nominal steps are 0.25 to 1)."""
MOST_TINT = 0.2
"""By how much the tint may change from grey to grey, in logarithms of red and blue over green."""
MOST_RESIDUAL = 5.0
"""Root mean square ΔE*ab after correction. Simulated office prints (6 % and 2 % of tint off in each colour, dots grown
by 15 %) leave 2 to 3."""
GLARE = "Glare, dirt or a crease lies on the patches of the sticker. Turn it out of the glare, or take a fresh copy."


def copy_doubt(patches: Patches, even: Evenness, levelled: NDArray[np.float64], found: Correction) -> str | None:
    """Return the first reason not to take colour from this copy as it is seen here, in a sentence, or None.

    The later ones may only follow from the first.
    """
    if sentence := _too_few(patches):
        return sentence
    nominal, seen = _greys(patches, levelled)
    off = residual(patches, levelled, found)
    return _glare(patches) or _uneven(even) or _contrast(nominal, seen) or _tint(seen) or _far_off(off)


def _too_few(patches: Patches) -> str | None:
    colours = {patch.colour for patch, good in zip(geometry().patches, patches.good, strict=True) if good}
    skins = sum(colour.startswith("skin") for colour in colours)
    if len(colours) - skins >= FEWEST_GREYS and skins >= FEWEST_SKINS:
        return None
    lost = patches.light[~patches.exposed]
    if not lost.size:
        return GLARE
    if np.mean(lost > MIDDLE) > 0.5:
        return "The sticker is overexposed. Take the photograph darker, so that its light greys differ from its paper."
    return "The sticker is too dark. Bring light on it, so that its dark greys differ from each other."


def _greys(patches: Patches, levelled: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the greys that are good, darkest first: nominal (k,) and seen (k, 3), in logarithms."""
    colours: dict[str, list[int]] = {}
    for place in np.flatnonzero(patches.good & [patch.is_neutral for patch in geometry().patches]):
        colours.setdefault(geometry().patches[place].colour, []).append(int(place))
    nominal = np.log([geometry().reflectances[places[0], 1] for places in colours.values()])
    seen = np.array([np.log(levelled[places].clip(DARK)).mean(axis=0) for places in colours.values()])
    return np.sort(nominal), seen[np.argsort(nominal)]


def _glare(patches: Patches) -> str | None:
    return GLARE if np.count_nonzero(~patches.even) > MOST_UNEVEN else None


def _uneven(even: Evenness) -> str | None:
    if even.across > MOST_LIGHT_CHANGE:
        return (
            "The light changes across the sticker. Keep shadows off it, and light it as evenly as the skin beside it."
        )
    if np.median(np.abs(even.differences)) > MOST_PAIR_DIFFERENCE:
        return "The print of the sticker is blotchy, or a shadow lies on it. Move the shadow, or take a fresh copy."
    return None


def _contrast(nominal: NDArray[np.float64], seen: NDArray[np.float64]) -> str | None:
    light = seen.mean(axis=1)
    if light[-1] - light[0] < LEAST_CONTRAST * (nominal[-1] - nominal[0]):
        return "The sticker looks washed out. Keep glare and haze off it, or print a fresh copy."
    if np.diff(light).min() < LEAST_STEP:
        return "The greys of the sticker are not in their order. Print it again, without toner saving."
    return None


def _tint(seen: NDArray[np.float64]) -> str | None:
    tints = seen[:, [0, 2]] - seen[:, [1]]
    if np.ptp(tints, axis=0).max() > MOST_TINT:
        return "The greys of the sticker are tinted. Print it again in plain colour, on white paper."
    return None


def _far_off(off: float) -> str | None:
    if off > MOST_RESIDUAL:
        return f"The colours of the sticker are far from what they should be (ΔE {off:.0f}). Print it again."
    return None
