"""Puncture dose: dermis within a halo of cones at random places, beside a reference session."""

import numpy as np
import pytest
from scipy.integrate import quad

from needlework.forecast.model import dose


def by_quadrature(depth_mm, punctures_per_cm2, reached):
    """Return mm of dermis that answer, summed plane by plane."""
    tip = reached * depth_mm
    ends = min(tip, dose.EPIDERMIS_MM + dose.DERMIS_MM)

    def share(z):
        radius = dose.RADIUS_MM * (1 - z / tip)
        return 1 - np.exp(-punctures_per_cm2 / 100 * np.pi * (radius + dose.HALO_MM) ** 2)

    return quad(share, dose.EPIDERMIS_MM, ends, epsabs=1e-12)[0] if ends > dose.EPIDERMIS_MM else 0.0


@pytest.mark.parametrize("punctures_per_cm2", [10, 250, 4000, 10_000])
@pytest.mark.parametrize("depth_mm", [0.1, 0.25, 1.0, 2.5, 3.5])
def test_the_closed_form_is_the_sum_over_planes(depth_mm, punctures_per_cm2):
    for reached in (0.15, 0.55, 0.95):
        summed = by_quadrature(depth_mm, punctures_per_cm2, reached)
        assert dose.dermis_reached(depth_mm, punctures_per_cm2, reached) == pytest.approx(summed, rel=1e-8, abs=1e-12)


@pytest.mark.parametrize(
    ("depth_mm", "told"), [(0.25, 0.05), (0.5, 0.23), (1.0, 0.61), (1.5, 1.0), (2.0, 1.39), (2.5, 1.78)]
)
def test_dose_by_depth(depth_mm, told):
    assert dose.relative(depth_mm, 250.0, dose.MEAN_REACHED) == pytest.approx(told, abs=0.005)


@pytest.mark.parametrize(
    ("punctures_per_cm2", "told"), [(100, 0.42), (250, 1.0), (500, 1.83), (1000, 3.1), (4000, 5.8)]
)
def test_dose_by_density(punctures_per_cm2, told):
    assert dose.relative(1.5, punctures_per_cm2, dose.MEAN_REACHED) == pytest.approx(told, abs=0.05)


def test_more_punctures_overlap_more():
    densities = np.array([125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0])
    found = dose.relative(1.5, densities, dose.MEAN_REACHED)
    assert (np.diff(found) > 0).all()
    assert (found[1:] < 2 * found[:-1]).all()


def test_a_needle_that_stays_in_the_epidermis_reaches_no_dermis():
    assert dose.dermis_reached(0.25, 250.0, 0.3) == 0


def test_below_the_dermis_a_needle_only_widens_its_hole_above():
    deep, deeper, all_wide = (dose.dermis_reached(depth, 250.0, 0.95) for depth in (2.0, 3.5, 1e6))
    widest = dose.DERMIS_MM * (1 - np.exp(-2.5 * np.pi * (dose.RADIUS_MM + dose.HALO_MM) ** 2))
    assert deep < deeper < all_wide == pytest.approx(widest, rel=1e-6)


def test_no_dose_passes_the_dermis():
    assert 0.99 * dose.DERMIS_MM < dose.dermis_reached(3.5, 1e5, 0.95) <= dose.DERMIS_MM


def test_depth_density_and_entry_broadcast():
    depths, densities, reached = np.array([[0.5], [1.5]]), np.array([250.0, 500.0, 1000.0]), np.array(0.5)
    found = dose.relative(depths, densities, reached)
    assert found.shape == (2, 3)
    assert found[1, 2] == dose.relative(1.5, 1000.0, 0.5)


def test_how_deep_needles_enter_is_drawn_between_the_measured_ends():
    found = dose.reached(20_000, np.random.default_rng(3))
    assert dose.LEAST_REACHED < found.min() < found.max() < dose.MOST_REACHED
    assert found.mean() == pytest.approx(dose.MEAN_REACHED, abs=0.005)
    assert found.std() == pytest.approx(0.8 / np.sqrt(28), abs=0.003)
