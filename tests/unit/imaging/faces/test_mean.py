"""The mean mesh is a face of average size, its own mirror image, and nobody's to change."""

import numpy as np
import pytest

from needlework.imaging.faces.face import EYE_CORNERS, PUPIL_DISTANCE_MM, Face
from needlework.imaging.faces.mean import mean_face


def test_mirroring_twice_is_doing_nothing():
    mirror = mean_face().mirror
    assert (mirror[mirror] == np.arange(468)).all()
    assert [mirror[right] for right in EYE_CORNERS[0]] == list(reversed(EYE_CORNERS[1]))


def test_the_mean_mesh_is_its_own_mirror_image():
    mean = mean_face()
    np.testing.assert_allclose(mean.points[mean.mirror] * (-1, 1, 1), mean.points, atol=0.011)


def test_its_eyes_are_an_average_adults_apart():
    assert Face(mean_face().points, 0.0).eye_distance_px == pytest.approx(PUPIL_DISTANCE_MM, abs=0.05)


def test_a_smile_moves_the_mouth_most_and_the_inner_corners_of_the_eyes_least():
    moves = mean_face().moves_mm
    assert moves[[61, 291]].min() > 5
    assert moves[[133, 362]].max() < 1


def test_nobody_can_write_to_it():
    with pytest.raises(ValueError, match="read-only"):
        mean_face().points[0] = 0
