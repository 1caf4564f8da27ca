"""All shots of two visits on one grid.

Nothing here knows which visit a shot belongs to: the shots are taken in the order of their digests, and the one that
the others are laid on is chosen by what it shows. So swapping the visits gives the same stack, its shots swapped.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from needlework.evidence.errors import InputError
from needlework.imaging.arrays import Image, Mask, Plane, Points
from needlework.imaging.filters import band
from needlework.imaging.registration.body import body_ground
from needlework.imaging.registration.flow import Flow, Shift, detail, follow, moved, pixels
from needlework.imaging.registration.ground import Ground, face_ground, off_sticker, sticker_outline
from needlework.imaging.registration.sampling import Places, pixel_step, sampler, shown
from needlework.imaging.registration.stack import Stack, View
from needlework.imaging.registration.windows import Windows

NEITHER = "Show the whole face in every photograph, or the printed sticker beside the skin in every one."
AGREEING_MM = 1.5
"""Gaussian sigma of the windows, more than half of which must agree both ways."""
LEAST_LIKENESS = 0.3
"""Correlation below which two pictures do not show the same skin. Simulated re-captures keep above 0.6 everywhere."""
CHANGED_MM = 4.0
"""What fails and is less than twice as wide is skin that changed, and is bridged by what lies around it."""
ROUND_TRIP, NOISE = 4.5, 3.75
"""Weights of the round trip and of the noise in the estimated error."""
LARGEST_ERROR_MM = 0.5
"""Estimated error beyond which a place is not valid, however small: texture would no longer lie on itself."""
FINE_MM, COARSE_MM = 0.15, 0.5
"""Gaussian sigmas between which structure tells which shot is sharper."""


@dataclass(frozen=True, eq=False)
class Laid:
    """One shot on the working grid."""

    places: Places
    """Which place of the shot each pixel shows."""
    error_mm: Plane
    """Estimated; 0 for the shot that the others are laid on."""
    valid: Mask


def align(before: Sequence[View], after: Sequence[View]) -> Stack:
    """Return the shots of two visits on one grid, in the order in which they are given.

    Raises:
        InputError: the shots show neither a face each nor a sticker each.

    """
    views = [*before, *after]
    order = sorted(range(len(views)), key=lambda index: views[index].shot.digest)
    ground = begin([views[index] for index in order])
    laid = dict(zip(order, lay([views[index] for index in order], ground), strict=True))
    images, valid, error_mm = zip(
        *(_sampled(view, laid[index], ground) for index, view in enumerate(views)), strict=True
    )
    return Stack(
        mm_per_px=ground.grid.mm_per_px,
        images=np.stack(images),
        after=np.arange(len(views)) >= len(before),
        valid=np.stack(valid),
        error_mm=np.stack(error_mm),
        points=ground.points,
        stickers=tuple(_outline(view, laid[index], ground) for index, view in enumerate(views)),
    )


def begin(views: Sequence[View]) -> Ground:
    """Return the ground of views: faces, or else the planes of stickers."""
    if all(view.face for view in views):
        return face_ground(views)
    if all(view.sticker for view in views):
        return body_ground(views)
    raise InputError("", NEITHER)


def lay(views: Sequence[View], ground: Ground) -> list[Laid]:
    """Return each shot laid on the one among them that is fittest."""
    mm_per_px = ground.work.mm_per_px
    shots = list(zip(views, ground.places, strict=True))
    seen = [detail(sampler(view.shot.image, places).at(places), mm_per_px) for view, places in shots]
    bare = [off_sticker(view, places) & shown(places, view.shot.image) for view, places in shots]
    base = min(range(len(views)), key=lambda index: (ground.ranks[index], -_sharpness(seen[index], ground), index))

    def laid(index: int) -> Laid:
        view, places = shots[index]
        if index in ground.apart:
            return Laid(places, np.zeros(places.shape[:2], np.float32), np.zeros(places.shape[:2], np.bool_))
        skin = np.where(bare[base] & bare[index], ground.skin, np.float32(0))
        flow = None if index == base else follow(seen[base], seen[index], skin, mm_per_px)
        return _laid(view, places, flow, mm_per_px)

    return [laid(index) for index in range(len(views))]


def _laid(view: View, places: Places, flow: Flow | None, mm_per_px: float) -> Laid:
    shift = flow.shift if flow else np.zeros_like(places)
    places = followed(places, shift)
    bare = off_sticker(view, places) & shown(places, view.shot.image)
    if flow is None:
        return Laid(places, np.zeros(bare.shape, np.float32), bare)
    error_mm = estimated_error_mm(flow, mm_per_px)
    return Laid(places, error_mm, bare & _passed(flow, error_mm, mm_per_px))


def _sampled(view: View, laid: Laid, ground: Ground) -> tuple[Image, Mask, Plane]:
    """Return a shot's image, where it is valid and its estimated error, on the grid."""
    places = ground.work.enlarged(laid.places, ground.grid)
    valid = ground.work.enlarged(laid.valid.astype(np.float32), ground.grid) > 0.5
    error_mm = ground.work.enlarged(laid.error_mm, ground.grid)
    return sampler(view.shot.image, places).at(places), valid, error_mm


def _outline(view: View, laid: Laid, ground: Ground) -> Points | None:
    outline = sticker_outline(view, laid.places)
    return None if outline is None else ground.grid.in_pixels((outline + 0.5) * ground.work.mm_per_px)


def followed(places: Places, shift: Shift) -> Places:
    """Return the places that a shift leads to."""
    own = pixels(places)
    # What moves on is only how far a place is from its pixel: cv2 rounds where it looks to a 32nd of a pixel.
    scale = np.float32(pixel_step(places))
    return moved(places - own * scale, shift) + (own + shift) * scale


def estimated_error_mm(flow: Flow, mm_per_px: float) -> Plane:
    """Return the error (standard deviation) that a flow's round trip and noise let expect at each pixel.

    An estimate, not the truth: the weights were fitted to simulated re-captures, and what is wrong both ways alike is
    not in it.
    """
    px = np.hypot(ROUND_TRIP * flow.round_trip_px, NOISE * flow.noise_px)
    return np.asarray(px * mm_per_px, np.float32)


def _passed(flow: Flow, error_mm: Plane, mm_per_px: float) -> Mask:
    window = Windows.of(error_mm, AGREEING_MM, mm_per_px)
    agreeing = window.spread(window.mean(flow.agreed.astype(np.float32)))
    failed = (agreeing < 0.5) | (flow.likeness < LEAST_LIKENESS)
    reach = CHANGED_MM / mm_per_px
    wide = _distance(_distance(~failed) > reach) <= reach
    return np.asarray(~wide & (error_mm <= LARGEST_ERROR_MM))


def _distance(mask: Mask) -> Plane:
    """Return how far each pixel is from the nearest one of a mask; very far where it has none."""
    return np.asarray(cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5), np.float32)


def _sharpness(seen: Plane, ground: Ground) -> float:
    fine = band(seen, FINE_MM / ground.work.mm_per_px, COARSE_MM / ground.work.mm_per_px)
    return float(fine[ground.skin > 0.5].std())
