"""The skin around one sticker found again around another, or not at all."""

import cv2
import numpy as np
import pytest

from needlework.imaging.filters import smooth
from needlework.imaging.registration.seating import PIXEL_MM, Surroundings, in_mm, seated

SIDE = 280


def surroundings(seen, skin=None):
    shown = np.ones(seen.shape, bool)
    return Surroundings(seen, shown, shown if skin is None else skin)


@pytest.fixture(scope="module")
def seen():
    grain = np.random.default_rng(7).standard_normal((SIDE, SIDE)).astype(np.float32)
    structure = smooth(grain, 1.5) - smooth(grain, 6)
    return structure / structure.std()


def moved(seen, matrix):
    """What is seen at `matrix` times the millimetres at which it was."""
    to_mm = in_mm(surroundings(seen))
    onto = np.linalg.inv(to_mm) @ matrix @ to_mm
    return cv2.warpAffine(seen, onto[:2], seen.shape, flags=cv2.INTER_CUBIC)


def turned(degrees, x=0.0, y=0.0, stretch=1.0):
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[stretch * cos, -sin, x], [stretch * sin, cos, y], [0, 0, 1]])


@pytest.mark.parametrize(
    "matrix",
    [turned(0), turned(1.3, 2, -3), turned(-41, 20, 5), turned(180, -8, 12), turned(3, 4, 4, stretch=1.04)],
    ids=["same", "nearly", "turned", "upside-down", "stretched"],
)
def test_the_way_is_found(seen, matrix):
    found = seated(surroundings(seen), surroundings(moved(seen, matrix)))
    corners = np.array([[-30, 30, 30, -30], [-30, -30, 30, 30], [1, 1, 1, 1]])
    np.testing.assert_allclose((found @ corners)[:2], (matrix @ corners)[:2], atol=0.4)


def test_other_skin_has_no_way(seen):
    assert seated(surroundings(seen), surroundings(np.ascontiguousarray(seen[:, ::-1]))) is None


def test_too_little_skin_in_common_has_no_way(seen):
    strip = np.zeros(seen.shape, bool)
    strip[: round(10 / PIXEL_MM)] = True
    assert seated(surroundings(seen), surroundings(seen, strip)) is None


def test_skin_alike_in_a_corner_only_has_no_way(seen):
    other = np.ascontiguousarray(seen[:, ::-1])
    other[:100, :100] = seen[:100, :100]
    assert seated(surroundings(seen), surroundings(other)) is None


def test_skin_stretched_beyond_reason_has_no_way(seen):
    found = seated(surroundings(seen), surroundings(moved(seen, turned(0, stretch=1.35))))
    assert found is None
