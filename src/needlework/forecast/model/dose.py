"""Puncture dose: how much dermis a session reaches, beside one reference session.

Needles are cones, punctures fall at random (Poisson) and tissue answers within a halo around each. A plane at depth z
is then reached over the share 1 − exp(−N π (r(z) + halo)²) of its area: the more punctures, the more overlap. The dose
is that share, summed over the depth of the dermis that needles enter: millimetres of dermis. For a cone the sum is an
error function.

How deep a needle of a given length enters is barely known (measured shares: 0.20, 0.5 and 0.77), so `reached` is
uncertain by itself; it counts on both sides of a relative dose.
"""

import numpy as np
from scipy.special import erf

from needlework.forecast.model.parameters import Floats

REFERENCE_DEPTH_MM = 1.5
REFERENCE_PUNCTURES_PER_CM2 = 250.0
"""Fifteen passes of a roller with 192 needles (computed 229, published about 250)."""
RADIUS_MM = 0.10
"""Of a needle at the surface (shafts of 0.2 to 0.25 mm)."""
HALO_MM = 0.10
"""How far around a puncture tissue is taken to answer. Assumed."""
EPIDERMIS_MM = 0.08
DERMIS_MM = 1.6
"""Below the epidermis; what a needle reaches under it does not count."""
LEAST_REACHED, MOST_REACHED = 0.15, 0.95
MEAN_REACHED = 0.55
"""Depth that a needle enters, as a share of its length: 0.20 (roller, rat), 0.5 (by hand), 0.77 (array, people)."""


def dermis_reached(depth_mm: Floats | float, punctures_per_cm2: Floats | float, reached: Floats | float) -> Floats:
    """Return millimetres of dermis that answer, by nominal depth, density and share of the length that enters.

    The three broadcast against each other.
    """
    tip = np.maximum(np.multiply(reached, depth_mm), EPIDERMIS_MM)
    end = np.minimum(tip, EPIDERMIS_MM + DERMIS_MM)
    per_mm2 = np.asarray(punctures_per_cm2, float) / 100.0
    wide = np.sqrt(np.pi * per_mm2)
    widest, narrowest = (RADIUS_MM * (1 - depth / tip) + HALO_MM for depth in (EPIDERMIS_MM, end))
    missed = tip / RADIUS_MM * (erf(wide * widest) - erf(wide * narrowest)) / (2 * np.sqrt(per_mm2))
    dermis: Floats = end - EPIDERMIS_MM - missed
    return dermis


def relative(depth_mm: Floats | float, punctures_per_cm2: Floats | float, reached: Floats | float) -> Floats:
    """Return the dose of a session in reference doses, for needles that enter the same share of their length."""
    reference = dermis_reached(REFERENCE_DEPTH_MM, REFERENCE_PUNCTURES_PER_CM2, reached)
    return dermis_reached(depth_mm, punctures_per_cm2, reached) / reference


def reached(rows: int, chance: np.random.Generator) -> Floats:
    """Return shares (n,) of a needle's length that enter, as little as is known: Beta(3, 3) between the two ends."""
    return LEAST_REACHED + (MOST_REACHED - LEAST_REACHED) * chance.beta(3.0, 3.0, rows)
