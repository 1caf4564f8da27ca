"""The ground of views without a face: the planes of their stickers, which need not lie on the same skin."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Image, Mask
from needlework.imaging.colour import to_linear
from needlework.imaging.filters import smooth
from needlework.imaging.registration.flow import WORK_MM, detail
from needlework.imaging.registration.grid import FINEST_MM, OVERSAMPLING, Grid
from needlework.imaging.registration.ground import Ground
from needlework.imaging.registration.sampling import Places, sampler, shown
from needlework.imaging.registration.seating import PIXEL_MM, Matrix, Surroundings, extent, in_mm, moved_by, seated
from needlework.imaging.registration.stack import View
from needlework.imaging.sticker.geometry import geometry
from needlework.imaging.sticker.reading import Reading

AROUND_MM = 90.0
"""How far the grid reaches from the middle of the sticker: farther out skin is no plane."""
HALO_MM = 8.0
"""From a sticker, white as it is: so near to it the contrast of skin is told against paper."""
BESIDE_MM = 20.0
"""From a sticker: so near to it what is seen is mostly skin."""
OTHER_COLOUR = 0.35
"""In log(red/green) and log(blue/green): what differs so much from the skin beside the sticker is cloth or a table,
which does not lie still. Skin of one photograph differs by less, lesions and uneven light included."""
DARKEST = 0.005
"""Linear light below which a camera gives noise."""
COLOUR_MM = 1.0
"""Gaussian sigma over which light is averaged before its colour is told: hairs and noise are finer."""


@dataclass(frozen=True, eq=False)
class Flat:
    """A view as it is seen from straight above its sticker."""

    to_image: Matrix
    """Millimetres about the sticker's middle, level as in the photograph, to pixels of the image."""
    around: Surroundings

    @classmethod
    def of(cls, view: View, reading: Reading) -> "Flat":
        """Look at the skin around the sticker of a view."""
        level = levelled(reading)
        to_image = reading.homography @ level
        grid = Grid.of(2 * AROUND_MM, 2 * AROUND_MM, PIXEL_MM)
        around = moved_by(-AROUND_MM, -AROUND_MM)
        places = plane_places(grid, to_image @ around)
        image, inside = sampler(view.shot.image, places).at(places), shown(places, view.shot.image)
        away = geometry().away_mm(_projected(grid, level @ around))
        beside = inside & (away > HALO_MM)
        skin = beside & _coloured(image, beside & (away < BESIDE_MM))
        return cls(to_image, Surroundings(detail(image, PIXEL_MM), inside, skin))


def body_ground(views: Sequence[View]) -> Ground:
    """Return the ground of views that all show a sticker.

    The skin of each is found again on that of the one photographed from nearest. Where it is not, the view is `apart`:
    it lies as if its sticker lay on the same skin, and nothing of it counts.
    """
    readings = [view.sticker for view in views if view.sticker]
    flats = [Flat.of(view, reading) for view, reading in zip(views, readings, strict=True)]
    base = min(range(len(views)), key=lambda index: (readings[index].mm_per_px, index))
    found = [
        np.eye(3) if index == base else seated(flats[base].around, flat.around) for index, flat in enumerate(flats)
    ]
    apart = frozenset(index for index, matrix in enumerate(found) if matrix is None)
    onto = [np.eye(3) if matrix is None else matrix for matrix in found]
    left, top, width, height = _common(flats[base], [(flat, onto[index]) for index, flat in enumerate(flats)])
    grid = Grid.of(width, height, max(FINEST_MM, OVERSAMPLING * max(reading.mm_per_px for reading in readings)))
    work = grid.at(WORK_MM)
    places = [
        plane_places(work, flat.to_image @ own @ moved_by(left, top)) for flat, own in zip(flats, onto, strict=True)
    ]
    return Ground(
        grid,
        work,
        places,
        skin=np.ones((work.height, work.width), np.float32),
        ranks=[int(index in apart) for index in range(len(views))],
        points=None,
        apart=apart,
    )


def plane_places(grid: Grid, to_image: Matrix) -> Places:
    """Return where the pixels of a grid lie in an image, by a homography from its millimetres."""
    return np.asarray(_projected(grid, to_image), np.float32)


def _projected(grid: Grid, onto: Matrix) -> NDArray[np.float64]:
    x, y = ((np.arange(length) + 0.5) * grid.mm_per_px for length in (grid.width, grid.height))
    return np.asarray(cv2.perspectiveTransform(np.dstack(np.meshgrid(x, y)), onto), np.float64)


def levelled(reading: Reading) -> Matrix:
    """Return the way from millimetres about the sticker's middle, level as in the photograph, to its own millimetres.

    However the sticker was turned when it was stuck on, a body is photographed upright.
    """
    middle = geometry().corners.mean(axis=0)
    near = middle + np.array([[0, 0], [1, 0], [0, 1]])
    at, across, down = cv2.perspectiveTransform(near[None], reading.homography)[0]
    right = np.linalg.solve(np.column_stack([across - at, down - at]), np.array([1.0, 0.0]))
    right /= np.linalg.norm(right)
    return np.array([[right[0], -right[1], middle[0]], [right[1], right[0], middle[1]], [0, 0, 1]])


def _coloured(image: Image, beside: Mask) -> Mask:
    """Return where an image has the colour that it has beside its sticker, however bright."""
    if not beside.any():
        return beside
    light = np.log(np.maximum(smooth(to_linear(image), COLOUR_MM / PIXEL_MM), DARKEST))
    colour = light[..., ::2] - light[..., 1:2]
    return np.asarray(np.abs(colour - np.median(colour[beside], axis=0)).max(axis=-1) < OTHER_COLOUR)


def _common(base: Flat, flats: Sequence[tuple[Flat, Matrix]]) -> tuple[float, float, float, float]:
    """Return the rectangle (left, top, width, height), in the base's level millimetres, of what every view shows.

    Views that have nothing in common are laid on what the base shows: then no skin is valid in all of them.
    """
    to_mm = in_mm(base.around)
    common = np.ones_like(base.around.shown)
    for flat, own in flats:
        onto = np.linalg.inv(to_mm) @ own @ to_mm
        mask = flat.around.shown.astype(np.uint8)
        common &= cv2.warpAffine(mask, onto[:2], mask.shape, flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP) > 0
    rows, columns = extent(common if common.any() else base.around.shown)
    left, top = columns.start * PIXEL_MM - AROUND_MM, rows.start * PIXEL_MM - AROUND_MM
    return left, top, (columns.stop - columns.start) * PIXEL_MM, (rows.stop - rows.start) * PIXEL_MM
