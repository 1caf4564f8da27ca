"""What the sticker makes of a camera's colours."""

import cv2
import numpy as np
import pytest

from needlework.imaging.colour import ita_degrees, lab, to_linear
from needlework.imaging.sticker import colour
from needlework.imaging.sticker.drawing import draw
from needlework.imaging.sticker.evenness import evenness
from needlework.imaging.sticker.finding import find
from needlework.imaging.sticker.geometry import geometry
from needlework.imaging.sticker.patches import Patches
from tests.stickers import laid, photographed, printed_on, scene

SKINS = np.array([(0.60, 0.40, 0.31), (0.46, 0.27, 0.19), (0.33, 0.18, 0.11), (0.12, 0.07, 0.045), (0.52, 0.27, 0.21)])
"""Reflectances of skins that are not on the sticker, from very light to dark, the last one reddened."""
LIGHT = 0.7
WIDTH = 40
SHOTS = range(8)
MISPRINTED = {"paper": (1, 1, 1), "grey": (0.88, 0.88, 0.88), "skin": (1.05, 0.95, 0.93)}


def beside_skins(sticker=None):
    """Return a picture with a sticker, and below it a strip of each skin, in the same light."""
    picture = scene(laid(at=(200, 130)), sticker, light=LIGHT)
    light = np.float32(LIGHT) * SKINS.repeat(WIDTH, axis=0).astype(np.float32)
    coded = 255 * np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    picture[260:, : len(coded)] = (coded + 0.5).astype(np.uint8)
    return picture


def seen(picture, correct=None):
    """Return lightness, a* and ITA (skins, 3) of the strips."""
    strips = to_linear(picture[265:295, : len(SKINS) * WIDTH]).reshape(30, len(SKINS), WIDTH, 3)[:, :, 5:-5]
    light = strips.mean(axis=(0, 2))
    lightness, redness, yellowness = lab(light if correct is None else correct(light)).T
    return np.array([lightness, redness, list(map(ita_degrees, lightness, yellowness))]).T


TRUE = lab(SKINS.astype(np.float32))
TRUTH = np.array([TRUE[:, 0], TRUE[:, 1], [ita_degrees(float(one[0]), float(one[2])) for one in TRUE]]).T


@pytest.fixture(scope="module")
def corrected():
    """Lightness, a* and ITA of the skins in several photographs, without a correction and with it."""
    pictures = [photographed(beside_skins(), seed) for seed in SHOTS]
    return [seen(picture) for picture in pictures], [seen(picture, find(picture).correct) for picture in pictures]


def test_skin_comes_out_in_its_own_colour_whatever_the_camera(corrected):
    before, after = (np.sqrt(((np.array(one) - TRUTH) ** 2).mean(axis=(0, 1))) for one in corrected)
    assert (after < [0.5, 0.6, 1.5]).all()
    assert (before > [2, 1.5, 4]).all()


def test_a_badly_printed_copy_is_wrong_by_the_same_in_every_photograph():
    """Its greys are an eighth too dark and its skins too red."""
    sticker = draw()
    for patch in geometry().patches:
        printed_on(sticker, patch)[:] *= np.array(MISPRINTED[patch.colour.partition("-")[0]], np.float32)
    pictures = [photographed(beside_skins(sticker), seed) for seed in SHOTS]
    read = np.array([seen(picture, find(picture).correct) for picture in pictures])
    assert (np.abs(read.mean(axis=0) - TRUTH).max(axis=0) > [1, 3, 4]).all()
    assert (np.sqrt(read.var(axis=0, ddof=1).mean(axis=0)) < [0.5, 0.6, 1.2]).all()


def test_a_faithful_picture_is_left_as_it_is_but_for_the_light():
    found = find(beside_skins())
    light = np.linspace(0.03, 0.9, 30, dtype=np.float32).reshape(5, 2, 3)
    assert found.correct(light * np.float32(LIGHT)) == pytest.approx(light, rel=0.03, abs=0.003)
    assert found.colour_error < 0.5


def test_light_of_any_shape_is_corrected_alike():
    correct = find(photographed(beside_skins(), seed=5)).correct
    light = np.random.default_rng(2).random((4, 6, 3), np.float32)
    assert correct(light).dtype == np.float32
    assert correct(light)[2, 3] == pytest.approx(correct(light[2, 3]))
    assert correct(light[:, ::2]) == pytest.approx(correct(light)[:, ::2])


def test_more_light_is_never_less_after_the_correction():
    correct = find(photographed(beside_skins(), seed=6)).correct
    greys = np.geomspace(1e-3, 1, 200, dtype=np.float32)[:, None].repeat(3, axis=1)
    assert (np.diff(correct(greys), axis=0) > 0).all()


def test_overexposed_patches_are_left_out():
    bright = scene(light=1.25)
    found = find(bright)
    assert (bright[120:180, 60:90] == 255).mean() > 0.5
    assert found.doubts == ()
    assert found.correct(1.25 * SKINS.astype(np.float32)) == pytest.approx(SKINS, rel=0.03)


def test_an_even_slope_of_light_is_taken_off():
    slope = np.linspace(0.92, 1.08, 600, dtype=np.float32)[None, :, None]
    found = find(scene(sticker=draw() * slope))
    assert found.doubts == ()
    assert found.correct(np.float32(0.7) * SKINS.astype(np.float32)) == pytest.approx(SKINS, rel=0.02)


def patches(light, *, even=True, exposed=True):
    """Return patches of that light that could be read to the last digit."""
    count = len(geometry().patches)
    return Patches(light, np.zeros(count), np.full((count, 3), exposed), np.full(count, even))


@pytest.mark.parametrize("exponent", [0.5, 1.0, 2.0, 4.0])
def test_the_curve_stays_one_that_a_camera_can_have(exponent):
    given = patches(geometry().reflectances ** exponent)
    found = colour.correction(given, given.light)
    greys = np.geomspace(0.01, 0.9, 50, dtype=np.float32)[:, None].repeat(3, axis=1)
    assert (np.diff(found(greys), axis=0) > 0).all()
    assert found.mixing.sum(axis=1) == pytest.approx(1)


def test_a_camera_that_mixes_its_channels_is_undone_without_tinting_greys():
    mixed = np.array([[1.2, -0.15, -0.05], [-0.08, 1.1, -0.02], [0.0, -0.12, 1.12]])
    given = patches(geometry().reflectances @ mixed.T)
    found = colour.correction(given, given.light)
    greys = np.full((1, 3), 0.4, np.float32)
    assert found(greys) == pytest.approx(greys, rel=0.01)
    without = lab(SKINS.astype(np.float32) @ mixed.T.astype(np.float32)) - TRUE
    left = lab(found((SKINS @ mixed.T).astype(np.float32))) - TRUE
    assert np.sqrt((left**2).mean()) < 0.35 * np.sqrt((without**2).mean())


def test_without_a_patch_to_go_by_nothing_is_corrected():
    given = patches(geometry().reflectances, exposed=False)
    found = colour.correction(given, given.light)
    assert found(SKINS.astype(np.float32)) == pytest.approx(SKINS, rel=1e-4)
    assert colour.residual(given, given.light, found) == np.inf
    assert evenness(given).across == 0


def test_one_smeared_patch_carries_nothing_away():
    given = geometry().reflectances.copy()
    given[3] *= 1.6
    found = colour.correction(patches(given), given)
    assert found(SKINS.astype(np.float32)) == pytest.approx(SKINS, rel=0.02)
    assert evenness(patches(given)).across < 0.02


def test_a_picture_in_which_everything_is_soft_still_gives_its_colours():
    soft = cv2.GaussianBlur(scene(light=0.7), (0, 0), 1.5)
    assert find(soft).correct(np.float32(0.7) * SKINS.astype(np.float32)) == pytest.approx(SKINS, rel=0.03)
