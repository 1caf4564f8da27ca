"""Redness and tone of a drawn face: with a sticker, beside a control zone, and in light from other sides."""

from dataclasses import replace

import numpy as np
import pytest

from needlework.imaging.colour import ita_degrees, lab, to_linear
from needlework.imaging.measures import blocks, redness, tone
from needlework.imaging.measures.colours import Colours
from needlework.imaging.measures.estimate import Estimate, Unmeasured
from needlework.imaging.skin.pigment import HAEMOGLOBIN, MELANIN
from needlework.imaging.sticker.reading import Reading
from tests.painted import Painted, face, photographed, stack

ZONES = ("cheek-left", "cheek-right", "forehead", "chin", "jaw-left", "jaw-right", "temple-left", "temple-right")
PLAIN = (1.0, 1.0, 1.0)
OTHER = (1.25, 1.15, 1.05)
"""Exposure and cast of another photograph, as gains."""
FLAT = (0.0, 0.0)


@pytest.fixture(scope="module")
def bare():
    return face()


@pytest.fixture(scope="module")
def skin(bare):
    return np.any([bare.zone(zone) for zone in ZONES], axis=0)


def pigmented(face: Painted, where, pigment, amount) -> Painted:
    """Return the face with so much more of a pigment somewhere."""
    light = to_linear(face.image)
    return face.with_image(photographed(light * np.exp(-np.float32(amount) * where[..., None] * pigment)))


def shone_on(face: Painted, side, gains=PLAIN) -> Painted:
    """Return the face in light that is stronger from one side (right and down), under an exposure and a cast.

    The head is an ellipsoid as deep as it is wide, somewhat larger than the face.
    """
    half = 1.15 * np.ptp(face.points[:, :2], axis=0) / 2
    down, across = np.indices(face.image.shape[:2])
    place = (np.stack([across, down], axis=-1) - face.points[:, :2].mean(axis=0)) / half
    depth = np.sqrt(np.maximum(1 - (place**2).sum(axis=-1), 0.05))
    normal = np.dstack([place / half, depth / half[0]])
    facing = (normal / np.linalg.norm(normal, axis=-1, keepdims=True))[..., :2].astype(np.float32)
    light = to_linear(face.image) * np.exp(facing @ np.float32(side))[..., None]
    return face.with_image(photographed(np.asarray(light * np.float32(gains), np.float32)))


def colours(bare: Painted, skin, *shots: Painted, gains=None, trusted=True) -> Colours:
    """Return the colours of a visit of the bare face and a visit of other shots; `gains` are what the sticker tells."""
    one = replace(stack(bare, *shots))
    readings = [reading(gain, trusted) for gain in gains] if gains else [None] * len(one.images)
    return Colours.of(one, readings, skin)


def reading(gains, trusted=True) -> Reading:
    return Reading(np.eye(3), 0.3, 0.002, lambda light: light / np.float32(gains), 0.5, colour_trusted=trusted)


def of_zone(face: Painted, zone: str):
    """Return the a* and the ITA of a zone by its median colour."""
    lightness, red, yellow = np.median(lab(to_linear(face.image[face.zone(zone)])), axis=0)
    return float(red), ita_degrees(float(lightness), float(yellow))


def test_more_blood_reads_as_redder_whatever_the_exposure(bare, skin):
    redder = pigmented(bare, bare.zone("cheek-left"), HAEMOGLOBIN, 0.05)
    seen = colours(bare, skin, shone_on(redder, FLAT, OTHER), gains=[PLAIN, OTHER])
    true = of_zone(redder, "cheek-left")[0] - of_zone(bare, "cheek-left")[0]
    here, there = (redness.measure(seen, bare.zone(zone)) for zone in ("cheek-left", "cheek-right"))
    assert true > 1
    assert (here.change, here.relative) == (pytest.approx(true, abs=0.15), False)
    assert (there.change, len(there.before), len(there.after)) == (pytest.approx(0, abs=0.1), 1, 1)


def test_a_tan_of_the_whole_face_stays(bare, skin):
    darker = pigmented(bare, np.ones_like(skin), MELANIN, 0.15)
    seen = colours(bare, skin, darker, gains=[PLAIN, PLAIN])
    for zone in ("forehead", "cheek-left", "cheek-right"):
        true = of_zone(darker, zone)[1] - of_zone(bare, zone)[1]
        assert true < -3
        assert tone.measure(seen, bare.zone(zone)).change == pytest.approx(true, abs=0.5)


@pytest.mark.parametrize("side", [(0.12, 0), (-0.12, 0), (0.09, 0.09)], ids=["right", "left", "below"])
def test_light_from_another_side_is_no_tan(bare, skin, side):
    lit = shone_on(bare, side)
    moved = of_zone(lit, "cheek-left")[1] - of_zone(bare, "cheek-left")[1]
    seen = colours(bare, skin, lit, gains=[PLAIN, PLAIN])
    assert abs(moved) > 1
    for zone in ("forehead", "cheek-left", "cheek-right"):
        assert tone.measure(seen, bare.zone(zone)).change == pytest.approx(0, abs=0.6)
        assert redness.measure(seen, bare.zone(zone)).change == pytest.approx(0, abs=0.1)


def test_one_cheek_that_tanned_is_told_in_light_from_another_side(bare, skin):
    tanned = pigmented(bare, bare.zone("cheek-left"), MELANIN, 0.2)
    true = of_zone(tanned, "cheek-left")[1] - of_zone(bare, "cheek-left")[1]
    seen = colours(bare, skin, shone_on(tanned, (0.08, 0)), gains=[PLAIN, PLAIN])
    assert true < -5
    assert tone.measure(seen, bare.zone("cheek-left")).change == pytest.approx(true, abs=1)
    assert tone.measure(seen, bare.zone("cheek-right")).change == pytest.approx(0, abs=0.6)


def test_light_is_left_as_it_is_where_too_little_of_the_face_is_seen(bare):
    """One cheek alone cannot tell a tan from light from its side."""
    cheek = bare.zone("cheek-left")
    lit = shone_on(bare, (0.12, 0))
    moved = of_zone(lit, "cheek-left")[1] - of_zone(bare, "cheek-left")[1]
    seen = colours(bare, cheek, lit, gains=[PLAIN, PLAIN])
    assert tone.measure(seen, cheek).change == pytest.approx(moved, abs=0.2)


def test_skin_of_the_body_keeps_its_light(bare, skin):
    limb = replace(stack(bare, shone_on(bare, (0.12, 0))), points=None)
    seen = Colours.of(limb, [reading(PLAIN)] * 2, skin)
    assert abs(tone.measure(seen, bare.zone("cheek-left")).change) > 1


@pytest.mark.parametrize(
    ("gains", "trusted"), [(None, True), ([PLAIN, PLAIN], False)], ids=["no sticker", "a sticker not to be trusted"]
)
def test_without_a_sticker_a_zone_is_told_against_an_untreated_one(bare, skin, gains, trusted):
    redder = pigmented(bare, bare.zone("cheek-left"), HAEMOGLOBIN, 0.05)
    true = [
        after - before for after, before in zip(of_zone(redder, "cheek-left"), of_zone(bare, "cheek-left"), strict=True)
    ]
    seen = colours(bare, skin, shone_on(redder, FLAT, (1.05, 1.0, 0.95)), gains=gains, trusted=trusted)
    zones = bare.zone("cheek-left"), bare.zone("forehead")
    red, typology = redness.measure(seen, *zones), tone.measure(seen, *zones)
    assert (red.change, red.relative) == (pytest.approx(true[0], abs=0.2), True)
    assert (typology.change, typology.relative) == (pytest.approx(true[1], abs=0.6), True)


@pytest.mark.parametrize("gains", [(0.8, 0.8, 0.8), (1.1, 1.0, 0.9), (1.2, 1.25, 1.1)], ids=["dark", "warm", "light"])
def test_exposure_and_cast_cancel_against_the_control_zone(bare, skin, gains):
    seen = colours(bare, skin, shone_on(bare, FLAT, gains))
    for measure, nothing in ((redness.measure, 0.25), (tone.measure, 0.5)):
        assert measure(seen, bare.zone("cheek-left"), bare.zone("forehead")).change == pytest.approx(0, abs=nothing)
    red, typology = np.abs(np.subtract(of_zone(shone_on(bare, FLAT, gains), "cheek-left"), of_zone(bare, "cheek-left")))
    assert red > 1 or typology > 3


def test_light_from_the_other_side_cancels_too(bare, skin):
    seen = Colours.of(stack(shone_on(bare, (-0.08, 0)), shone_on(bare, (0.08, 0))), [None, None], skin)
    told = tone.measure(seen, bare.zone("cheek-left"), bare.zone("cheek-right"))
    assert told.change == pytest.approx(0, abs=0.6)


def test_without_sticker_and_control_zone_it_cannot_be_told(bare, skin):
    seen = colours(bare, skin, bare, gains=None)
    for measure, name in ((redness.measure, "Redness"), (tone.measure, "Tone")):
        answer = measure(seen, bare.zone("cheek-left"))
        assert isinstance(answer, Unmeasured)
        assert answer.reason.startswith(f"{name} cannot be told without the sticker or an untreated control zone: ")


@pytest.mark.parametrize("stickered", [True, False], ids=["sticker", "control zone"])
def test_swapping_the_visits_negates_the_change(bare, skin, stickered):
    redder = shone_on(pigmented(bare, bare.zone("cheek-left"), HAEMOGLOBIN, 0.05), (0.04, 0), OTHER)
    shots = [(bare, reading(PLAIN)), (redder, reading(OTHER))]
    once, swapped = (
        Colours.of(stack(*(shot for shot, _ in both)), [known if stickered else None for _, known in both], skin)
        for both in (shots, shots[::-1])
    )
    zones = bare.zone("cheek-left"), bare.zone("forehead")
    one, other = redness.measure(once, *zones), redness.measure(swapped, *zones)
    assert other.change == pytest.approx(-one.change, abs=1e-3)
    assert (other.before, other.after) == (pytest.approx(one.after, abs=1e-3), pytest.approx(one.before, abs=1e-3))


def test_every_shot_has_its_value_and_a_patchy_change_its_error(bare, skin):
    patch = bare.round("cheek-left", 8)
    seen = colours(bare, skin, pigmented(bare, patch, HAEMOGLOBIN, 0.1), bare, gains=[PLAIN] * 3)
    patchy, even = (redness.measure(seen, bare.zone(zone)) for zone in ("cheek-left", "cheek-right"))
    assert (len(patchy.before), len(patchy.after)) == (1, 2)
    assert isinstance(even, Estimate)
    assert patchy.within > 3 * even.within > 0


def test_too_little_skin_has_no_colour(bare, skin):
    assert redness.measure(colours(bare, skin, bare, gains=[PLAIN] * 2), bare.round("chin", 3)) == blocks.TOO_NARROW


def test_what_a_shot_does_not_show_is_left_out(bare, skin):
    hidden = bare.zone("cheek-left")
    one = stack(bare, bare, valid=~hidden)
    seen = Colours.of(one, [reading(PLAIN)] * 2, skin)
    assert redness.measure(seen, hidden) == blocks.TOO_NARROW
