"""Find a sticker in a photograph, and say what of it can be trusted."""

import numpy as np

from needlework.imaging.arrays import Image
from needlework.imaging.faces.face import PUPIL_DISTANCE_SD, Face
from needlework.imaging.sticker import colour, plane
from needlework.imaging.sticker.blur import blur_mm
from needlework.imaging.sticker.evenness import evenness
from needlework.imaging.sticker.geometry import geometry
from needlework.imaging.sticker.patches import read, straightened
from needlework.imaging.sticker.plane import Plane
from needlework.imaging.sticker.printing import copy_doubt
from needlework.imaging.sticker.reading import Reading

MOST_TILT_DEGREES = 40.0
"""Beyond, a degree of error in the tilt moves lengths by a hundredth or more, and even matte ink begins to shine."""
MOST_BEND_MM = 0.25
"""Of the corners of the squares out of their plane, root mean square; flat ones keep within 0.1 at 0.3 mm per pixel."""
MOST_BLUR_MM = 0.4
"""Sigma from which neighbours mix into the middle of a patch."""
COARSEST_MM_PER_PX = 0.45
"""A patch is then 12 pixels wide, and a block of a JPEG file's colour wider than it."""
FAR = 3.0
"""Standard errors from which two scales contradict each other."""


def find(image: Image) -> Reading | None:
    """Return what an image shows of a sticker, or None where fewer than three of its corner squares are seen.

    Of several stickers the one seen best is read, and a doubt says so.
    """
    found = plane.find(image)
    if found is None:
        return None
    straight = straightened(image, found)
    patches = read(straight, found)
    even = evenness(patches)
    levelled = even.levelled(patches.light)
    correct = colour.correction(patches, levelled)
    hidden, placing = _hidden(found), _placing(found)
    of_colour = _softness(found, blur_mm(straight)) or copy_doubt(patches, even, levelled, correct)
    return Reading(
        homography=found.homography,
        mm_per_px=found.mm_per_px,
        scale_error=found.scale_error,
        correct=correct,
        colour_error=colour.residual(patches, levelled, correct),
        doubts=tuple(filter(None, (hidden, placing, of_colour))),
        colour_trusted=of_colour is None,
        scale_trusted=placing is None,
    )


def scale_doubt(reading: Reading, face: Face) -> str | None:
    """Return a sentence where the scales of a sticker and of the face beside it contradict each other, or None.

    The face's own scale takes the eyes to be an average adult's apart, so that a few per cent cannot be told.
    """
    printed = face.mm_per_px / reading.mm_per_px
    if abs(np.log(printed)) <= FAR * np.hypot(PUPIL_DISTANCE_SD, reading.scale_error):
        return None
    return (
        f"By the face beside it, the sticker seems to be printed at {printed:.0%} of its size. Check that the line on "
        "its page is 100 mm long and print it at 100 %; if it is, lay the sticker as near to the camera as the face."
    )


def _hidden(found: Plane) -> str | None:
    """Return that a corner is not seen; the other three give scale and plane, and the patches speak for themselves."""
    if found.seen < len(geometry().squares):
        return "A corner of the sticker is hidden or outside the picture. Show all of it."
    return None


def _placing(found: Plane) -> str | None:
    """Return what is wrong with how the sticker lies, or None."""
    if found.others:
        return "There is more than one sticker in the picture, and the one seen best was read. Leave one."
    if found.tilt_degrees > MOST_TILT_DEGREES:
        away = f"{found.tilt_degrees:.0f}°"
        return f"The sticker is turned {away} away from the camera. Let it face the camera as the skin does."
    if found.residual_mm > MOST_BEND_MM:
        return "The sticker is bent. Lay it flat, or where the skin is flatter."
    return None


def _softness(found: Plane, blur: float) -> str | None:
    """Return what keeps its patches from being told apart, or None."""
    if blur > MOST_BLUR_MM:
        return "The sticker is out of focus. Tap it or the skin beside it to focus, and hold still."
    if found.mm_per_px > COARSEST_MM_PER_PX:
        return "The sticker is too small in the picture for its colours. Go nearer."
    return None
