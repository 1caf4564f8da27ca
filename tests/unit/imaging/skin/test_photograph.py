"""Light and camera: full light is white, a hollow is darker, shine is where the lamp is mirrored."""

from dataclasses import replace

import numpy as np
import pytest

from needlework.imaging.colour import luminance
from needlework.imaging.skin.camera import Camera, photograph
from needlework.imaging.skin.fields import Extent
from needlework.imaging.skin.light import ABOVE_AT_45, FRONTAL, RAKING, TWO_AT_45, Lamp, Lighting, lit
from needlework.imaging.skin.lines import Line
from needlework.imaging.skin.patch import Skin, render
from needlework.imaging.skin.relief import Wrinkle

EXTENT = Extent(120, 120, 0.15)
SKIN = Skin(3, EXTENT, wrinkles=(Wrinkle(Line(9, 9, 12), 0.25, 0.3),))
LIGHTS = {"two-at-45": TWO_AT_45, "frontal": FRONTAL, "above-at-45": ABOVE_AT_45, "raking": RAKING}
FLAT = np.zeros(EXTENT.shape, np.float32)


def of(reflectance):
    return np.full((*EXTENT.shape, 3), reflectance, np.float32)


@pytest.mark.parametrize("lighting", LIGHTS.values(), ids=LIGHTS)
def test_a_flat_white_surface_sends_out_one_and_the_shine(lighting):
    shine = lit(FLAT, of(0), 0.15, lighting)
    np.testing.assert_allclose(lit(FLAT, of(1), 0.15, lighting) - shine, 1, rtol=1e-4)
    assert 0 < shine.max() < 0.1


def test_shine_is_strongest_where_the_lamp_is_mirrored():
    straight, aside = (lit(FLAT, of(0), 0.15, light).max() for light in (FRONTAL, RAKING))
    assert straight > 3 * aside


def test_a_softer_lamp_shines_less_sharply():
    sharp, soft = (lit(FLAT, of(0), 0.15, Lighting((Lamp(0, 0, 1, softness=size),))).max() for size in (0, 0.5))
    assert soft < sharp


@pytest.mark.parametrize("lighting", LIGHTS.values(), ids=LIGHTS)
def test_a_wrinkle_is_darker_than_the_skin_beside_it(lighting):
    patch = render(SKIN, lighting)
    without = render(replace(SKIN, wrinkles=()), lighting)
    floor = patch.relief.wrinkles_mm > 0.2
    ratio = luminance(patch.light)[floor] / luminance(without.light)[floor]
    assert ratio.mean() < 0.97


def test_light_spreads_farther_in_red_than_in_blue():
    edge = of(1)
    edge[:, 60:] = 0.2
    light = lit(FLAT, edge, 0.15, FRONTAL)[60]
    assert light[57, 0] < light[57, 2]


def test_a_camera_without_noise_blur_and_file_shows_the_light():
    seen = photograph(of((0.5, 0.2, 0.1)), Camera(blur_px=0, jpeg_quality=None))
    np.testing.assert_allclose(seen.mean((0, 1)), (188, 124, 89), atol=1)


def test_exposure_and_cast_scale_the_light():
    seen = photograph(of((0.5, 0.2, 0.1)), Camera(exposure_ev=-1, red=0.8, blue=2, blur_px=0, jpeg_quality=None))
    np.testing.assert_allclose(seen.mean((0, 1)), (124, 89, 89), atol=1)


def test_what_is_too_bright_is_white():
    assert (photograph(of(3), Camera(jpeg_quality=None)) == 255).all()


def test_noise_is_that_of_counted_photons():
    seen = photograph(of(0.25), Camera(blur_px=0, jpeg_quality=None)).astype(float)
    # 2000 electrons and a read noise of 3: a part of sqrt(2009) / 2000, times the slope of sRGB there, and rounding.
    assert seen.std() == pytest.approx(np.hypot(0.0224 * 137 * 0.444, 0.29), rel=0.05)


def test_another_seed_is_another_shot_of_the_same_skin():
    light = render(SKIN).light
    one, same, other = (photograph(light, Camera(seed=seed)) for seed in (1, 1, 2))
    assert (one == same).all()
    assert (one != other).any()
    assert np.abs(one.astype(float) - other).mean() < 3
