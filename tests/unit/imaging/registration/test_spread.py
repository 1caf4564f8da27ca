"""How much softer one shot is than another."""

import cv2
import numpy as np
import pytest

from needlework.imaging.filters import smooth
from needlework.imaging.registration.spread import extra_px2

MM_PER_PX = 0.2
SHAPE = (640, 640)
VISIBLE = np.ones(SHAPE, bool)


@pytest.fixture(scope="module")
def skin():
    grain = np.random.default_rng(0).standard_normal(SHAPE).astype(np.float32)
    relief = smooth(grain, 1.0) - smooth(grain, 6)
    return (0.04 * relief / relief.std()).astype(np.float32)


def shot(skin, seed, sigma_px2=0.0, noise=0.012):
    soft = cv2.GaussianBlur(skin, (0, 0), sigma_px2**0.5) if sigma_px2 else skin
    return soft + np.random.default_rng(seed).normal(0, noise, SHAPE).astype(np.float32)


def extra(*planes, points=None, visible=VISIBLE):
    return extra_px2(np.stack(planes), visible, points, MM_PER_PX)


@pytest.mark.parametrize("sigma_px2", [0.64, 1.44])
@pytest.mark.parametrize(
    "noises", [(0.012, 0.012), (0.006, 0.02), (0.02, 0.006)], ids=["alike", "sharp clean", "soft clean"]
)
def test_a_known_difference_is_found_whatever_the_noise(skin, sigma_px2, noises):
    found = extra(shot(skin, 1, 0.0, noises[0]), shot(skin, 2, sigma_px2, noises[1]))
    assert found[0] == 0
    assert found[1] == pytest.approx(sigma_px2, rel=0.15)


def test_swapping_two_shots_swaps_what_is_found(skin):
    one, other = shot(skin, 1), shot(skin, 2, 0.8)
    assert extra(other, one)[::-1] == pytest.approx(extra(one, other), abs=1e-6)


def test_several_shots_are_told_in_one_order(skin):
    found = extra(shot(skin, 1, 0.3), shot(skin, 2), shot(skin, 3, 0.9), shot(skin, 4, 0.3))
    assert found[1] == 0
    assert found == pytest.approx([0.3, 0, 0.9, 0.3], abs=0.1)


def test_contrast_that_is_lower_altogether_is_not_softness(skin):
    assert extra(shot(skin, 1), shot(0.8 * skin, 2))[1] == pytest.approx(0, abs=0.05)


def test_one_zone_that_became_smoother_has_no_part_in_it(skin):
    treated = np.zeros(SHAPE, np.float32)
    treated[:, :200] = 1
    changed = skin + treated * (smooth(skin, 1.2) - skin)
    assert extra(shot(skin, 1), shot(changed, 2)).max() < 0.1


def test_on_a_face_structure_that_is_not_treated_decides(skin):
    points = np.zeros((468, 3))
    points[:, :2] = 500
    everywhere_else = np.ones(SHAPE, np.float32)
    everywhere_else[420:580, 420:580] = 0
    changed = skin + everywhere_else * (smooth(skin, 1.2) - skin)
    shots = shot(skin, 1), shot(changed, 2)
    assert extra(*shots, points=points)[1] < 0.15
    assert extra(*shots)[1] > 0.8


def test_a_face_whose_structure_is_hidden_falls_back_on_all_skin(skin):
    points = np.zeros((468, 3))
    points[:, :2] = -500
    assert extra(shot(skin, 1), shot(skin, 2, 0.64), points=points)[1] == pytest.approx(0.64, rel=0.15)


@pytest.mark.parametrize("visible", [VISIBLE, np.zeros(SHAPE, bool)], ids=["other skin", "nothing visible"])
def test_shots_with_nothing_in_common_give_no_answer(skin, visible):
    assert extra(shot(0 * skin, 1), shot(0 * skin, 2), visible=visible) is None


def test_a_shot_against_itself_is_as_sharp(skin):
    one = shot(skin, 1)
    assert extra(one, one) == pytest.approx([0, 0])
