"""A sticker laid on rendered skin is found where it was laid, and a stance moves skin and sticker together."""

import cv2
import numpy as np
import pytest

from needlework.imaging.colour import to_srgb
from needlework.imaging.skin import scene
from needlework.imaging.skin.camera import Camera, photograph
from needlework.imaging.skin.fields import Extent
from needlework.imaging.skin.patch import Skin, render
from needlework.imaging.skin.scene import Stance
from needlework.imaging.sticker.geometry import dictionary, geometry

EXTENT = Extent(400, 520, 0.2)


@pytest.fixture(scope="module")
def light():
    return scene.with_sticker(render(Skin(4, EXTENT, "IV")).light, 0.2, 20, 15, 10)


def squares(image):
    how = cv2.aruco.DetectorParameters()
    how.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    found, numbers, _ = cv2.aruco.ArucoDetector(dictionary(), how).detectMarkers(image)
    return {int(number): corners[0] for number, corners in zip(np.ravel(numbers), found, strict=True)}


def test_the_sticker_lies_where_it_was_laid(light):
    found = squares(photograph(light, Camera()))
    assert sorted(found) == [0, 1, 2, 3]
    turn = np.radians(10)
    for place, square in enumerate(geometry().squares):
        x, y = square.corners.T
        laid = np.array([x * np.cos(turn) - y * np.sin(turn) + 20, x * np.sin(turn) + y * np.cos(turn) + 15]).T
        np.testing.assert_allclose(found[place].mean(axis=0), laid.mean(axis=0) / 0.2 - 0.5, atol=0.15)


def test_the_skin_beside_the_sticker_stays(light):
    np.testing.assert_array_equal(to_srgb(light)[:50], to_srgb(render(Skin(4, EXTENT, "IV")).light)[:50])


def test_a_stance_moves_what_is_seen(light):
    stance = Stance(right_mm=3, down_mm=-2, turn_deg=5, tilt_deg=8, scale=0.95)
    before = squares(to_srgb(light))
    after = squares(to_srgb(scene.seen(light, 0.2, stance)))
    view = scene.looking(stance, 0.2, EXTENT.width_px, EXTENT.height_px)
    for number, corners in before.items():
        moved = cv2.perspectiveTransform(corners[None].astype(np.float64), view)[0]
        np.testing.assert_allclose(after[number].mean(axis=0), moved.mean(axis=0), atol=0.15)


def test_tilted_skin_is_smaller_where_it_is_farther():
    view = scene.looking(Stance(tilt_deg=30), 0.2, 400, 400)
    top, bottom = cv2.perspectiveTransform(np.array([[[100.0, 0], [300, 0]], [[100, 399], [300, 399]]]), view)
    assert top[1, 0] - top[0, 0] < 200 < bottom[1, 0] - bottom[0, 0]


def test_straight_above_nothing_changes(light):
    np.testing.assert_allclose(scene.seen(light, 0.2, Stance()), light, atol=1e-3)
