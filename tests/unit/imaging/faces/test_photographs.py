"""Faces on the licensed photographs, against what people marked on them."""

import cv2
import numpy as np
import pytest

from needlework.imaging.arrays import Image, Points
from needlework.imaging.faces.expression import difference_mm
from needlework.imaging.faces.face import Face
from needlework.imaging.faces.finding import glance
from needlework.imaging.faces.likeness import likely_the_same
from tests.photographs import FOLDER, WITH_PHOTOGRAPHS

pytestmark = WITH_PHOTOGRAPHS
NEUTRAL = sorted(path for kind in ("london_neutral", "canada") for path in FOLDER.glob(f"{kind}/*.jpg"))
MARKED = {33: 18, 133: 22, 362: 23, 263: 27, 61: 87, 291: 93, 13: 96, 14: 101}
"""Points of the mesh, and which of the 189 marks is the same place: corners of eyes and mouth, edges of the lips."""
SMILES = ("001", "043", "067", "107", "142")


def opened(path: object) -> Image:
    return np.ascontiguousarray(cv2.imread(str(path))[..., ::-1])


def marks(path: object) -> Points:
    count, *lines = path.with_suffix(".tem").read_text().splitlines()
    return np.array([line.split() for line in lines[: int(count)]], float)


@pytest.fixture(scope="module")
def faces() -> dict[str, tuple[Face, ...]]:
    return {path.stem: glance(opened(path)) for path in NEUTRAL}


def test_every_neutral_photograph_shows_one_face(faces):
    assert {name: len(found) for name, found in faces.items()} == dict.fromkeys(faces, 1)


def test_points_lie_where_people_marked_them(faces):
    off = np.array(
        [
            np.hypot(*(faces[path.stem][0].points[list(MARKED), :2] - marks(path)[list(MARKED.values())]).T)
            * faces[path.stem][0].mm_per_px
            for path in NEUTRAL
        ]
    )
    assert off.mean(axis=0).max() < 2.5
    assert np.percentile(off, 99) < 6


def test_different_people_are_noticed_more_often_than_not(faces):
    people = [found[0] for found in faces.values()]
    pairs = [(one, other) for number, one in enumerate(people) for other in people[number + 1 :: 6]]
    assert sum(not likely_the_same(*pair) for pair in pairs) > len(pairs) / 2


@pytest.mark.parametrize("number", SMILES)
def test_a_smile_is_told_from_rest_and_is_the_same_person(faces, number):
    (smiling,) = glance(opened(FOLDER / f"london_smiling/{number}_08.jpg"))
    (rest,) = faces[f"{number}_03"]
    assert likely_the_same(smiling, rest)
    assert difference_mm(smiling, rest) > 1.3
