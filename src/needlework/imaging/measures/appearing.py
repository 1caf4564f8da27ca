"""Which round dark places appeared between two visits: a test on the registered difference.

The difference of the responses of two visits (`blobs`) is divided by its own standard deviation there: a base for the
noise of the pixels, a part that grows with the structure of the skin (which leaves a rest where registration errs by a
few hundredths of a millimetre), and how large differences are nearby. Over a face that is then nearly Gaussian, so
that the limit follows from how many independent positions the face has.
"""

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, nnls

from needlework.imaging.arrays import Mask, Plane
from needlework.imaging.filters import smooth, smooth_inside
from needlework.imaging.measures.blobs import RESPONSE, SIGMAS_MM, Blob, apart, blobs, response
from needlework.imaging.robust import GAUSSIAN_MAD

FALSE_PER_FACE = 1.0
"""New and gone places together that pass by chance on unchanged skin, were all noise Gaussian and all places round."""
GRAIN_MM, STRUCTURE_MM, NEARBY_MM = 0.4, 1.0, 6.0
"""Gaussian sigmas: of what counts as structure, and over which structure and differences are gathered."""
LARGEST_NEARBY = 9.0
"""In variances: more than that counts no more, so that a new spot does not raise the noise around itself."""
LEAST_CONTRAST = 0.02
"""Log luminance: what differs by less is no spot to anyone's eye, however quiet the photographs are."""
EVERY = 7
"""Every which cell the noise is fitted on."""
LEAST_SD = 1e-5
"""Log luminance: less than any photograph's noise, so that a photograph against itself shows no difference."""

Seen = Literal["new", "gone"]


def appearances(
    planes: NDArray[np.float32], spots: Sequence[list[Blob]], skin: Mask, cell_mm: float
) -> list[tuple[Blob, Seen]]:
    """Return the places that appeared or disappeared, the darkest first.

    Args:
        planes: (2, h, w) log luminance of the first and of the second visit, their shots averaged.
        spots: the spots of either visit: one that only got darker, by less than it was, is no new one.
        skin: (h, w) where to look: all the skin of the view, since the limit is one for all of it.
        cell_mm: the width of a pixel.

    """
    structure = np.minimum(*(_structure(plane, cell_mm) for plane in planes))
    changes = [response(planes[1] - planes[0], sigma / cell_mm) for sigma in SIGMAS_MM]
    worths = [change / noise(change, structure, skin, cell_mm) for change in changes]
    least = limit(worths, skin)
    came, went = (
        [
            blob
            for change, worth, sigma in zip(changes, worths, SIGMAS_MM, strict=True)
            for blob in blobs(sign * change, _strong(sign * change, sign * worth, least, skin), sigma, cell_mm)
        ]
        for sign in (np.float32(1), np.float32(-1))
    )
    kept = apart([*came, *went], cell_mm)
    told: list[tuple[Blob, Seen]] = [(blob, "new" if blob in came else "gone") for blob in kept]
    return [(blob, seen) for blob, seen in told if not _old(blob, spots[seen == "gone"], cell_mm)]


def _strong(change: Plane, worth: Plane, least: float, skin: Mask) -> Mask:
    return np.asarray(skin & (worth > least) & (change > RESPONSE * LEAST_CONTRAST))


def _old(blob: Blob, spots: list[Blob], cell_mm: float) -> bool:
    return any(blob.overlaps(spot, cell_mm) and spot.contrast > blob.contrast for spot in spots)


def noise(difference: Plane, structure: Plane, skin: Mask, cell_mm: float) -> Plane:
    """Return the standard deviation that a difference has everywhere on unchanged skin."""
    squares = difference**2
    typical = np.float32(np.median(squares[skin]) / GAUSSIAN_MAD**2 + LEAST_SD**2)
    nearby = smooth_inside(np.minimum(squares, LARGEST_NEARBY * typical), skin, NEARBY_MM / cell_mm)
    terms = (np.ones_like(squares), structure, nearby)
    changes = squares[skin][::EVERY].astype(np.float64)
    known = np.stack([term[skin][::EVERY] for term in terms], axis=1).astype(np.float64)
    weight = np.full(len(known), 1 / typical, np.float64)
    for _ in range(3):
        factors, _ = nnls(known * weight[:, None], np.minimum(changes * weight, LARGEST_NEARBY))
        weight = 1 / np.maximum(known @ factors, LEAST_SD**2)
    sd = np.sqrt(np.maximum(sum(factor * term for factor, term in zip(factors, terms, strict=True)), LEAST_SD**2))
    return np.asarray(sd * max(np.median(np.abs(difference / sd)[skin]) / GAUSSIAN_MAD, 1), np.float32)


def limit(worths: list[Plane], skin: Mask) -> float:
    """Return what `FALSE_PER_FACE` places of unchanged skin pass, in either direction together.

    The expected number of maxima of a Gaussian field above a level u is, for the levels that matter, its area times
    sqrt(det Λ) (2π)^(-3/2) u exp(-u²/2), where Λ is the variance of its gradient (Adler 1981): how many independent
    positions it has.
    """
    positions = math.fsum(_positions(worth, skin) for worth in worths)

    def excess(level: float) -> float:
        return 2 * positions * level * math.exp(-(level**2) / 2) / math.sqrt(2 * math.pi) ** 3 - FALSE_PER_FACE

    return float(brentq(excess, 1, 10)) if excess(1) > 0 else 1.0


def _positions(worth: Plane, skin: Mask) -> float:
    across2, down2, spread = (float(np.mean(values[skin] ** 2)) for values in (*slopes(worth), worth))
    return float(np.count_nonzero(skin) * math.sqrt(across2 * down2) / max(spread, LEAST_SD))


def _structure(plane: Plane, cell_mm: float) -> Plane:
    down, across = slopes(smooth(plane, GRAIN_MM / cell_mm))
    return smooth(down**2 + across**2, STRUCTURE_MM / cell_mm)


def slopes(plane: Plane) -> tuple[Plane, Plane]:
    """Return how a plane changes from one cell to the next, downwards and across."""
    down, across = (np.asarray(np.gradient(plane, axis=axis), np.float32) for axis in (0, 1))
    return down, across
