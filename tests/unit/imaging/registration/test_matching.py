"""The shots of a stack made alike in all that is not skin."""

import cv2
import numpy as np
import pytest

from needlework.imaging.colour import to_srgb
from needlework.imaging.filters import band, smooth
from needlework.imaging.registration.matching import NOTHING_IN_COMMON, TOO_SOFT, texture
from needlework.imaging.registration.stack import Stack

MM_PER_PX = 0.2
SHAPE = (512, 512)
SKIN = np.ones(SHAPE, bool)
INSIDE = np.s_[60:-60, 60:-60]
ACROSS = np.tile(np.linspace(-1, 1, SHAPE[1], dtype=np.float32), (SHAPE[0], 1))


@pytest.fixture(scope="module")
def relief():
    grain = np.random.default_rng(0).standard_normal(SHAPE).astype(np.float32)
    fine = smooth(grain, 1.2) - smooth(grain, 6)
    return (0.06 * fine / fine.std()).astype(np.float32)


def photograph(log_light, seed, sigma_px2=0.0, noise_grey=1.0):
    light = np.exp(log_light) * 0.3
    if sigma_px2:
        light = cv2.GaussianBlur(light, (0, 0), sigma_px2**0.5)
    coded = to_srgb(np.repeat(light[..., None], 3, axis=2)).astype(np.float32)
    noise = np.random.default_rng(seed).normal(0, noise_grey, SHAPE)[..., None]
    return np.clip(coded + noise + 0.5, 0, 255).astype(np.uint8)


def stack(*images):
    valid = np.ones((len(images), *SHAPE), bool)
    after = np.arange(len(images)) >= len(images) / 2
    return Stack(MM_PER_PX, np.stack(images), after, valid, np.zeros(valid.shape, np.float32), None)


def structure(plane):
    return band(plane, 1.5, 5)[INSIDE].std()


def test_light_is_made_the_same_and_structure_kept(relief):
    found = texture(stack(photograph(relief + 0.3 * ACROSS, 1), photograph(relief - 0.2, 2)), SKIN)
    wide = [smooth(plane, 60)[INSIDE] for plane in found.planes]
    assert np.abs(wide[0] - wide[1]).max() < 0.01
    assert wide[0].mean() == pytest.approx(np.log(0.3) - 0.1, abs=0.05)
    assert np.corrcoef(found.planes[0][INSIDE].ravel(), relief[INSIDE].ravel())[0, 1] > 0.5
    assert found.reason is None


def test_the_sharper_shot_is_softened_to_the_softer_one(relief):
    found = texture(stack(photograph(relief, 1), photograph(relief, 2, 1.0)), SKIN)
    assert found.added_px == pytest.approx([1, 0], abs=0.1)
    assert structure(found.planes[0]) == pytest.approx(structure(found.planes[1]), rel=0.02)


def test_texture_that_changed_in_one_zone_keeps_its_change(relief):
    scale = np.where(ACROSS < -0.3, 0.8, 1).astype(np.float32)
    found = texture(stack(photograph(relief, 1, 0.5), photograph(scale * relief, 2)), SKIN)
    left, right = (np.s_[60:-60, 60:150], np.s_[60:-60, 200:-60])
    ratios = [
        band(found.planes[1], 1.5, 5)[part].std() / band(found.planes[0], 1.5, 5)[part].std() for part in (left, right)
    ]
    assert ratios[0] / ratios[1] == pytest.approx(0.8, rel=0.01)
    assert ratios[1] == pytest.approx(1, abs=0.02)


def test_a_shot_that_is_far_too_soft_is_refused(relief):
    assert texture(stack(photograph(relief, 1), photograph(relief, 2, 4.0)), SKIN).reason == TOO_SOFT


def test_shots_without_structure_in_common_are_refused(relief):
    found = texture(stack(photograph(0 * relief, 1), photograph(0 * relief, 2)), SKIN)
    assert found.reason == NOTHING_IN_COMMON
    assert not found.added_px.any()


def test_a_photograph_against_itself_stays_the_same(relief):
    one = photograph(relief, 1)
    found = texture(stack(one, one), SKIN)
    assert np.array_equal(found.planes[0], found.planes[1])
