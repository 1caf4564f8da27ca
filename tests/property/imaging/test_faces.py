"""What a face says of itself does not depend on where it lies in its picture."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from needlework.imaging.arrays import Points
from needlework.imaging.faces.expression import difference_mm
from needlework.imaging.faces.face import Face
from needlework.imaging.faces.likeness import apart_mm
from needlework.imaging.faces.mean import mean_face
from needlework.imaging.faces.placed import PLACES, place
from needlework.imaging.faces.pose import pose
from needlework.imaging.shots import Shot, Source

SHOT = Shot("a.jpg", np.zeros((2000, 2000, 3), np.uint8), "", Source("JPEG", 2000, 2000))
degrees = st.floats(-170, 170)
sizes = st.floats(0.5, 5)
shifts = st.floats(700, 1300)
seeds = st.integers(0, 99)


def somebody(seed: int) -> Points:
    """The mean face made somewhat other, smoothly."""
    bend = np.random.default_rng(seed).normal(0, 0.05, (3, 3))
    return mean_face().points @ (np.eye(3) + bend)


def laid(points: Points, size: float, turn_deg: float, x: float, y: float) -> Face:
    """Points as a face of that size in a picture, leaning clockwise."""
    cosine, sine = np.cos(np.radians(turn_deg)), np.sin(np.radians(turn_deg))
    lean = np.array([[cosine, -sine, 0], [sine, cosine, 0], [0, 0, 1]])
    return Face(size * points @ lean.T + (x, y, 0), 0.0)


@settings(max_examples=25, deadline=None)
@given(seeds, sizes, degrees, shifts, shifts)
def test_size_place_and_lean_change_neither_pose_nor_likeness_nor_expression(seed, size, turn, x, y):
    straight, moved = laid(somebody(seed), 1, 0, 0, 0), laid(somebody(seed), size, turn, x, y)
    before, after = pose(straight), pose(moved)
    assert after[:2] == pytest.approx(before[:2], abs=1e-6)
    assert (after.roll_deg - before.roll_deg - turn + 180) % 360 == pytest.approx(180, abs=1e-6)
    assert apart_mm(straight, moved) < 1e-6
    assert difference_mm(straight, moved) < 1e-6


@settings(max_examples=25, deadline=None)
@given(seeds, seeds)
def test_likeness_and_expression_do_not_care_which_face_is_first(seed, other):
    one, two = (laid(somebody(number), 1, 0, 0, 0) for number in (seed, other))
    assert difference_mm(one, two) == difference_mm(two, one)
    assert apart_mm(one, two) == pytest.approx(apart_mm(two, one), rel=0.1, abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(seeds, sizes, st.floats(-40, 40), shifts, shifts)
def test_points_placed_on_a_moved_face_give_the_face_moved(seed, size, turn, x, y):
    straight, moved = (
        place({name: face.points[index, :2].tolist() for name, index in PLACES.items()}, SHOT).points
        for face in (laid(somebody(seed), 4, 0, 1000, 1000), laid(somebody(seed), size, turn, x, y))
    )
    expected = laid((straight - (1000, 1000, 0)) / 4, size, turn, x, y).points
    assert np.abs(moved - expected)[:, :2].max() < 1e-6 * size
