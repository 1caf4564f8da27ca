"""Why a pixel is left out, and what to do about it."""

from enum import IntEnum
from typing import Final


class Cause(IntEnum):
    """What a plane of causes holds; where several are true of a pixel the last one written stands."""

    NONE = 0
    APART = 1
    """Outside the face, or eyes, brows, lips, nostrils: what no zone holds."""
    COVERED = 2
    """Hair, a beard, glasses, cloth: not the colour of this skin, or as fine and dark as hair."""
    GLARE = 3
    """Shine: brighter than the skin around it, and paler."""
    CLIPPED = 4
    """Too bright or too dark for the camera: the light itself is not in the picture."""
    SOFT = 5
    """Out of focus, far below the rest of the skin."""
    UNALIGNED = 6
    """Outside one of the photographs, or where one could not be laid on the others."""


ADVICE: Final = {
    Cause.APART: "It is turned too far away. Look straight into the camera.",
    Cause.COVERED: "Something covers it. Tie the hair back, take off glasses, and shave where there is a beard.",
    Cause.GLARE: "It shines. Dry the skin, and soften the light or turn the flash off.",
    Cause.CLIPPED: "It is too bright or too dark. Light the skin evenly from the front and expose for the skin.",
    Cause.SOFT: "It is out of focus. Step back to about a metre, and focus on the skin.",
    Cause.UNALIGNED: "It lies outside a photograph, or looks too different in one to be laid over the others. Leave a "
    "margin all round, and keep pose, expression and light the same.",
}
"""A sentence for each cause: what is wrong, and what to do next."""
