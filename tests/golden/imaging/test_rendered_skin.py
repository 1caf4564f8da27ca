"""One fixed patch: its colours, how much structure it has at each size, and a few of its pixels.

The tolerances leave room for another machine's rounding, not for another formula. Who changes a formula on purpose
changes these numbers in the same commit.
"""

import numpy as np
import pytest

from needlework.imaging.arrays import Plane
from needlework.imaging.colour import luminance
from needlework.imaging.filters import band
from needlework.imaging.skin.camera import Camera, photograph
from needlework.imaging.skin.features import scars, spots, striae, wrinkles
from needlework.imaging.skin.fields import Extent
from needlework.imaging.skin.patch import Rendered, Skin, render

EXTENT = Extent(200, 240, 0.15)
COLOUR = [0.4183, 0.2527, 0.1924]
BANDS = [(0.15, 0.5, 0.02677), (0.5, 1.0, 0.01798), (1.0, 2.0, 0.01944), (2.0, 4.0, 0.02273)]
PIXELS = [
    (0, 0, [0.3812, 0.2258, 0.1751]),
    (61, 120, [0.3739, 0.2108, 0.1548]),
    (140, 33, [0.3973, 0.2218, 0.1623]),
    (199, 239, [0.4284, 0.2637, 0.1972]),
]
TRUTH = [0.012982, 0.001678, 0.009271, 0.130764]
PHOTOGRAPH = [173.1, 137.49, 121.16]
GRAIN = 1.734


@pytest.fixture(scope="module")
def patch() -> Rendered:
    skin = Skin(
        seed=20261122,
        extent=EXTENT,
        skin_type="III",
        wrinkles=wrinkles(1, EXTENT, 4),
        scars=scars(1, EXTENT, 3),
        spots=spots(1, EXTENT, 3),
        striae=striae(1, EXTENT, 2),
        erythema=0.05,
    )
    return render(skin)


def structure(patch: Rendered) -> Plane:
    return np.log(luminance(patch.light))


def test_the_mean_colour(patch):
    np.testing.assert_allclose(patch.light.mean((0, 1)), COLOUR, rtol=1e-3)


@pytest.mark.parametrize(("fine_mm", "coarse_mm", "deviation"), BANDS)
def test_structure_of_each_size(patch, fine_mm, coarse_mm, deviation):
    found = band(structure(patch), fine_mm / EXTENT.mm_per_px, coarse_mm / EXTENT.mm_per_px)
    assert found.std() == pytest.approx(deviation, rel=5e-3)


@pytest.mark.parametrize(("row", "column", "light"), PIXELS)
def test_pixels(patch, row, column, light):
    np.testing.assert_allclose(patch.light[row, column], light, rtol=2e-3)


def test_the_truth_beside_it(patch):
    truth = [patch.relief.wrinkles_mm, patch.relief.scars_mm, patch.pigment.spots, patch.pigment.striae]
    np.testing.assert_allclose([plane.mean() for plane in truth], TRUTH, rtol=1e-3)


def test_the_photograph(patch):
    photo = photograph(patch.light, Camera(seed=3)).astype(float)
    np.testing.assert_allclose(photo.mean((0, 1)), PHOTOGRAPH, atol=0.2)
    assert np.diff(photo, axis=0).std() == pytest.approx(GRAIN, rel=0.02)
