"""Rendered bodies: the skin is found again wherever the sticker lies, and other skin is not taken for it."""

import cv2
import numpy as np
import pytest

from needlework.imaging.measures.asking import Visits
from needlework.imaging.registration import aligning
from needlework.imaging.registration.aligning import align, begin, lay
from needlework.imaging.skin import features
from needlework.imaging.skin.camera import Camera, photograph
from needlework.imaging.skin.fields import Extent
from needlework.imaging.skin.patch import Skin, render
from needlework.imaging.skin.scene import Stance, looking, seen, with_sticker
from needlework.imaging.sticker import finding
from needlework.imaging.zones.body import body
from tests.retaken import view

EXTENT = Extent(520, 620, 0.25)
PLACE = (25.0, 25.0, 0.0)
MOVED = (55.0, 25.0, 20.0)
"""Thirty millimetres beside it, and turned."""
FIRST = Stance(1, 1, 2)
AGAIN = Stance(2, -3, -4, 5)
FARTHER = Stance(1, 0, -2, scale=1 / 1.5)


def rendered(seed):
    return render(Skin(seed, EXTENT, spots=features.spots(seed, EXTENT, 6))).light


@pytest.fixture(scope="module")
def light():
    return rendered(4)


def taken(light, place, stance, seed):
    there = seen(with_sticker(light, EXTENT.mm_per_px, *place), EXTENT.mm_per_px, stance)
    image = photograph(there, Camera(exposure_ev=0.1 * seed, seed=seed))
    return view(image, None, finding.find(image))


def on_skin(places, stance):
    """Where on the patch, in millimetres, a grid shows it."""
    back = np.linalg.inv(looking(stance, EXTENT.mm_per_px, EXTENT.width_px, EXTENT.height_px))
    return cv2.perspectiveTransform(places.astype(np.float64), back) * EXTENT.mm_per_px


@pytest.fixture(scope="module")
def first(light):
    return taken(light, PLACE, FIRST, 1)


@pytest.mark.parametrize(
    ("place", "stance", "least_valid"),
    [(PLACE, AGAIN, 0.6), (MOVED, AGAIN, 0.5), (PLACE, FARTHER, 0.6)],
    ids=["same-place", "moved-and-turned", "farther"],
)
def test_skin_is_laid_on_itself(light, first, place, stance, least_valid):
    views = [first, taken(light, place, stance, 2)]
    laid = lay(views, begin(views))
    error_mm = np.linalg.norm(on_skin(laid[0].places, FIRST) - on_skin(laid[1].places, stance), axis=-1)
    both = laid[0].valid & laid[1].valid
    assert both.mean() > least_valid
    assert np.median(error_mm[both]) < 0.05
    assert np.quantile(error_mm[both], 0.95) < 0.15


def test_a_sticker_off_the_grid_leaves_nothing_to_measure(light, first, monkeypatch):
    monkeypatch.setattr(aligning, "sticker_outline", lambda *_: None)
    visits = Visits.of([first], [taken(light, PLACE, AGAIN, 2)], zones=["abdomen"], control=None)
    assert "It lies outside a photograph" in visits.zones["abdomen"].reason


def test_swapping_the_visits_swaps_the_shots_and_nothing_else(light, first):
    other = taken(light, MOVED, AGAIN, 2)
    one, two = align([first], [other]), align([other], [first])
    assert one.mm_per_px == two.mm_per_px
    np.testing.assert_array_equal(one.images, two.images[::-1])
    np.testing.assert_array_equal(one.valid, two.valid[::-1])


def test_other_skin_is_not_measured_and_says_why(first):
    stack = align([first], [taken(rendered(9), PLACE, AGAIN, 2)])
    assert not stack.valid.all(axis=0).any()
    assert "too different in one to be laid over the others" in body(stack, "abdomen", stack.stickers).reason
