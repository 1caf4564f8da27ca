"""Stretch marks drawn on even skin: their contrast, their width, and what is none."""

import numpy as np
import pytest

from needlework.imaging.measures.bands import TOO_LITTLE
from needlework.imaging.measures.striae import GONE, NO_SKIN, NONE, measure
from tests.matched import bands, noisy, rough, within

SHAPE = (260, 300)
MM_PER_PX = 0.3
EVERY_MM = 18.0


def skin(contrast, width_mm=4.0, every_mm=EVERY_MM):
    """Rough skin under upright stripes whose contrast falls to a half at a half of their width from the middle."""
    across = np.arange(SHAPE[1], dtype=np.float32) * MM_PER_PX
    away = (across % every_mm - every_mm / 2) / (width_mm / 2)
    stripes = contrast * np.exp2(-np.square(away)) * np.ones((SHAPE[0], 1), np.float32)
    return rough(SHAPE) / 3 + stripes.astype(np.float32)


def found(before, after, *, shots=2, zone=None):
    first, second = noisy(before, 0.01, *range(shots)), noisy(after, 0.01, *range(10, 10 + shots))
    return measure(bands(first, second, mm_per_px=MM_PER_PX), within(before) if zone is None else zone)


@pytest.mark.parametrize("contrast", [0.1, -0.1], ids=["white", "dark"])
@pytest.mark.parametrize("times", [0.8, 0.5])
@pytest.mark.parametrize("shots", [1, 2])
def test_contrast_times_a_number_reads_as_that_number(contrast, times, shots):
    seen = found(skin(contrast), skin(times * contrast), shots=shots)
    assert np.exp(seen.change) == pytest.approx(times, abs=0.02)
    assert np.mean(seen.after) - np.mean(seen.before) == pytest.approx(seen.change, abs=1e-3)


@pytest.mark.parametrize("width_mm", [2.0, 4.0, 8.0])
def test_the_width_of_either_visit_is_told(width_mm):
    seen = found(skin(0.1, width_mm, 24.0), skin(0.1, 0.8 * width_mm, 24.0))
    assert seen.extra["width_mm_before"] == pytest.approx(width_mm, abs=0.8)
    narrower = seen.extra["width_mm_after"] / seen.extra["width_mm_before"]
    assert narrower == pytest.approx(0.8, abs=0.08)


def test_swapping_the_visits_negates_the_change_exactly():
    first, second = noisy(skin(0.1), 0.01, 1, 2), noisy(skin(0.07), 0.01, 3)
    zone = within(first[0])
    forth, back = (measure(bands(*both, mm_per_px=MM_PER_PX), zone) for both in ((first, second), (second, first)))
    assert (forth.change, forth.before, forth.after) == (-back.change, back.after, back.before)
    assert forth.extra["width_mm_before"] == back.extra["width_mm_after"]


def test_noise_and_one_photograph_twice_are_no_change():
    assert abs(found(skin(0.1), skin(0.1)).change) < 0.01
    same = measure(bands([skin(0.1)], [skin(0.1)], mm_per_px=MM_PER_PX), within(skin(0.1)))
    assert (same.change, same.within) == (0.0, 0.0)


def test_even_skin_has_none():
    assert found(skin(0.0), skin(0.0)) == NONE


def test_marks_that_one_visit_does_not_show_are_gone():
    assert found(skin(0.2), skin(-0.02)) == GONE


def test_marks_without_skin_beside_them_are_not_measured():
    across = np.arange(SHAPE[1]) * MM_PER_PX
    strips = np.abs(across % EVERY_MM - EVERY_MM / 2) < 3.0
    wide = skin(0.4, width_mm=8.0)
    assert found(wide, wide, zone=within(wide) & strips) == NO_SKIN


def test_too_little_skin_is_not_measured():
    assert found(skin(0.2), skin(0.2), zone=within(skin(0), 125)) == TOO_LITTLE
