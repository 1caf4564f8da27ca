"""Structure by its width, and lines by their strength."""

import numpy as np
import pytest

from needlework.imaging.measures.bands import Widths, average, levelled
from needlework.imaging.measures.lines import strength
from tests.matched import bands, rough, within

SHAPE = (200, 200)
FINE = Widths(0.5, 2.0)


def wave(length_mm, mm_per_px=0.25):
    return 0.1 * np.sin(2 * np.pi * np.arange(SHAPE[1]) * mm_per_px / length_mm + np.zeros((SHAPE[0], 1)))


def passed(length_mm, mm_per_px=0.25):
    plane = wave(length_mm, mm_per_px)
    piece = bands([plane], [plane], mm_per_px=mm_per_px).fine(np.ones(SHAPE, bool))
    return float(piece.band(FINE)[0][50:-50, 50:-50].std() / plane.std())


def test_a_band_holds_what_is_about_as_wide():
    peak = passed(2.2, mm_per_px=0.14)
    assert 0.7 < peak < 0.8
    assert passed(1.1, mm_per_px=0.14) > peak / 2
    assert passed(4.5, mm_per_px=0.14) > peak / 2
    assert passed(9, mm_per_px=0.14) < peak / 3


def test_a_coarse_grid_loses_the_finest_part():
    coarse, fine = ([passed(length, mm_per_px=grid) for length in (1.0, 4.0)] for grid in (0.3, 0.14))
    assert coarse[0] < fine[0] / 4
    assert coarse[1] > fine[1] / 2


def test_both_visits_count_alike_whatever_their_shots():
    planes = np.array([1, 2, 3, 10], np.float32)[:, None, None]
    assert average(planes, np.array([False, False, False, True]))[0, 0] == 6


def test_a_cubic_surface_is_light_and_goes():
    down, across = np.indices(SHAPE, np.float32) / SHAPE[0]
    light = across**3 - 2 * down * across + down
    mask = within(light)
    assert np.abs(levelled(light[None], mask)[0][mask]).max() < 1e-4


def valley(angle_deg, sigma_px=2.0):
    down, across = np.indices(SHAPE, np.float32) - 100
    away = across * np.sin(np.radians(angle_deg)) - down * np.cos(np.radians(angle_deg))
    return -0.1 * np.exp(-np.square(away / sigma_px) / 2)


@pytest.mark.parametrize("angle_deg", [0, 20, 45, 90, 130])
def test_a_valley_has_the_same_strength_whatever_its_direction(angle_deg):
    found = strength(valley(angle_deg), [2.0 * 2**0.5])
    assert found[100, 100] == pytest.approx(0.038, rel=0.12)
    assert found[60:140, 60:140].max() == pytest.approx(found[100, 100], rel=0.1)


def test_a_wide_valley_is_found_on_a_coarser_grid():
    assert strength(valley(30, 8.0), [8.0 * 2**0.5])[100, 100] == pytest.approx(0.038, rel=0.12)


def test_what_is_bright_or_round_or_of_no_direction_is_no_line():
    line = strength(valley(30), [2.0])[100, 100]
    down, across = np.indices(SHAPE, np.float32) - 100
    spot = -0.1 * np.exp(-(down**2 + across**2) / 32)
    assert strength(-valley(30), [2.0])[100, 100] == 0
    assert strength(spot, [2.0]).max() < line / 3
    assert np.quantile(strength(rough(SHAPE), [2.0]), 0.99) < line / 4
