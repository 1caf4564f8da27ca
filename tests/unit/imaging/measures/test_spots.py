"""Spots on drawn skin: how much they cover, which came, which went, and of what colour."""

import numpy as np
import pytest

from needlework.imaging.arrays import Image
from needlework.imaging.colour import luminance, to_linear, to_srgb
from needlework.imaging.measures import blocks
from needlework.imaging.measures.estimate import Unmeasured
from needlework.imaging.measures.spots import Spot, Spots, found, measure
from needlework.imaging.registration.stack import Stack, Texture
from needlework.imaging.skin.pigment import HAEMOGLOBIN, MELANIN
from tests.painted import TONES, photographed, texture

MM_PER_PX = 0.3
SHAPE = (200, 300)
MIDDLE = (75, 100)
LEFT, RIGHT = (np.broadcast_to((np.arange(SHAPE[1]) < SHAPE[1] // 2) == left, SHAPE) for left in (True, False))
SKIN = np.ones(SHAPE, np.bool_)


@pytest.fixture(scope="module")
def bare():
    """Skin of 6 by 9 cm."""
    return photographed((np.exp(texture(SHAPE, MM_PER_PX))[..., None] * np.float32(TONES["light"])).astype(np.float32))


@pytest.fixture(scope="module")
def appeared(bare):
    """One spot of 2 mm that the second visit alone shows, in the middle of the left half."""
    return spots([bare], [spotted(bare)])


def spotted(image: Image, *, contrast=0.1, diameter_mm=2.0, at_mm=(0, 0), pigment=MELANIN, long=1.0) -> Image:
    """Return the skin with a spot in the middle of its left half."""
    x, y = np.add(MIDDLE, np.divide(at_mm, MM_PER_PX))
    down, across = np.indices(SHAPE, np.float32)
    squared = (((across - x) / long) ** 2 + (down - y) ** 2) / (diameter_mm / 2 / MM_PER_PX) ** 2
    share = pigment @ np.array([0.35, 0.6, 0.05], np.float32)
    amount = np.exp2(-(squared**2))[..., None] * np.float32(-np.log(1 - contrast) / share)
    return to_srgb(to_linear(image) * np.exp(-amount * pigment))


def spots(before: list[Image], after: list[Image], *, skin=SKIN, noise=1.0, reason=None) -> Spots | Unmeasured:
    """Return the spots of two visits, each image photographed twice."""
    images = [grainy(image, noise, seed) for seed, image in enumerate(one for one in before + after for _ in (1, 2))]
    valid = np.ones((len(images), *SHAPE), np.bool_)
    later = np.arange(len(images)) >= 2 * len(before)
    stack = Stack(MM_PER_PX, np.stack(images), later, valid, np.zeros(valid.shape, np.float32), None)
    planes = np.stack([np.log(np.maximum(luminance(to_linear(image)), 2e-3)) for image in images])
    return Spots.of(Texture(planes, np.zeros(len(images)), reason), stack, skin)


def grainy(image: Image, noise: float, seed: int) -> Image:
    grain = np.random.default_rng(seed).normal(0.5, noise, image.shape)
    return np.clip(image + grain, 0, 255).astype(np.uint8)


def middle_of(spots: Spots) -> list[Spot]:
    """Return the spots near the middle of the left half; the drawn skin has some of its own elsewhere."""
    return [spot for spot in found(spots, LEFT) if np.hypot(spot.x - MIDDLE[0], spot.y - MIDDLE[1]) * MM_PER_PX < 7]


def test_a_spot_that_came_is_new_where_it_is_and_as_wide_and_dark_as_it_is(appeared):
    (spot,) = [spot for spot in appeared.all if spot.seen != "both"]
    assert (spot.x, spot.y) == pytest.approx(MIDDLE, abs=0.6 / MM_PER_PX)
    assert (spot.seen, spot.kind, spot.diameter_mm) == ("new", "brown", pytest.approx(2, abs=0.2))
    assert spot.contrast == pytest.approx(0.1, abs=0.02)


def test_it_counts_in_its_zone_alone_and_covers_so_much_more_of_it(appeared):
    here, there = measure(appeared, LEFT), measure(appeared, RIGHT)
    area_mm2 = LEFT.sum() * MM_PER_PX**2
    assert dict(here.extra) == {"new": 1, "gone": 0} and dict(there.extra) == {"new": 0, "gone": 0}
    assert here.change == pytest.approx(100 * np.pi / area_mm2, rel=0.4)
    assert (there.change, len(here.before), len(here.after)) == (pytest.approx(0, abs=0.05), 2, 2)


def test_swapped_visits_swap_new_and_gone_and_negate_the_change(bare):
    one, other = (measure(spots(*visits), LEFT) for visits in (([bare], [spotted(bare)]), ([spotted(bare)], [bare])))
    assert (other.extra["new"], other.extra["gone"]) == (0, 1)
    assert other.change == pytest.approx(-one.change, abs=0.03)


def test_the_same_shots_swapped_negate_the_change_exactly(bare):
    shots = [grainy(bare, 1, 0), grainy(spotted(bare), 1, 1)]
    once, swapped = (measure(spots([one], [other], noise=0), LEFT) for one, other in (shots, shots[::-1]))
    assert swapped.change == -once.change
    assert (swapped.before, swapped.after, swapped.within) == (once.after, once.before, once.within)


@pytest.mark.parametrize("noise", [0.0, 1.0, 4.0])
def test_unchanged_skin_has_nothing_new(bare, noise):
    found = spots([bare], [bare], noise=noise)
    assert [spot for spot in found.all if spot.seen != "both"] == []
    assert measure(found, LEFT).change == pytest.approx(0, abs=0.1)


def test_a_spot_of_both_visits_is_listed_and_covers_skin_on_both(bare):
    mole = spotted(bare, contrast=0.4, diameter_mm=4)
    both = spots([mole], [mole])
    (spot,) = middle_of(both)
    assert (spot.seen, spot.diameter_mm) == ("both", pytest.approx(4, abs=1.2))
    estimate = measure(both, LEFT)
    assert min(estimate.before + estimate.after) > 0.3 and estimate.change == pytest.approx(0, abs=0.05)
    assert spot not in found(both, RIGHT)


def test_an_old_spot_that_got_a_little_darker_is_no_new_one(bare):
    old, darker = (spotted(bare, contrast=contrast, diameter_mm=3) for contrast in (0.3, 0.4))
    assert [spot.seen for spot in middle_of(spots([old], [darker]))] == ["both"]


def test_a_new_line_is_no_new_spot(bare):
    lined = spots([bare], [spotted(bare, diameter_mm=1, long=20, contrast=0.2)])
    assert [spot for spot in lined.all if spot.seen != "both"] == []


@pytest.mark.parametrize(("apart_mm", "number"), [(1, 1), (6, 2)], ids=["on each other", "apart"])
def test_two_spots_are_two_where_they_lie_apart(bare, apart_mm, number):
    two = spots([bare], [spotted(spotted(bare), at_mm=(apart_mm, 0))])
    assert measure(two, LEFT).extra["new"] == number


def test_blood_makes_a_red_spot(bare):
    red = spots([bare], [spotted(bare, pigment=HAEMOGLOBIN)])
    assert [(spot.kind, spot.seen) for spot in middle_of(red)] == [("red", "new")]


def test_more_noise_leaves_a_larger_error(bare):
    mole = spotted(bare, contrast=0.4, diameter_mm=4)
    quiet, loud = (measure(spots([mole], [mole], noise=noise), LEFT) for noise in (1, 4))
    assert 0 < quiet.within < loud.within


def test_shots_that_cannot_be_matched_have_no_spots(bare):
    assert spots([bare], [bare], reason="Too blurred.") == Unmeasured("Too blurred.")


def test_too_little_skin_is_not_measured(bare, appeared):
    assert spots([bare], [bare], skin=~SKIN) == blocks.TOO_NARROW
    assert measure(appeared, ~SKIN) == blocks.TOO_NARROW
