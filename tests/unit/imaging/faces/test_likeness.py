"""What tells one face's smile, or another person's face, from the same face at rest."""

import numpy as np
import pytest
from skimage import data

from needlework.imaging.faces.expression import difference_mm
from needlework.imaging.faces.face import Face
from needlework.imaging.faces.finding import find
from needlework.imaging.faces.likeness import apart_mm, likely_the_same
from needlework.imaging.faces.mean import mean_face


def mean(**moved: tuple[float, float]) -> Face:
    """The mean face in a picture, some points moved by millimetres right and down."""
    points = mean_face().points.copy()
    for name, by in moved.items():
        points[int(name[1:]), :2] += by
    return Face(points * 4 + (800, 900, 0), 0.0)


@pytest.fixture(scope="module")
def astronaut() -> Face:
    return find(np.asarray(data.astronaut(), np.uint8))[0]


@pytest.mark.parametrize(
    ("moved", "millimetres"),
    [
        ({}, 0),
        ({"p61": (-3, -4), "p291": (3, -4)}, 5),
        ({"p13": (0, -2), "p14": (0, 4)}, 6),
        ({"p159": (0, 5), "p386": (0, 5)}, 5),
        ({f"p{index}": (0, -3) for index in (105, 66, 70, 334, 296, 300)}, 3),
        ({"p107": (2, 0), "p336": (-2, 0)}, 4),
    ],
    ids=["rest", "smile", "open-mouth", "closed-eyes", "raised-brows", "frown"],
)
def test_an_expression_is_as_large_as_what_moves_most(moved, millimetres):
    assert difference_mm(mean(**moved), mean()) == pytest.approx(millimetres, abs=0.2)


def test_the_astronaut_smiles(astronaut):
    assert difference_mm(astronaut, mean()) > 3


def test_a_face_is_like_itself_however_large_and_wherever(astronaut):
    elsewhere = Face(astronaut.points * 2.5 + (90, -40, 7), 0.0)
    assert apart_mm(astronaut, elsewhere) < 1e-6
    assert likely_the_same(astronaut, elsewhere)


def test_a_face_of_another_shape_is_not_likely_the_same(astronaut):
    narrower = Face(astronaut.points * (0.88, 1, 1), 0.0)
    assert not likely_the_same(astronaut, narrower)
    assert not likely_the_same(narrower, astronaut)


def test_a_smile_is_no_other_person():
    assert likely_the_same(mean(p61=(-4, -5), p291=(4, -5), p13=(0, -3), p14=(0, 5)), mean())


@pytest.mark.parametrize("placed", [(True, False), (False, True)], ids=["first", "second"])
def test_points_placed_by_hand_accuse_nobody(astronaut, placed):
    one, other = (
        Face(points, 0.0, placed=by_hand)
        for points, by_hand in zip((astronaut.points, astronaut.points * (0.8, 1, 1)), placed, strict=True)
    )
    assert likely_the_same(one, other)
