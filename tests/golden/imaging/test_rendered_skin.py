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
COLOUR = [0.4116, 0.2491, 0.1887]
BANDS = [(0.15, 0.5, 0.02681), (0.5, 1.0, 0.01782), (1.0, 2.0, 0.01825), (2.0, 4.0, 0.01946)]
PIXELS = [
    (0, 0, [0.4009, 0.259, 0.197]),
    (61, 120, [0.3644, 0.1975, 0.146]),
    (140, 33, [0.379, 0.2176, 0.1556]),
    (199, 239, [0.4152, 0.2345, 0.1783]),
]
TRUTH = [0.012982, 0.001678, 0.009271, 0.130764]
PHOTOGRAPH = [171.81, 136.64, 120.08]
GRAIN = 1.730


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
