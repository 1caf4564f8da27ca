"""How the skin around a sticker lies to the skin around another: found anew, since stickers are laid by hand.

The skin's own structure is looked for at every turn and shift, and what is found is believed only if it stands out from
all the others, and if a flow from one to the other leads back again over most of the skin. So no wrong place is taken
for the right one: skin that is not found again is not compared.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft2, next_fast_len, rfft2

from needlework.imaging.arrays import Mask, Plane
from needlework.imaging.filters import band
from needlework.imaging.registration.flow import Flow, Shift, follow, pixels

PIXEL_MM = 0.5
"""Millimetres per pixel of the skin around a sticker."""
SEARCH_PX = 2
"""Of those pixels along one of the search, which needs no finer ones."""
STRUCTURE_MM = (0.5, 1.5)
"""Gaussian sigmas between which the search looks at skin: moles, lines, the coarser of its relief. Wider structure, as
of stretch marks side by side, is nearly as like at other shifts."""
STEP_DEGREES = 2.0
"""Between the turns that are tried: half of it moves skin 60 mm from the middle by one pixel of the search."""
FARTHEST_MM = 60.0
"""How far apart two places of the sticker may be."""
LEAST_CM2 = 15.0
"""The least skin that both must show."""
DISTINCT = 6.0
"""By how many standard deviations of all shifts a place must stand out to be looked at. The foreheads of eight
photographed persons, neutral and smiling, do, and most of their cheeks; those of two persons reach 5.1 at most."""
SETTLING = 2
"""Rounds in which turn, shift, stretch and shear settle; then they stand still."""
LEAST_AGREEING = 0.55
"""The share of the skin from which a flow must lead back to within a pixel: 0.6 and more of those persons' whole faces,
0.7 and more of foreheads and cheeks. It leads back from less than half of other skin."""
LARGEST_STRETCH = 1.25
"""How much skin may be stretched between two photographs, and how much shorter a sticker may make it by lying on
another slope."""

Matrix = NDArray[np.float64]
"""(3, 3), of homogeneous coordinates."""


@dataclass(frozen=True, eq=False)
class Surroundings:
    """The skin around a sticker, whose middle is in its middle; (h, w) with as many rows as columns."""

    seen: Plane
    """`flow.detail`, on pixels of `PIXEL_MM`."""
    shown: Mask
    """What lies inside the photograph."""
    skin: Mask
    """What of that is skin, as it is without a sticker near it."""


class _Sought(NamedTuple):
    """The skin around a sticker, prepared for the search."""

    band: Plane
    skin: Plane

    @classmethod
    def of(cls, around: Surroundings) -> "_Sought":
        size = tuple(length // SEARCH_PX for length in around.seen.shape)
        own = (sigma / PIXEL_MM for sigma in STRUCTURE_MM)
        structure, skin = (
            np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32)
            for plane in (band(around.seen, *own), around.skin.astype(np.float32))
        )
        return cls(structure * skin, skin)

    def turned(self, degrees: float) -> "_Sought":
        middle = (self.skin.shape[0] - 1) / 2
        turn = cv2.getRotationMatrix2D((middle, middle), degrees, 1.0)
        return _Sought(*(np.asarray(cv2.warpAffine(plane, turn, plane.shape), np.float32) for plane in self))

    def waves(self, length: int) -> list[NDArray[np.complex64]]:
        return [rfft2(plane, (length, length)) for plane in (self.band, self.band * self.band, self.skin)]


class _Found(NamedTuple):
    distinct: float
    matrix: Matrix


def seated(base: Surroundings, other: Surroundings) -> Matrix | None:
    """Return the affine matrix from millimetres about the base's middle to those about the other's; None if unknown."""
    settled = (_settled(base, other, matrix) for matrix in _candidates(base, other))
    return next((matrix for matrix in settled if matrix is not None), None)


def _candidates(base: Surroundings, other: Surroundings) -> Iterator[Matrix]:
    """Yield the turns and shifts at which both seem to show the same skin."""
    here, there = _Sought.of(base), _Sought.of(other)
    length = next_fast_len(here.skin.shape[0] + round(FARTHEST_MM / (SEARCH_PX * PIXEL_MM)), real=True)
    waves = here.waves(length)
    for degrees in _turns():
        found = _shifted(waves, there.turned(degrees), degrees, length)
        if found.distinct > DISTINCT:
            yield found.matrix


def _turns() -> Iterator[float]:
    """Yield every turn, those that are least likely last."""
    yield 0.0
    for step in range(1, round(180 / STEP_DEGREES) + 1):
        yield from (step * STEP_DEGREES, -step * STEP_DEGREES)


def _shifted(waves: list[NDArray[np.complex64]], other: _Sought, degrees: float, length: int) -> _Found:
    """Return the shift at which two are most alike, where both show skin.

    Normalised cross-correlation of masked pictures (Padfield 2012), by Fourier transform, times the root of how much
    skin both show: what chance gives is then alike for every shift.
    """
    structure, power, skin = waves
    own_structure, own_power, own_skin = other.waves(length)
    both, first, second, overlap = (
        irfft2(one.conj() * two, (length, length))
        for one, two in ((structure, own_structure), (power, own_skin), (skin, own_power), (skin, own_skin))
    )
    pixel_mm = SEARCH_PX * PIXEL_MM
    shift = np.fft.fftfreq(length, 1 / length) * pixel_mm
    allowed = (overlap * pixel_mm**2 > 100 * LEAST_CM2) & (np.hypot(shift, shift[:, None]) <= FARTHEST_MM)
    if not allowed.any():
        return _Found(0.0, np.eye(3))
    alike = both * np.sqrt(np.maximum(overlap, 0) / np.maximum(first * second, 1e-6))
    row, column = np.unravel_index(np.where(allowed, alike, -np.inf).argmax(), alike.shape)
    distinct = alike[row, column] / max(float(alike[allowed].std()), 1e-6)
    return _Found(float(distinct), _rotation(degrees) @ moved_by(shift[column], shift[row]))


def _settled(base: Surroundings, other: Surroundings, matrix: Matrix) -> Matrix | None:
    """Return a matrix with stretch and shear, by the flow that it leaves; None where that leads nowhere."""
    part = extent(base.skin)
    base_mm = in_mm(base) @ moved_by(part[1].start, part[0].start)
    onto = np.linalg.inv(in_mm(other)) @ matrix @ base_mm
    for _ in range(SETTLING):
        flow, both = _flow(base.seen[part], base.skin[part], other, onto)
        agreed = both & flow.agreed & (flow.round_trip_px < 1)
        if np.count_nonzero(agreed) <= LEAST_AGREEING * np.count_nonzero(both):
            return None
        onto = onto @ _affine(flow.shift, agreed)
    stretches = np.linalg.svd(onto[:2, :2], compute_uv=False)
    if np.abs(np.log(stretches)).max() > np.log(LARGEST_STRETCH):
        return None
    return np.asarray(in_mm(other) @ onto @ np.linalg.inv(base_mm))


def in_mm(around: Surroundings) -> Matrix:
    """Return the matrix from pixels to millimetres about the middle."""
    middle = (around.seen.shape[0] - 1) / 2
    return np.array([[PIXEL_MM, 0, -middle * PIXEL_MM], [0, PIXEL_MM, -middle * PIXEL_MM], [0, 0, 1]])


def moved_by(x: float, y: float) -> Matrix:
    """Return the matrix that moves by x and y."""
    return np.array([[1, 0, x], [0, 1, y], [0, 0, 1]])


def extent(mask: Mask) -> tuple[slice, slice]:
    """Return the rows and columns that a mask extends over."""
    rows, columns = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
    return slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)


def _flow(seen: Plane, skin: Mask, other: Surroundings, onto: Matrix) -> tuple[Flow, Mask]:
    """Return the flow from what is seen to what lies on it by `onto`, and where both show skin."""
    there, own = (
        cv2.warpAffine(plane, onto[:2], seen.shape[::-1], flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
        for plane in (other.seen, other.skin.astype(np.float32))
    )
    both = skin & (own > 0.99)
    return follow(seen, np.asarray(there, np.float32), both.astype(np.float32), PIXEL_MM), both


def _affine(shift: Shift, agreed: Mask) -> Matrix:
    """Return the affine matrix that a shift is most like, by least squares."""
    own = np.column_stack([pixels(shift)[agreed], np.ones(np.count_nonzero(agreed))])
    step = np.linalg.lstsq(own, shift[agreed].astype(np.float64), rcond=None)[0]
    return np.asarray(np.eye(3) + np.vstack([step.T, np.zeros(3)]))


def _rotation(degrees: float) -> Matrix:
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
