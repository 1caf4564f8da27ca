"""All shots of two visits on one grid."""

from dataclasses import replace

import numpy as np
import pytest

from needlework.evidence.errors import InputError
from needlework.imaging.registration.aligning import align, begin, lay
from tests.painted import face
from tests.retaken import Way, retaken, view

WAYS = (
    Way(seed=1),
    Way(turn_degrees=3, scale=1.03, bend_px=1.5, exposure=0.8, seed=2),
    Way(turn_degrees=-2, scale=0.98, bend_px=-1, exposure=1.2, seed=3),
)


@pytest.fixture(scope="module")
def painted():
    return face()


@pytest.fixture(scope="module")
def views(painted):
    return [retaken(painted, way) for way in WAYS]


@pytest.fixture(scope="module")
def stack(views):
    return align(views[:1], views[1:])


def skin(stack, zone="cheek-left", painted=None):
    x, y = np.round(stack.points[425, :2]).astype(int)
    reach = round(10 / stack.mm_per_px)
    return np.s_[y - reach : y + reach, x - reach : x + reach]


def origins(painted, views):
    """Which place of the painted face each shot shows at each pixel of the working grid, and whether that is valid."""
    ground = begin(views)
    height, width = painted.image.shape[:2]
    middle = np.array([width, height]) / 2
    of = {view.shot.digest: way for view, way in zip(views, WAYS, strict=False)}
    for one, laid in zip(views, lay(views, ground), strict=True):
        yield of[one.shot.digest].origin(laid.places.astype(np.float64), middle), laid


def test_known_ways_are_found_to_a_twentieth_of_a_millimetre(painted, views):
    (first, _), *others = origins(painted, views)
    inside = np.s_[150:-150, 150:-150]
    for other, laid in others:
        error_mm = np.linalg.norm(other - first, axis=-1) * painted.mm_per_px
        assert np.median(error_mm[inside]) < 0.05
        assert np.quantile(error_mm[inside], 0.95) < 0.15
        assert laid.valid[inside].mean() > 0.99


def test_swapping_the_visits_swaps_the_shots_and_nothing_else(views, stack):
    swapped = align(views[1:], views[:1])
    order = [2, 0, 1]
    assert np.array_equal(swapped.images[order], stack.images)
    assert np.array_equal(swapped.valid[order], stack.valid)
    assert np.array_equal(swapped.error_mm[order], stack.error_mm)
    assert np.array_equal(swapped.points, stack.points)
    assert swapped.mm_per_px == stack.mm_per_px
    assert stack.after.tolist() == [False, True, True]
    assert swapped.after.tolist() == [False, False, True]


def test_one_shot_is_laid_on_by_the_others(stack):
    assert np.count_nonzero([not error.any() for error in stack.error_mm]) == 1
    assert (np.median(stack.error_mm, axis=(1, 2)) < 0.2).all()


def test_a_photograph_against_itself_does_not_move(views):
    twice = align(views[:1], views[:1])
    assert np.array_equal(twice.images[0], twice.images[1])
    assert not twice.error_mm.any()


def test_what_lies_outside_the_photograph_is_not_valid(painted, views):
    cut = views[1].shot.image.copy()[:, 90:]
    moved = replace(views[1].face, points=views[1].face.points - [90, 0, 0])
    stack = align(views[:1], [view(np.ascontiguousarray(cut), moved)])
    assert not stack.valid[1][:, :20].any()
    assert stack.valid[0][200:-200, 200:-200].all()


def test_what_covers_the_skin_is_not_valid(painted, views):
    covered = views[1].shot.image.copy()
    x, y = np.round(views[1].face.points[425, :2]).astype(int)
    other = np.random.default_rng(5).integers(0, 256, (80, 80, 3)).astype(np.uint8)
    covered[y - 40 : y + 40, x - 40 : x + 40] = other
    stack = align(views[:1], [view(covered, views[1].face)])
    x, y = np.round(stack.points[425, :2]).astype(int)
    both = stack.valid.all(axis=0)
    assert both[y - 15 : y + 15, x - 15 : x + 15].mean() < 0.1
    x, y = np.round(stack.points[205, :2]).astype(int)
    assert both[y - 15 : y + 15, x - 15 : x + 15].all()


def test_a_sticker_beside_the_skin_is_outlined_and_not_valid(painted, good_reading):
    shift = np.array([[1.0, 0, 60], [0, 1, 20], [0, 0, 1]])
    reading = replace(good_reading, homography=shift @ good_reading.homography, mm_per_px=painted.mm_per_px)
    ways = (WAYS[0], replace(WAYS[0], seed=7))
    first, second = (retaken(painted, way) for way in ways)
    stack = align([replace(first, sticker=reading)], [second])
    (outline, none) = stack.stickers
    assert none is None
    x, y = outline.mean(axis=0).astype(int)
    assert not stack.valid[0][y - 20 : y + 20, x - 20 : x + 20].any()
    assert stack.valid[1][y - 20 : y + 20, x - 20 : x + 20].all()


def test_views_of_which_one_shows_neither_face_nor_sticker_are_refused(views):
    with pytest.raises(InputError, match="whole face in every photograph, or the printed sticker"):
        align(views[:1], [replace(views[1], face=None)])
