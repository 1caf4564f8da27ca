"""A shot resampled once."""

import numpy as np
import pytest

from needlework.imaging.registration.sampling import pixel_step, sampler, shown

STRIPES = np.tile(np.array([[[60] * 3], [[180] * 3]], np.uint8), (60, 100, 1))
"""One pixel dark, one light: finer than any coarser grid shows."""


def places(width: int, height: int, step: float, left: float = 0.0, top: float = 0.0):
    x, y = np.meshgrid(np.arange(width) * step + left, np.arange(height) * step + top)
    return np.dstack([x, y]).astype(np.float32)


def test_on_its_own_pixels_it_stays_as_it_is():
    noise = np.random.default_rng(0).integers(0, 256, (60, 80, 3), np.uint8)
    own = places(40, 30, 1.0, left=20, top=7)
    assert np.array_equal(sampler(noise, own).at(own), noise[7:37, 20:60])


@pytest.mark.parametrize("step", [2.0, 2.7, 4.0])
def test_what_the_grid_is_too_coarse_for_is_averaged_not_aliased(step):
    own = places(20, 20, step, left=9, top=9)
    assert pixel_step(own) == pytest.approx(step)
    assert sampler(STRIPES, own).at(own).std() < (STRIPES.std() / 4)


def test_a_reduced_copy_keeps_every_place():
    ramp = np.repeat(np.tile(np.arange(200, dtype=np.uint8), (90, 1))[..., None], 3, axis=2)
    own = places(30, 20, 3.1, left=40.3, top=11)
    assert np.abs(sampler(ramp, own).at(own)[..., 0] - own[..., 0]).max() <= 1


def test_a_pixel_is_shown_only_inside_the_picture():
    own = places(5, 1, 1.0, left=-2)
    assert shown(own, np.zeros((3, 2, 3), np.uint8))[0].tolist() == [False, False, True, True, False]


def test_places_far_outside_the_picture_repeat_its_edge():
    own = places(4, 4, 1.0, left=500, top=500)
    assert np.array_equal(sampler(STRIPES, own).at(own), np.full((4, 4, 3), 180, np.uint8))
