"""What counts in every shot of both visits, and the reason where that is too little."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image as Pictures

from needlework.evidence.zones import in_words, zones
from needlework.imaging.faces.finding import find
from needlework.imaging.measures.estimate import Unmeasured
from needlework.imaging.registration.stack import Stack
from needlework.imaging.zones.masks import LEAST_CM2, masks
from tests.painted import Painted, face, stack
from tests.photographs import FOLDER, WITH_PHOTOGRAPHS


@pytest.fixture(scope="module")
def bare() -> Painted:
    return face()


def test_every_zone_of_a_bare_face_counts_nearly_whole(bare):
    found = masks(stack(bare, bare), zones().face)
    assert list(found) == list(zones().face)
    assert all(mask[bare.zone(zone)].mean() > 0.9 and not mask[~bare.zone(zone)].any() for zone, mask in found.items())


def test_no_pixel_counts_in_two_zones(bare):
    found = masks(stack(bare), zones().face)
    assert sum(mask.astype(int) for mask in found.values()).max() == 1


def test_a_zone_is_the_same_whatever_else_is_wanted(bare):
    alone, together = masks(stack(bare), ["nose"]), masks(stack(bare), ["cheek-left", "nose", "chin"])
    assert np.array_equal(alone["nose"], together["nose"])


def test_what_one_shot_cannot_show_leaves_for_all_with_a_margin(bare):
    shine = bare.round("cheek-left", 5)
    kept = masks(stack(bare, bare.lit(shine, plus=0.5), bare), ["cheek-left"])["cheek-left"]
    assert not kept[bare.round("cheek-left", 5.5)].any()
    assert kept[bare.zone("cheek-left") & ~bare.round("cheek-left", 8)].mean() > 0.95


def covered(bare: Painted) -> Stack:
    x, y = bare.middle("glabella")
    strands = [((at, y - 70), (at + 8, y + 70)) for at in range(x - 70, x + 70, 5)]
    return stack(bare, bare.drawn(strands, 3))


def shiny(bare: Painted) -> Stack:
    return stack(bare, bare.lit(bare.zone("glabella"), plus=0.28))


def clipped(bare: Painted) -> Stack:
    return stack(bare, bare.lit(bare.zone("glabella"), 3.0))


def soft(bare: Painted) -> Stack:
    return stack(bare, bare.blurred(bare.zone("glabella"), 2.5))


def unaligned(bare: Painted) -> Stack:
    return stack(bare, bare, valid=~bare.zone("glabella"))


@pytest.mark.parametrize(
    ("seen", "advice"),
    [
        (covered, "Tie the hair back"),
        (shiny, "Dry the skin"),
        (clipped, "expose for the skin"),
        (soft, "focus on the skin"),
        (unaligned, "keep pose, expression and light the same"),
    ],
)
def test_too_little_skin_is_an_answer_that_says_what_would_help(bare, seen, advice):
    found = masks(seen(bare), ["glabella", "cheek-right"])
    assert found["glabella"].reason.startswith("Too little of the glabella can be seen in every photograph. ")
    assert advice in found["glabella"].reason
    assert found["cheek-right"][bare.zone("cheek-right")].mean() > 0.9


def test_a_zone_that_is_turned_away_is_too_small(bare):
    narrow = replace(bare, points=bare.points * (0.25, 1, 1))
    assert "turned too far away" in masks(stack(narrow), ["temple-left"])["temple-left"].reason


def test_a_quarter_of_a_zone_speaks_for_it_and_less_does_not(bare):
    x, _ = bare.middle("forehead")
    for beyond, enough in ((x, True), (x + 95, False)):
        valid = np.zeros(bare.image.shape[:2], bool)
        valid[:, beyond:] = True
        found = masks(stack(bare, bare, valid=valid), ["forehead"])["forehead"]
        assert isinstance(found, Unmeasured) is not enough
    assert LEAST_CM2 < 1


def test_a_zone_of_the_body_is_not_found_on_a_face(bare):
    assert "no zone of the face" in masks(stack(bare), ["abdomen"])["abdomen"].reason


def test_without_a_face_no_zone_of_it_is_found(bare):
    found = masks(replace(stack(bare), points=None), ["nose", "chin"])
    assert all("show no face" in one.reason for one in found.values())


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("cheek-left", "the left cheek"),
        ("upper-arm-right", "the right upper arm"),
        ("upper-lip", "the upper lip"),
        ("periorbital-left", "the left periorbital zone"),
        ("nose", "the nose"),
    ],
)
def test_zones_in_words(zone, words):
    assert in_words(zone) == words


@WITH_PHOTOGRAPHS
@pytest.mark.parametrize("name", ["canada/065f", "london_neutral/096_03", "london_neutral/107_03"])
def test_seven_zones_in_ten_of_a_well_lit_frontal_face_count(name):
    image = np.asarray(Pictures.open(FOLDER / f"{name}.jpg"))
    found = find(image)[0]
    low, high = (found.points[:, :2].min(axis=0) - 60).astype(int), (found.points[:, :2].max(axis=0) + 60).astype(int)
    cut = Painted(image[low[1] : high[1], low[0] : high[0]], found.points - (*low, 0), found.mm_per_px)
    answers = masks(stack(cut), zones().face)
    assert sum(not isinstance(one, Unmeasured) for one in answers.values()) >= 0.7 * len(answers)
