"""The checks of a photograph: their limits, and that each finds what it is for and leaves the rest alone."""

import cv2
import numpy as np
import pytest

from needlework.imaging.colour import to_linear, to_srgb
from needlework.imaging.faces.face import Face
from needlework.imaging.inspection import focus, light, smoothing, wearing
from needlework.imaging.inspection.against import against
from needlework.imaging.inspection.checks import check, in_order, limits
from needlework.imaging.inspection.closeup import closeup
from tests import painted


@pytest.fixture(scope="module")
def face():
    return painted.face()


def as_face(one):
    return Face(np.asarray(one.points, float), 0.0)


def looked(one):
    return closeup(one.image, as_face(one))


def test_every_check_has_one_limit_at_least_and_says_what_to_do():
    for name, limit in limits().items():
        assert limit.at_least is not None or limit.at_most is not None, name
        assert limit.do.endswith(".")
        assert limit.do[0].isupper()


@pytest.mark.parametrize(("value", "ok"), [(0, False), (1, True), (2, False)])
def test_a_check_with_two_limits_is_met_between_them(value, ok):
    assert check("face", value).ok == ok


@pytest.mark.parametrize(("read", "ok"), [(35, True), (42, False)], ids=["half-to-one-side", "nearly-a-profile"])
def test_a_face_may_be_turned_half_to_one_side(read, ok):
    assert check("turned", read).ok == ok


def test_what_to_do_is_said_only_where_a_check_fails():
    assert check("clipping", 0.1).as_json()["do"] is None
    assert "exposure" in check("clipping", 50).as_json()["do"]


def test_a_photograph_s_own_scale_may_decide_a_limit():
    assert not check("focus", 2.0).ok
    assert check("focus", 2.0, limit=3.0).ok
    assert check("focus", 2.0, limit=3.0).limit == 3.0


def test_checks_are_shown_in_the_order_of_the_table():
    found = in_order([check("sticker", 0), check("face", 1), check("focus", 1)])
    assert [one.name for one in found] == ["face", "focus", "sticker"]


def test_even_light_is_told_from_light_of_one_side(face):
    assert light.uneven_stops(looked(face)) < 0.2
    half = np.zeros(face.image.shape[:2], bool)
    half[:, half.shape[1] // 2 :] = True
    assert light.uneven_stops(looked(face.lit(half, 0.4))) > 1


def test_light_of_two_colours_is_told_from_light_of_one(face):
    assert light.mixed_light(looked(face)) < 2
    half = np.zeros(face.image.shape[:2], bool)
    half[:, half.shape[1] // 2 :] = True
    assert light.mixed_light(looked(face.lit(half, (1.3, 1.0, 0.6)))) > 5


def test_a_black_and_white_face_is_told(face):
    grey = np.repeat(cv2.cvtColor(face.image, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)
    assert check("colour", light.colourfulness(looked(face))).ok
    assert not check("colour", light.colourfulness(closeup(grey, as_face(face)))).ok


def test_clipped_skin_is_counted(face):
    assert light.clipped_percent(looked(face)) == 0
    assert light.clipped_percent(looked(face.lit(face.zone("cheek-left"), 4))) > 3


def test_shine_is_colourless_light_and_a_pale_patch_is_none(face):
    place = face.round("cheek-left", 7)
    assert light.shiny_percent(looked(face)) < 0.1
    assert light.shiny_percent(looked(face.lit(place, 1.0, 0.35))) > 0.5
    assert light.shiny_percent(looked(face.lit(place, 1.15))) < 0.1


@pytest.mark.parametrize("sigma", [1.0, 2.0, 3.0])
def test_the_softness_of_an_edge_is_the_blur_that_it_went_through(sigma):
    image = np.full((300, 300, 3), 200, np.uint8)
    image[:, 100:200] = 60
    image[90:150] //= 2
    points = np.tile([[150.0, 150.0, 0.0]], (468, 1))
    for index, (x, y) in enumerate([(60, 60), (240, 60), (240, 240), (60, 240)] * 117):
        points[index, :2] = x, y
    points[33, 0], points[133, 0], points[362, 0], points[263, 0] = 60, 100, 200, 240
    soft = cv2.GaussianBlur(image, (0, 0), sigma)
    assert focus.softness_px(soft, Face(points, 0.0)) == pytest.approx(sigma, rel=0.25)


def test_a_face_without_edges_is_as_soft_as_can_be_told():
    points = np.random.default_rng(0).uniform(50, 250, (468, 3))
    assert focus.softness_px(np.full((300, 300, 3), 128, np.uint8), Face(points, 0.0)) == 9.9


def test_a_filter_takes_the_grain_of_skin(face):
    filtered = cv2.bilateralFilter(face.image, 9, 40, 5)
    rough, smooth = (smoothing.grain(image, as_face(face)) for image in (face.image, filtered))
    assert smooth < limits()["smoothing"].at_least + 0.2 < rough


def test_a_face_at_the_border_of_the_picture_has_no_grain_to_tell_of():
    points = np.zeros((468, 3))
    assert smoothing.grain(np.zeros((64, 64, 3), np.uint8), Face(points, 0.0)) == 0


def test_the_rim_of_glasses_crosses_the_bridge_of_the_nose(face):
    bare = wearing.bridge_edge(looked(face))
    left, right = (tuple(int(value) for value in face.points[index, :2]) for index in (193, 417))
    assert wearing.bridge_edge(looked(face.drawn([(left, right)], 7))) > 0.8 > bare


def test_hair_on_the_forehead_is_told(face):
    assert wearing.covered_percent(looked(face)) < 5
    assert wearing.covered_percent(looked(face.lit(face.zone("forehead"), 0.1))) > 40


def test_painted_lips_are_told(face):
    lips = wearing.lip_colour(looked(face))
    drawn = to_linear(face.image)
    drawn[closeup_lips(face)] *= np.float32([1.0, 0.15, 0.3])
    assert wearing.lip_colour(looked(face.with_image(to_srgb(drawn)))) > max(20, lips)


def closeup_lips(one):
    from needlework.imaging.inspection.closeup import LIPS

    plane = np.zeros(one.image.shape[:2], np.uint8)
    cv2.fillPoly(plane, [np.rint(one.points[list(LIPS), :2]).astype(np.int32)], (1,))
    return plane.astype(bool)


def test_the_same_face_meets_every_check_against_itself(face):
    assert all(one.ok and one.value == pytest.approx(0, abs=1e-6) for one in against(as_face(face), as_face(face)))


def test_a_smaller_face_fails_the_size_alone(face):
    smaller = Face(as_face(face).points * 0.6, 0.0)
    assert [one.name for one in against(smaller, as_face(face)) if not one.ok] == ["size-against-first"]


def test_a_turned_face_fails_the_pose(face):
    angle = np.radians(12)
    turn = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]])
    turned = Face(as_face(face).points @ turn.T, 0.0)
    failed = {one.name: one.value for one in against(turned, as_face(face)) if not one.ok}
    assert failed == {"pose": pytest.approx(12, abs=0.5)}
