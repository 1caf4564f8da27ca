"""Wrinkles of rendered skin, and what is none."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from needlework.imaging.measures import scars, texture, wrinkles
from needlework.imaging.measures.bands import Bands
from needlework.imaging.measures.wrinkles import TOO_FEW, measure
from needlework.imaging.registration.matching import texture as matched
from needlework.imaging.skin import features
from needlework.imaging.skin.camera import Camera, photograph
from needlework.imaging.skin.fields import Extent
from needlework.imaging.skin.light import FRONTAL, TWO_AT_45
from needlework.imaging.skin.patch import Skin, render
from needlework.imaging.skin.relief import Scar
from tests.matched import bands, noisy, rough, still, within

EXTENT = Extent(300, 300, 0.15)
SCARS = tuple(Scar("boxcar", x, y, radius_mm=1.5, depth_mm=0.4) for x in (8, 22, 37) for y in (9, 23, 36))
SKIN = Skin(seed=7, extent=EXTENT, wrinkles=features.wrinkles(7, EXTENT, 5))
PITTED = Skin(seed=7, extent=EXTENT, scars=SCARS)
SHARP, SOFT = Camera(blur_px=0.5, jpeg_quality=95), Camera(exposure_ev=0.2, red=1.04, blur_px=1.0, jpeg_quality=80)


@cache
def light(times=1.0, lighting=TWO_AT_45):
    return render(replace(SKIN, wrinkles=features.deeper(SKIN.wrinkles, times)), lighting).light


@cache
def pitted(times):
    return render(replace(PITTED, scars=features.deeper(PITTED.scars, times))).light


def visits(first, second, *, shots=2, cameras=(SHARP, SHARP)):
    """Photographs of two visits, registered by nobody (the camera does not move) and matched."""
    taken = [
        photograph(light, replace(camera, seed=100 * side + shot))
        for side, (light, camera) in enumerate(zip((first, second), cameras, strict=True))
        for shot in range(shots)
    ]
    stack = still(np.stack(taken), shots, EXTENT.mm_per_px)
    return Bands.of(matched(stack, within(taken[0][..., 0])), stack)


def ratio(measured, seen):
    return float(np.exp(measured(seen, within(seen.planes)).change))


@pytest.mark.parametrize("lighting", [TWO_AT_45, FRONTAL], ids=["two lamps", "frontal"])
@pytest.mark.parametrize("times", [0.9, 0.7, 0.5])
def test_wrinkles_so_many_times_as_deep_read_so(times, lighting):
    assert ratio(measure, visits(light(lighting=lighting), light(times, lighting))) == pytest.approx(times, abs=0.04)


def test_one_photograph_a_visit_tells_the_same():
    assert ratio(measure, visits(light(), light(0.7), shots=1)) == pytest.approx(0.7, abs=0.05)


@pytest.mark.parametrize("measured", [measure, texture.measure, scars.measure], ids=["wrinkles", "texture", "scars"])
def test_blur_exposure_cast_and_compression_are_no_change(measured):
    assert ratio(measured, visits(light(), light(), cameras=(SHARP, SOFT))) == pytest.approx(1, abs=0.04)


@pytest.mark.parametrize("times", [0.8, 0.5])
def test_shallower_scars_read_shallower_although_other_structure_is_as_wide(times):
    assert times - 0.02 < ratio(scars.measure, visits(pitted(1.0), pitted(times))) < times + 0.15


def test_shallower_wrinkles_are_no_shallower_scars():
    assert ratio(scars.measure, visits(light(), light(0.5))) == pytest.approx(1, abs=0.04)


def test_skin_without_lines_has_too_few():
    plain = noisy(rough((260, 260)), 0.01, 1, 2, 3, 4)
    assert measure(bands(plain[:2], plain[2:]), within(plain[0])) == TOO_FEW


def test_too_little_skin_is_not_measured():
    plain = rough((260, 260))
    for measured in (measure, scars.measure):
        assert measured(bands([plain], [plain]), within(plain, 125)).reason.startswith("Too little")


def test_a_line_counts_half_at_its_half():
    assert wrinkles.on_a_line(np.array([0, wrinkles.HALF, 1], np.float32)) == pytest.approx([0, 0.5, 1], abs=1e-2)
