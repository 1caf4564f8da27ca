"""Which way a face looks."""

import numpy as np
import pytest
from skimage import data

from needlework.imaging.arrays import Points
from needlework.imaging.faces.face import Face
from needlework.imaging.faces.finding import find
from needlework.imaging.faces.mean import mean_face
from needlework.imaging.faces.pose import pose


def turned(*, yaw: float = 0, pitch: float = 0, roll: float = 0) -> Face:
    """The mean face, turned to its own left, nodded up, then leant clockwise on the picture, in degrees."""
    (cy, cp, cr), (sy, sp, sr) = np.cos(np.radians([yaw, pitch, roll])), np.sin(np.radians([yaw, pitch, roll]))
    about_y = np.array([[cy, 0, -sy], [0, 1, 0], [sy, 0, cy]])
    about_x = np.array([[1, 0, 0], [0, cp, sp], [0, -sp, cp]])
    about_z = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return Face(on_picture(mean_face().points @ (about_z @ about_x @ about_y).T), 0.0)


def on_picture(points: Points) -> Points:
    return points * 3.1 + (600, 700, 0)


def test_the_mean_face_looks_straight_ahead():
    assert pose(turned()) == pytest.approx((0, 0, 0), abs=0.01)


@pytest.mark.parametrize(
    "angles", [{"yaw": 20}, {"pitch": -15}, {"roll": 170}, {"yaw": -30, "pitch": 10, "roll": 25}], ids=str
)
def test_a_turned_head_reads_as_it_was_turned(angles):
    wanted = {"yaw": 0, "pitch": 0, "roll": 0} | angles
    assert pose(turned(**angles)) == pytest.approx(tuple(wanted.values()), abs=0.01)


@pytest.mark.parametrize("angles", [{}, {"yaw": 45}, {"pitch": 20, "roll": 30}], ids=str)
def test_a_turn_leaves_the_scale(angles):
    assert turned(**angles).mm_per_px == pytest.approx(1 / 3.1, rel=0.01)


def test_positive_is_to_the_faces_left_up_and_clockwise():
    straight, tip, chin = turned(), 4, 152
    assert turned(yaw=10).points[tip, 0] > straight.points[tip, 0]
    assert turned(pitch=10).points[tip, 1] < straight.points[tip, 1]
    assert turned(roll=10).points[chin, 0] < straight.points[chin, 0]


def test_turning_a_photograph_changes_the_lean_alone():
    image = np.asarray(data.astronaut(), np.uint8)
    upright, turned_right = pose(find(image)[0]), pose(find(np.ascontiguousarray(np.rot90(image, -1)))[0])
    assert np.subtract(turned_right, upright) == pytest.approx((0, 0, 90), abs=0.7)


def test_the_mirror_image_looks_the_other_way():
    image = np.asarray(data.astronaut(), np.uint8)
    yaw, pitch, roll = pose(find(image)[0])
    assert pose(find(np.ascontiguousarray(image[:, ::-1]))[0]) == pytest.approx((-yaw, pitch, -roll), abs=0.7)
