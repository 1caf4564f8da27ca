"""Where the zones of a face lie."""

from itertools import combinations

import numpy as np
import pytest
from PIL import Image as Pictures
from skimage.data import astronaut

from needlework.evidence.zones import zones
from needlework.imaging.arrays import Points
from needlework.imaging.faces.face import EYE_CORNERS
from needlework.imaging.faces.finding import find
from needlework.imaging.faces.mean import mean_face
from needlework.imaging.zones.outlines import apart, border, inside, outlines
from tests.photographs import FOLDER, WITH_PHOTOGRAPHS

PEOPLE = ("canada/024f.jpg", "london_neutral/025_03.jpg", "london_neutral/136_03.jpg", "london_smiling/001_08.jpg")
WIDTH = 400


def drawn(points: Points) -> Points:
    """The mesh drawn 400 pixels wide, with room around it."""
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    return (points[:, :2] - low) * (WIDTH / (high[0] - low[0])) + 20


def mesh(name: str) -> Points:
    if name == "mean":
        return mean_face().points
    image = astronaut() if name == "astronaut" else np.asarray(Pictures.open(FOLDER / name))
    return find(image)[0].points


@pytest.fixture(
    scope="module", params=["mean", "astronaut", *[pytest.param(one, marks=WITH_PHOTOGRAPHS) for one in PEOPLE]]
)
def points(request: pytest.FixtureRequest) -> Points:
    return drawn(mesh(request.param))


def test_every_zone_of_the_face_in_the_table_has_an_outline(points):
    assert set(outlines(points)) == set(zones().face)


def test_zones_meet_and_do_not_overlap(points):
    shape = 2 * WIDTH, WIDTH + 40
    filled = {zone: inside([outline], shape) for zone, outline in outlines(points).items()}
    for one, other in combinations(filled, 2):
        edge = 0.02 * min(filled[one].sum(), filled[other].sum()) + 2 * WIDTH / 3
        assert (filled[one] & filled[other]).sum() < edge, f"{one} and {other} share more than their edge"


def test_no_zone_holds_lips_lids_brows_or_nostrils(points):
    shape = 2 * WIDTH, WIDTH + 40
    beside = inside(apart(points), shape)
    assert [zone for zone, outline in outlines(points).items() if (inside([outline], shape) & beside).any()] == []


def test_zones_stay_within_the_mesh(points):
    shape = 2 * WIDTH, WIDTH + 40
    filled = inside(outlines(points).values(), shape)
    assert inside([border(points)], shape)[filled].mean() > 0.98


def test_left_is_the_patients_own_left(points):
    right_eye, left_eye = (points[list(corners), 0].mean() for corners in EYE_CORNERS)
    for zone, outline in outlines(points).items():
        x = outline[:, 0].mean()
        if zone.endswith("-left"):
            assert abs(x - left_eye) < abs(x - right_eye)
        if zone.endswith("-right"):
            assert abs(x - right_eye) < abs(x - left_eye)


def test_the_under_eye_lies_under_the_eye_and_the_crows_feet_beside_it():
    points = drawn(mean_face().points)
    zone, eye = outlines(points)["periorbital-right"], points[list(EYE_CORNERS[0])]
    assert zone[:, 1].max() > eye[:, 1].max() + 20
    assert zone[:, 0].min() < eye[:, 0].min() - 20
    assert not inside([zone], (2 * WIDTH, WIDTH + 40))[int(eye[:, 1].mean()), int(eye[:, 0].mean())]
