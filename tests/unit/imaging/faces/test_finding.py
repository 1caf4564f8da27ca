"""Every face of a picture is found, and nothing else is taken for one."""

from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest
from skimage import data

from needlework.imaging.arrays import Image, Points
from needlework.imaging.faces import finding
from needlework.imaging.faces.detection import Candidates, candidates
from needlework.imaging.faces.drawing import is_drawn
from needlework.imaging.faces.face import Face
from needlework.imaging.faces.finding import find, glance
from needlework.imaging.faces.mean import mean_face

SEEN = {
    33: (193, 101),
    133: (214, 103),
    362: (236, 105),
    263: (259, 104),
    4: (223, 128),
    61: (203, 140),
    291: (245, 141),
}
"""Corners of eyes and mouth and the tip of the nose, as a person sees them in the astronaut photograph."""


@pytest.fixture(scope="module")
def astronaut() -> Image:
    return np.asarray(data.astronaut(), np.uint8)


@pytest.fixture(scope="module")
def face(astronaut) -> Face:
    return find(astronaut)[0]


def apart_mm(points: Points, face: Face) -> float:
    """The mean distance between two meshes."""
    return float(np.hypot(*(points - face.points)[:, :2].T).mean()) * face.mm_per_px


def cartoon(blur: float = 0.0) -> Image:
    """A drawn face, in flat paint."""
    picture = np.full((600, 600, 3), (250, 240, 220), np.uint8)
    cv2.ellipse(picture, (300, 300), (170, 220), 0, 0, 360, (255, 215, 180), -1)
    cv2.ellipse(picture, (300, 300), (170, 220), 0, 0, 360, (60, 40, 30), 4)
    for x in (235, 365):
        cv2.ellipse(picture, (x, 260), (34, 20), 0, 0, 360, (255, 255, 255), -1)
        cv2.circle(picture, (x, 260), 14, (40, 60, 90), -1)
        cv2.line(picture, (x - 38, 222), (x + 38, 218), (60, 40, 20), 7)
    cv2.line(picture, (300, 270), (290, 340), (200, 150, 120), 5)
    cv2.ellipse(picture, (300, 400), (60, 25), 0, 0, 180, (170, 60, 60), -1)
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), blur), np.uint8) if blur else picture


def compressed(image: Image, quality: int) -> Image:
    return np.asarray(cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 1), np.uint8)


def test_the_points_lie_where_a_person_sees_them(face):
    assert {index: face.points[index, :2].tolist() for index in SEEN} == {
        index: pytest.approx(place, abs=3.5) for index, place in SEEN.items()
    }


def test_the_nose_is_nearer_to_the_camera_than_the_ears(face):
    assert face.points[4, 2] < face.points[[234, 454], 2].min()


def test_the_spread_is_part_of_a_millimetre(face):
    assert 0.05 < face.spread_px * face.mm_per_px < 1
    assert not face.placed


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_picture_on_its_side_or_head_shows_the_same_face(astronaut, face, quarters):
    turned = find(np.ascontiguousarray(np.rot90(astronaut, quarters)))
    assert len(turned) == 1
    last = len(astronaut) - 1
    x, y = turned[0].points[:, :2].T
    back = {1: (last - y, x), 2: (last - x, last - y), 3: (y, last - x)}[quarters]
    assert apart_mm(np.column_stack([*back, turned[0].points[:, 2]]), face) < 0.5


def test_the_mirror_image_of_a_picture_shows_the_mirror_image_of_the_face(astronaut, face):
    found = find(np.ascontiguousarray(astronaut[:, ::-1]))[0].points[mean_face().mirror]
    assert apart_mm(found * (-1, 1, 1) + (astronaut.shape[1] - 1, 0, 0), face) < 0.8


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(lambda image: compressed(image, 60), id="compressed"),
        pytest.param(lambda image: (image * 0.7).astype(np.uint8), id="darker"),
        pytest.param(lambda image: cv2.GaussianBlur(image, (0, 0), 0.8), id="blurred"),
    ],
)
def test_the_same_face_again_is_found_within_a_millimetre(astronaut, face, again):
    found = find(again(astronaut))[0].points
    assert apart_mm(found, face) < 1


def test_a_face_that_moved_moves_its_points(astronaut, face):
    moved = find(np.roll(astronaut, (7, -5), (0, 1)))[0].points
    assert apart_mm(np.add(moved, (5, -7, 0)), face) < 0.5


def test_a_larger_copy_shows_the_same_face_larger(astronaut, face):
    larger = find(np.asarray(cv2.resize(astronaut, None, fx=5, fy=5, interpolation=cv2.INTER_CUBIC), np.uint8))[0]
    smaller = np.subtract(np.add(larger.points, 0.5) / 5, 0.5)
    assert apart_mm(smaller, face) < 0.5


def test_a_picture_gives_the_same_points_every_time_and_in_every_thread(astronaut, face):
    with ThreadPoolExecutor(2) as threads:
        for found in threads.map(find, [astronaut] * 3):
            assert (found[0].points == face.points).all()


def test_two_faces_are_both_found_the_larger_first(astronaut, face):
    smaller = cv2.resize(astronaut, (380, 380), interpolation=cv2.INTER_AREA)
    picture = np.full((512, 1000, 3), 90, np.uint8)
    picture[60:440, 20:400], picture[:, 480:992] = smaller, astronaut
    found = find(picture)
    assert [one.eye_distance_px / face.eye_distance_px for one in found] == pytest.approx([1, 380 / 512], rel=0.03)
    assert len(glance(picture)) == 2


def test_two_candidates_of_one_face_are_one_face(astronaut, face, monkeypatch):
    def doubled(*arguments: object, **options: object) -> Candidates:
        rows = candidates(*arguments, **options)
        return np.concatenate([rows, np.add(rows, [0, 9, 4, -4, 4, -4, 4, -4])])

    monkeypatch.setattr(finding, "candidates", doubled)
    (found,) = find(astronaut)
    assert apart_mm(found.points, face) < 0.5


def test_a_glance_places_the_face_nearly_as_well(astronaut, face):
    (seen,) = glance(astronaut)
    assert apart_mm(seen.points, face) < 1


def test_a_face_that_fills_the_picture_is_found(astronaut):
    assert len(find(np.ascontiguousarray(astronaut[70:185, 165:280]))) == 1


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(np.full((400, 300, 3), 180, np.uint8), id="blank"),
        pytest.param(np.random.default_rng(0).integers(0, 256, (300, 400, 3), np.uint8), id="noise"),
        pytest.param(np.zeros((1, 1, 3), np.uint8), id="one-pixel"),
        pytest.param(np.zeros((1, 900, 3), np.uint8), id="one-line"),
        pytest.param(np.zeros((700, 2, 3), np.uint8), id="two-columns"),
        pytest.param(cartoon(), id="cartoon"),
        pytest.param(cartoon(blur=3), id="soft-cartoon"),
        pytest.param(compressed(cartoon(), 60), id="compressed-cartoon"),
    ],
)
def test_what_is_no_face_is_not_found(picture):
    assert find(picture) == glance(picture) == ()


def test_a_face_of_20_pixels_is_too_small_to_find(astronaut):
    picture = np.full((1500, 1500, 3), 90, np.uint8)
    picture[500:640, 700:840] = cv2.resize(astronaut, (140, 140), interpolation=cv2.INTER_AREA)
    assert find(picture) == ()


def test_skin_that_is_overexposed_to_white_is_no_drawing():
    white = np.full((192, 192, 3), 255, np.uint8)
    assert not is_drawn(white)
    assert is_drawn(white // 2)
