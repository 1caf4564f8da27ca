"""A sticker drawn, and laid into a photograph."""

import cv2
import numpy as np
import pytest

from needlework.imaging.colour import to_linear
from needlework.imaging.sticker.drawing import PX_PER_MM, draw, paste
from needlework.imaging.sticker.finding import find
from needlework.imaging.sticker.geometry import geometry
from tests.stickers import laid, scene, skin


def test_the_drawing_has_every_patch_in_its_colour():
    drawn = draw()
    assert drawn.shape == (450, 600, 3)
    for (x, y), reflectance in zip(geometry().middles, geometry().reflectances, strict=True):
        assert drawn[round(y * PX_PER_MM), round(x * PX_PER_MM)] == pytest.approx(reflectance, abs=1e-6)


def test_a_pasted_sticker_sends_back_its_share_of_the_light():
    homography, light = laid(turn_deg=10), 0.5
    pasted = to_linear(paste(skin(), homography, draw(), light))
    places = cv2.perspectiveTransform(geometry().middles[None], homography)[0].round().astype(int)
    assert pasted[places[:, 1], places[:, 0]] == pytest.approx(light * geometry().reflectances, rel=0.05)


def test_the_skin_about_a_pasted_sticker_is_left_as_it_was():
    homography = laid(turn_deg=30, at=(330, 200))
    before, after = skin(), paste(skin(), homography, draw())
    covered = np.zeros(before.shape[:2], np.uint8)
    corners = cv2.perspectiveTransform(geometry().corners[None], homography)[0]
    cv2.fillPoly(covered, [corners.round().astype(np.int32)], 1)
    outside = cv2.dilate(covered, np.ones((5, 5))) == 0
    assert (before[outside] == after[outside]).all()
    assert (before != after).any()


def test_the_outline_is_where_the_sticker_was_laid():
    homography = laid(tilt_deg=25, about_deg=40, turn_deg=15)
    corners = cv2.perspectiveTransform(geometry().corners[None], homography)[0]
    assert geometry().outline(find(scene(homography)).homography) == pytest.approx(corners, abs=0.7)
