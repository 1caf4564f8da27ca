"""A patch of skin: what is on it, and its rendering with the truth beside it."""

from dataclasses import dataclass

from needlework.imaging.arrays import Linear
from needlework.imaging.skin.fields import Extent
from needlework.imaging.skin.light import TWO_AT_45, Lighting, lit
from needlework.imaging.skin.pigment import Pigment, SkinType, Spot, Stria, pigment
from needlework.imaging.skin.relief import Relief, Scar, Wrinkle, relief

USUAL = Extent(400, 400, 0.15)
"""Six centimetres on either side, as fine as a face that fills a photograph of 5 MP."""


@dataclass(frozen=True)
class Skin:
    """Everything that is on a patch. The seed draws what is not listed: fine relief, folds, uneven pigment."""

    seed: int = 0
    extent: Extent = USUAL
    skin_type: SkinType = "II"
    texture: float = 1.0
    """The depth of the fine relief against the usual."""
    wrinkles: tuple[Wrinkle, ...] = ()
    scars: tuple[Scar, ...] = ()
    spots: tuple[Spot, ...] = ()
    striae: tuple[Stria, ...] = ()
    erythema: float = 0.0
    """Blood that is added everywhere."""


@dataclass(frozen=True, eq=False)
class Rendered:
    """A rendered patch: the light that it sends out (white 1.0) and its truth."""

    light: Linear
    relief: Relief
    pigment: Pigment


def render(skin: Skin, lighting: Lighting = TWO_AT_45) -> Rendered:
    """Return a patch of skin under some light."""
    form = relief(skin.seed, skin.extent, skin.texture, skin.wrinkles, skin.scars)
    colour = pigment(skin.seed, skin.extent, skin.skin_type, skin.erythema, skin.spots, skin.striae)
    return Rendered(lit(form.height_mm, colour.reflectance, skin.extent.mm_per_px, lighting), form, colour)
