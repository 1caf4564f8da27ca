"""Where a sticker is, how large it is, and what is no sticker."""

import cv2
import numpy as np
import pytest
from skimage import data

from needlework.imaging.faces.face import Face
from needlework.imaging.sticker.finding import find, scale_doubt
from needlework.imaging.sticker.geometry import geometry
from needlework.imaging.sticker.plane import PRINT_ERROR
from tests.photographs import FOLDER, WITH_PHOTOGRAPHS
from tests.stickers import laid, photographed, scene, skin

VIEWS = {
    "straight": laid(),
    "upside down": laid(turn_deg=180),
    "small": laid(px_per_mm=2.6, turn_deg=5),
    "tilted 20": laid(tilt_deg=20, about_deg=70, turn_deg=-12),
    "tilted 35": laid(tilt_deg=35, about_deg=200, turn_deg=20),
}
SCALES = {"small": 2.6}


def face_with_eyes_apart(pixels):
    """Return a face whose middles of the eyes are that far apart."""
    points = np.zeros((468, 3))
    points[[362, 263], 0] = pixels
    return Face(points, spread_px=0.3)


@pytest.mark.parametrize("view", VIEWS)
def test_scale_and_plane_are_recovered(view):
    found = find(photographed(scene(VIEWS[view]), seed=1))
    assert found.mm_per_px == pytest.approx(1 / SCALES.get(view, 5.0), rel=0.003)
    corners = geometry().corners[None]
    seen = cv2.perspectiveTransform(corners, found.homography) - cv2.perspectiveTransform(corners, VIEWS[view])
    assert np.abs(seen).max() * found.mm_per_px < 0.25
    assert found.scale_error == pytest.approx(PRINT_ERROR, rel=0.1)
    assert found.doubts == ()


@pytest.mark.parametrize("blur_px", [0.5, 1.5])
def test_a_soft_picture_moves_no_scale(blur_px):
    blurred = cv2.GaussianBlur(scene(VIEWS["tilted 20"]), (0, 0), blur_px)
    assert find(photographed(blurred, seed=2)).mm_per_px == pytest.approx(0.2, rel=0.003)


def test_a_large_picture_is_searched_on_a_reduced_copy_and_read_in_full():
    homography = laid(px_per_mm=12.0, at=(2600, 1900), turn_deg=8)
    found = find(scene(homography, background=np.full((3024, 4032, 3), 150, np.uint8)))
    assert found.mm_per_px == pytest.approx(1 / 12, rel=0.0005)
    assert found.homography / found.homography[2, 2] == pytest.approx(homography / homography[2, 2], rel=0.02, abs=0.5)


@pytest.mark.parametrize(
    "picture",
    [
        data.astronaut(),
        skin(),
        np.zeros((1, 1, 3), np.uint8),
        np.full((2, 900, 3), 255, np.uint8),
        data.checkerboard()[..., None].repeat(3, axis=2),
    ],
    ids=["astronaut", "skin", "one pixel", "a strip", "checkerboard"],
)
def test_what_is_no_sticker_is_none(picture):
    assert find(picture) is None


@WITH_PHOTOGRAPHS
def test_a_photograph_without_a_sticker_has_none():
    files = sorted((FOLDER / "london_neutral").glob("*.jpg"))[:6]
    assert [find(cv2.imread(str(file))) for file in files] == [None] * 6


def test_half_a_sticker_is_none():
    half = scene()
    half[:, :200] = skin()[:, :200]
    assert find(half) is None


@pytest.mark.parametrize("corner", range(4))
def test_three_corners_are_enough_and_the_fourth_is_asked_for(corner):
    covered, homography = scene(), VIEWS["straight"]
    square = cv2.perspectiveTransform(geometry().squares[corner].corners[None], homography)[0].astype(int)
    (left, top), (right, bottom) = square.min(axis=0) - 6, square.max(axis=0) + 6
    covered[top:bottom, left:right] = 128
    found = find(covered)
    assert found.mm_per_px == pytest.approx(0.2, rel=0.003)
    assert found.doubts == ("A corner of the sticker is hidden or outside the picture. Show all of it.",)
    assert found.colour_trusted
    assert found.scale_trusted


def test_of_two_stickers_the_larger_is_read_and_its_scale_is_doubted():
    both = scene(laid(px_per_mm=4.0, at=(150, 400)), background=skin(400, 500))
    found = find(scene(laid(px_per_mm=5.0, at=(210, 150)), background=both))
    assert found.mm_per_px == pytest.approx(0.2, rel=0.003)
    assert [doubt.split(",")[0] for doubt in found.doubts] == ["There is more than one sticker in the picture"]
    assert not found.scale_trusted
    assert found.colour_trusted


@pytest.mark.parametrize(("size", "doubted"), [(0.7, "70%"), (1.0, None), (0.9, None), (1.3, "130%")])
def test_a_sticker_printed_at_a_wrong_scale_is_told_by_the_face(size, doubted):
    found = find(scene(laid(px_per_mm=5 * size)))
    sentence = scale_doubt(found, face_with_eyes_apart(63 * 5))
    assert (sentence is None) == (doubted is None)
    assert doubted is None or f"printed at {doubted} of its size" in sentence
