"""Texture, and with it everything that is measured by the power between shots."""

from dataclasses import replace

import numpy as np
import pytest

from needlework.imaging.measures import blocks
from needlework.imaging.measures.amplitudes import UNLIKE
from needlework.imaging.measures.bands import TOO_LITTLE
from needlework.imaging.measures.texture import measure
from tests.matched import bands, noisy, rough, within

SHAPE = (220, 220)
SKIN = rough(SHAPE)
ZONE = within(SKIN)
NOISE = 0.012
SHOTS = {"one each": ((1,), (11,)), "one, then two": ((1,), (11, 12)), "two each": ((1, 2), (11, 12))}


def change(times, first, second, *, noise=(NOISE, NOISE), skin=SKIN):
    before, after = noisy(skin, noise[0], *first), noisy(skin * np.float32(times), noise[1], *second)
    return measure(bands(before, after), ZONE)


@pytest.mark.parametrize("times", [0.8, 0.9, 1.25])
@pytest.mark.parametrize("shots", SHOTS.values(), ids=SHOTS)
def test_texture_times_a_number_reads_as_that_number(times, shots):
    assert np.exp(change(times, *shots).change) == pytest.approx(times, rel=0.015)


def test_noise_that_differs_is_no_change_with_two_shots():
    assert abs(change(1, (1, 2), (11, 12), noise=(0.004, 0.04)).change) < 0.02


def test_noise_is_no_change_with_one_shot_where_it_is_alike():
    planes = [noisy(SKIN * np.float32(times), 0.02, seed)[0] for times, seed in ((1, 1), (0.8, 11))]
    assert np.exp(measure(bands(planes[:1], planes[1:]), ZONE).change) == pytest.approx(0.8, rel=0.02)


def test_a_photograph_against_itself_has_not_changed():
    found = measure(bands([SKIN], [SKIN]), ZONE)
    assert (found.change, found.within) == (0.0, 0.0)


@pytest.mark.parametrize("shots", SHOTS.values(), ids=SHOTS)
def test_swapping_the_visits_negates_the_change_exactly(shots):
    first, second = noisy(SKIN, NOISE, *shots[0]), noisy(SKIN * np.float32(0.9), NOISE, *shots[1])
    forth, back = measure(bands(first, second), ZONE), measure(bands(second, first), ZONE)
    assert (forth.change, forth.before, forth.after) == (-back.change, back.after, back.before)
    assert forth.within == pytest.approx(back.within)


def test_single_shots_lie_around_their_visit_as_their_contrasts_do():
    planes = [SKIN * np.float32(times) for times in (1.05, 0.95, 1.0, 1.0, 1.0)]
    found = measure(bands(planes[:2], planes[2:]), ZONE)
    assert found.before[0] - found.before[1] == pytest.approx(np.log(1.05 / 0.95), abs=1e-4)
    assert found.after == pytest.approx([np.mean(found.after)] * 3)
    assert np.mean(found.after) - np.mean(found.before) == pytest.approx(found.change)


def test_its_level_is_the_contrast_of_the_band():
    found = measure(bands([SKIN], [SKIN]), ZONE)
    assert 0.01 < np.exp(found.before[0]) < 0.03


def test_the_error_that_the_pixels_leave_is_that_of_the_noise():
    found = [change(1, (seed, seed + 1), (seed + 2, seed + 3), noise=(0.03, 0.03)) for seed in range(0, 48, 4)]
    stated = np.sqrt(np.mean([one.within**2 for one in found]))
    assert stated == pytest.approx(np.std([one.change for one in found]), rel=0.5)


def test_light_that_falls_off_over_the_zone_dilutes_nothing():
    light = np.linspace(-1, 1, SHAPE[1], dtype=np.float32) ** 3 - np.linspace(0, 1, SHAPE[0], dtype=np.float32)[:, None]
    found = measure(bands([SKIN + light], [SKIN * np.float32(0.8) + light]), ZONE)
    assert np.exp(found.change) == pytest.approx(0.8, rel=0.01)


def test_what_is_outside_the_zone_has_no_influence():
    other = np.where(ZONE, SKIN, SKIN + np.float32(0.5))
    assert measure(bands([SKIN], [SKIN * np.float32(0.8)]), ZONE) == measure(
        bands([other], [np.where(ZONE, SKIN * np.float32(0.8), other)]), ZONE
    )


def test_pixels_that_one_shot_does_not_show_do_not_count():
    seen = bands([SKIN], [SKIN])
    hidden = replace(seen, visible=seen.visible & (np.arange(SHAPE[1]) < 14))
    assert measure(hidden, ZONE) == TOO_LITTLE


def test_skin_of_which_too_little_is_seen_is_not_measured():
    assert measure(bands([SKIN], [SKIN]), ZONE & (np.arange(SHAPE[1]) < 14)) == TOO_LITTLE


def test_a_strip_of_few_blocks_is_not_measured():
    strip = np.zeros(SHAPE, bool)
    strip[:18, :60] = True
    assert measure(bands([SKIN], [SKIN]), strip) == blocks.TOO_NARROW


@pytest.mark.parametrize("count", [1, 2])
def test_other_skin_is_not_compared(count):
    other = rough(SHAPE, seed=1)
    assert measure(bands([SKIN] * count, [other] * count), ZONE) == UNLIKE


def test_visits_whose_texture_cannot_be_compared_say_why():
    assert measure(bands([SKIN], [SKIN], reason="Too soft."), ZONE).reason == "Too soft."
