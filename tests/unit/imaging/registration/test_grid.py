"""The one grid for all shots."""

from dataclasses import replace

import numpy as np
import pytest

from needlework.imaging.faces.face import PUPIL_DISTANCE_MM, Face
from needlework.imaging.faces.mean import mean_face
from needlework.imaging.registration.grid import (
    FINEST_MM,
    MARGIN_MM,
    OVERSAMPLING,
    Grid,
    eyes,
    face_grid,
    mean_shape,
    off_mm,
)
from tests.retaken import view

BLANK = np.zeros((4, 4, 3), np.uint8)
MESH = mean_face().points


def seen(px_per_mm: float, turn_degrees: float = 0.0, sticker=None):
    angle = np.radians(turn_degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]])
    return view(BLANK, Face(MESH @ turn.T * px_per_mm + 500, 1.0), sticker)


def test_it_is_upright_with_a_margin_and_the_eyes_an_average_adults_apart():
    grid, mm = face_grid([seen(2, 20), seen(3, -35)])
    assert eyes(mm) == pytest.approx([PUPIL_DISTANCE_MM, 0], abs=1e-6)
    assert mm[:, :2].min(axis=0) == pytest.approx([MARGIN_MM, MARGIN_MM])
    assert grid.width * grid.mm_per_px == pytest.approx(mm[:, 0].max() + MARGIN_MM, abs=grid.mm_per_px)
    assert grid.height * grid.mm_per_px == pytest.approx(mm[:, 1].max() + MARGIN_MM, abs=grid.mm_per_px)


@pytest.mark.parametrize(("scales", "expected"), [((2, 3), OVERSAMPLING / 2), ((20, 30), FINEST_MM)])
def test_its_pixels_are_no_finer_than_the_coarsest_shot_carries_or_texture_needs(scales, expected):
    grid, _ = face_grid([seen(scale) for scale in scales])
    eyes_mm = PUPIL_DISTANCE_MM / np.linalg.norm(eyes(MESH))
    assert grid.mm_per_px == pytest.approx(max(FINEST_MM, expected * eyes_mm), rel=1e-3)


def test_a_trusted_sticker_tells_the_scale_for_every_shot(good_reading):
    good = replace(good_reading, mm_per_px=0.55)
    _, mm = face_grid([seen(2, sticker=good), seen(3)])
    assert np.linalg.norm(eyes(mm)) == pytest.approx(0.55 * 2 * np.linalg.norm(eyes(MESH)))
    _, mm = face_grid([seen(2, sticker=replace(good, scale_trusted=False)), seen(3)])
    assert np.linalg.norm(eyes(mm)) == pytest.approx(PUPIL_DISTANCE_MM)


def test_the_mean_shape_lies_between_and_does_not_depend_on_turn_or_scale():
    wide, narrow = MESH * [1.1, 1, 1], MESH * [0.9, 1, 1]
    turned = np.column_stack([-narrow[:, 1], narrow[:, 0], narrow[:, 2]]) * 7
    mean = mean_shape([wide, turned])
    assert off_mm(mean, MESH) < 0.15
    assert off_mm(wide, MESH) > 1


def test_values_of_a_coarse_grid_keep_their_place_on_the_fine_one():
    fine = Grid.of(40.0, 30.0, 0.14)
    coarse = fine.at(0.31)
    x = np.tile((np.arange(coarse.width, dtype=np.float32) + 0.5) * np.float32(0.31), (coarse.height, 1))
    found = coarse.enlarged(x, fine)
    assert found.shape == (fine.height, fine.width)
    expected = (np.arange(fine.width) + 0.5) * 0.14
    assert np.abs(found[10] - expected)[3:-3].max() < 1e-3


def test_no_grid_is_finer_than_asked_for():
    fine = Grid.of(40.0, 30.0, 0.5)
    assert fine.at(0.2) == fine
