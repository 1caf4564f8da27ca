"""Which pixels may be measured: what covers, shines, clips or blurs skin leaves, and skin of every tone stays."""

import cv2
import numpy as np
import pytest
from PIL import Image as Pictures
from skimage.data import astronaut

from needlework.imaging.arrays import Mask
from needlework.imaging.faces.finding import find
from needlework.imaging.zones.causes import Cause
from needlework.imaging.zones.leaving_out import left_out
from needlework.imaging.zones.outlines import inside, outlines
from needlework.imaging.zones.shapes import grown
from tests.painted import TONES, Painted, face, skin
from tests.photographs import FOLDER, WITH_PHOTOGRAPHS


@pytest.fixture(scope="module", params=TONES)
def bare(request: pytest.FixtureRequest) -> Painted:
    return face(request.param)


def zoned(painted: Painted) -> Mask:
    return inside(outlines(painted.points).values(), painted.image.shape[:2])


def blank(painted: Painted) -> Mask:
    return np.zeros(painted.image.shape[:2], bool)


def leaves(painted: Painted, patch: Mask, *causes: Cause) -> None:
    """The patch is left out for these causes, and what is 3 mm off it stays."""
    found = left_out(painted.image, painted.points, painted.mm_per_px)
    elsewhere = zoned(painted) & ~grown(patch, 3.0, painted.mm_per_px)
    assert np.isin(found[patch & zoned(painted)], causes).mean() > 0.95
    assert (found[elsewhere] == Cause.NONE).mean() > 0.98


def test_bare_skin_stays(bare):
    assert skin(bare.image, bare.points, bare.mm_per_px)[zoned(bare)].mean() > 0.99


def test_lips_eyes_brows_nostrils_and_all_outside_the_face_leave(bare):
    found = skin(bare.image, bare.points, bare.mm_per_px)
    lips, right_eye = bare.points[[13, 14], :2].mean(axis=0), bare.points[[33, 133], :2].mean(axis=0)
    for x, y in (lips, right_eye, bare.points[105, :2], bare.points[79, :2] + 1, (3, 300)):
        assert not found[int(y), int(x)]


def test_a_fringe_leaves(bare):
    x, y = bare.middle("forehead")
    patch = blank(bare)
    patch[y - 50 : y + 40, x - 115 : x - 20] = True
    strokes = [((at, y - 60), (at + 10, y + 50)) for at in range(x - 120, x - 20, 6)]
    leaves(bare.drawn(strokes, 2), patch & bare.zone("forehead"), Cause.COVERED)


def test_stubble_leaves_where_it_is_dense(bare):
    places = np.random.default_rng(2).uniform(size=(1200, 2)) * (200, 60) - (100, 20)
    dots = (np.array(bare.middle("chin")) + places).astype(int)
    stubbly = bare.drawn([((x, y), (x + 1, y + 2)) for x, y in dots.tolist()], 1)
    found = left_out(stubbly.image, stubbly.points, stubbly.mm_per_px)
    assert (found[bare.zone("chin")] == Cause.COVERED).mean() > 0.7
    assert (found[bare.zone("cheek-left")] == Cause.NONE).mean() > 0.99


def test_dark_glasses_leave(bare):
    y = int(bare.points[230, 1])
    left, right = int(bare.points[227, 0]), int(bare.points[447, 0])
    patch = blank(bare)
    patch[y - 4 : y + 5, left:right] = True
    leaves(bare.drawn([((left, y), (right, y))], 10), patch, Cause.COVERED)


def test_shine_leaves(bare):
    patch = bare.round("cheek-left", 5)
    leaves(bare.lit(patch, plus=0.4), patch, Cause.GLARE, Cause.CLIPPED)


@pytest.mark.parametrize("value", [0, 255])
def test_what_the_camera_could_not_hold_leaves(bare, value):
    patch = bare.round("cheek-left", 4)
    leaves(bare.with_image(np.where(patch[..., None], value, bare.image)), patch, Cause.CLIPPED)


def test_a_blurred_half_leaves(bare):
    half = blank(bare)
    half[:, int(bare.points[1, 0]) :] = True
    leaves(bare.blurred(half, 2.0), half, Cause.SOFT)


def test_smooth_skin_in_focus_stays():
    calm = face("light", smooth_zone="cheek-right")
    assert skin(calm.image, calm.points, calm.mm_per_px)[calm.zone("cheek-right")].mean() > 0.99


@pytest.mark.parametrize(
    "times", [(0.7, 0.6, 0.5), (1.05, 0.8, 0.85), (0.75, 0.75, 0.75)], ids=["pigment", "redness", "shadow"]
)
def test_what_is_measured_stays(bare, times):
    patch = bare.round("cheek-left", 4)
    spotted = bare.lit(patch, times)
    assert skin(spotted.image, spotted.points, spotted.mm_per_px)[patch].mean() > 0.99


def test_a_deep_wrinkle_stays(bare):
    x, y = bare.middle("forehead")
    line = cv2.line(blank(bare).astype(np.uint8), (x - 60, y), (x + 60, y), 1, 3).astype(bool)
    lined = bare.lit(line, 0.75)
    assert skin(lined.image, lined.points, lined.mm_per_px)[line & bare.zone("forehead")].mean() > 0.99


def test_a_face_without_any_skin_to_see_is_left_out_whole():
    hidden = face()
    black = np.zeros_like(hidden.image)
    assert not skin(black, hidden.points, hidden.mm_per_px).any()


def test_a_face_beside_the_picture_has_no_skin_in_it():
    here = face()
    assert not skin(here.image, here.points + 5000.0, here.mm_per_px).any()


def test_the_astronauts_fringe_leaves_and_her_cheek_stays():
    found = find(astronaut())[0]
    kept = skin(astronaut(), found.points, found.mm_per_px)
    zones = outlines(found.points)
    assert kept[inside([zones["forehead"]], kept.shape)].mean() < 0.7
    assert kept[inside([zones["cheek-left"]], kept.shape)].mean() > 0.75


@WITH_PHOTOGRAPHS
def test_a_beard_leaves_and_the_cheeks_above_it_stay():
    image = np.asarray(Pictures.open(FOLDER / "london_neutral" / "037_03.jpg"))
    found = find(image)[0]
    kept = skin(image, found.points, found.mm_per_px)
    zones = outlines(found.points)
    assert kept[inside([zones["chin"]], kept.shape)].mean() < 0.3
    for zone in ("cheek-left", "cheek-right", "forehead", "nose"):
        assert kept[inside([zones[zone]], kept.shape)].mean() > 0.85
