"""The relief has the depths that were listed, and the same ones in pixels of any size."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from needlework.imaging.skin.features import SCARS, deeper, scars, wrinkles
from needlework.imaging.skin.fields import Extent, noise
from needlework.imaging.skin.lines import Line
from needlework.imaging.skin.relief import Scar, Wrinkle, relief

FINE, COARSE = Extent(240, 300, 0.1), Extent(120, 150, 0.2)
WRINKLE = Wrinkle(Line(15, 12, 20, angle_deg=10), depth_mm=0.2, width_mm=0.4)


def test_a_wrinkle_is_as_deep_as_listed():
    assert relief(0, FINE, wrinkles=(WRINKLE,)).wrinkles_mm.max() == pytest.approx(0.2, rel=0.01)


def test_a_wrinkle_has_the_volume_of_its_profile_and_length():
    volume = relief(0, FINE, wrinkles=(WRINKLE,)).wrinkles_mm.sum() * FINE.mm_per_px**2
    # A slow wave makes the way a little longer than its ends are apart.
    assert volume == pytest.approx(0.2 * 0.4 * (2 * np.pi) ** 0.5 * 20, rel=0.03)


def test_a_wrinkle_finer_than_a_pixel_keeps_its_volume():
    fine_line = (replace(WRINKLE, width_mm=0.05),)
    assert relief(0, COARSE, wrinkles=fine_line).wrinkles_mm.max() < 0.2
    volumes = [relief(0, e, wrinkles=fine_line).wrinkles_mm.sum() * e.mm_per_px**2 for e in (FINE, COARSE)]
    assert volumes[0] == pytest.approx(volumes[1], rel=0.04)


def test_where_two_wrinkles_cross_the_deeper_counts():
    crossing = Wrinkle(Line(15, 12, 15, angle_deg=90), depth_mm=0.1, width_mm=0.4)
    assert relief(0, FINE, wrinkles=(WRINKLE, crossing)).wrinkles_mm.max() == pytest.approx(0.2, rel=0.01)


def test_a_wrinkle_beyond_the_border_leaves_nothing():
    away = replace(WRINKLE, line=replace(WRINKLE.line, x_mm=-40))
    assert not relief(0, FINE, wrinkles=(away,)).wrinkles_mm.any()


@pytest.mark.parametrize("kind", SCARS)
def test_a_scar_is_as_deep_as_listed_and_ends_near_its_radius(kind):
    pit = relief(0, FINE, scars=(Scar(kind, 15, 12, 1.5, 0.3, stretch=1.2),)).scars_mm
    assert pit.max() == pytest.approx(0.3, rel=0.02)
    assert pit[120, 150 + 33] < 0.03
    assert not pit[120, 150 + 50]


def test_a_boxcar_scar_has_a_flat_floor_and_steep_walls():
    floors = {kind: relief(0, FINE, scars=(Scar(kind, 15, 12, 1.5, 0.3),)).scars_mm[120, 160] for kind in SCARS}
    assert floors["boxcar"] > 0.27
    assert floors["icepick"] < floors["rolling"] < 0.15


def test_depth_times_nought_leaves_the_skin_without_them():
    lines, pits = deeper(wrinkles(1, FINE, 3), 0), deeper(scars(1, FINE, 3), 0)
    np.testing.assert_array_equal(relief(7, FINE, 1, lines, pits).height_mm, relief(7, FINE).height_mm)


def test_skin_without_texture_is_smooth():
    rough, smooth = (np.diff(relief(7, FINE, texture).height_mm, axis=0).std() for texture in (1, 0))
    assert rough > 5 * smooth


def test_the_same_skin_in_pixels_of_another_size():
    fine, coarse = (relief(7, e, 1, wrinkles(1, e, 3), scars(1, e, 3)).height_mm for e in (FINE, COARSE))
    reduced = cv2.resize(fine, COARSE.shape[::-1], interpolation=cv2.INTER_AREA)
    assert np.corrcoef(reduced.ravel(), coarse.ravel())[0, 1] > 0.995


def test_a_random_field_has_mean_0_and_deviation_1():
    field = noise((1,), Extent(600, 600, 0.2), 1.0)
    assert field.mean() == pytest.approx(0, abs=0.1)
    assert field.std() == pytest.approx(1, abs=0.05)
