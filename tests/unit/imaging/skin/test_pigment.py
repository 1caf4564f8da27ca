"""Melanin darkens, blood reddens, and spots and stretch marks are as large as listed."""

import numpy as np
import pytest

from needlework.imaging.colour import ita_degrees, lab
from needlework.imaging.skin.features import clearer, spots, striae
from needlework.imaging.skin.fields import Extent
from needlework.imaging.skin.lines import Line
from needlework.imaging.skin.pigment import SKIN_MELANIN, Spot, Stria, pigment

EXTENT = Extent(160, 200, 0.15)
WIDE = Extent(150, 150, 1.0)
MIDDLES = {"I": 60, "II": 48, "III": 35, "IV": 19, "V": -10, "VI": -45}


def colour(**what):
    return lab(pigment(2, WIDE, **what).reflectance.mean((0, 1)))


@pytest.mark.parametrize("skin_type", SKIN_MELANIN)
def test_a_skin_type_has_the_angle_of_its_group(skin_type):
    lightness, _, yellowness = colour(skin_type=skin_type)
    assert ita_degrees(float(lightness), float(yellowness)) == pytest.approx(MIDDLES[skin_type], abs=1.5)


def test_erythema_reddens():
    assert colour(erythema=0.1)[1] > colour()[1] + 2


def test_a_spot_is_as_large_as_listed_and_browner_in_the_middle():
    with_spot = pigment(2, EXTENT, spots=(Spot(15, 12, 2.0, melanin=0.3, blood=0.1),))
    assert (with_spot.spots > 0.5).sum() * 0.15**2 == pytest.approx(np.pi * 2.0**2, rel=0.03)
    plain = pigment(2, EXTENT)
    assert with_spot.melanin[80, 100] - plain.melanin[80, 100] == pytest.approx(0.3, abs=0.001)
    assert with_spot.blood[80, 100] - plain.blood[80, 100] == pytest.approx(0.1, abs=0.001)
    assert not with_spot.striae.any()


def test_a_stretch_mark_is_as_wide_as_listed_and_paler():
    mark = Stria(Line(15, 12, 16, angle_deg=90), width_mm=3.0, melanin=-0.3)
    marked, plain = pigment(2, EXTENT, striae=(mark,)), pigment(2, EXTENT)
    assert (marked.striae[80] > 0.5).sum() * 0.15 == pytest.approx(3.0, abs=0.2)
    assert (marked.reflectance >= plain.reflectance).all()
    assert not marked.spots.any()


def test_pigment_is_never_less_than_none():
    gone = pigment(2, EXTENT, skin_type="I", striae=(Stria(Line(15, 12, 16), 3.0, melanin=-9, blood=-9),))
    assert gone.melanin.min() == gone.blood.min() == 0


def test_clearer_marks_differ_more_by_that_much():
    marks = striae(1, EXTENT, 2)
    assert [mark.melanin for mark in clearer(marks, 2)] == [2 * mark.melanin for mark in marks]
    assert [mark.blood for mark in clearer(marks, 2)] == [2 * mark.blood for mark in marks]


def test_drawn_spots_lie_on_the_patch():
    width, height = EXTENT.size_mm
    drawn = spots(1, EXTENT, 20)
    assert len(set(drawn)) == 20
    assert all(0 < spot.x_mm < width and 0 < spot.y_mm < height for spot in drawn)
