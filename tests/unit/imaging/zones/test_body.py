"""Skin around the sticker, where there is no face."""

import numpy as np
import pytest

from needlework.imaging.arrays import Image, Mask
from needlework.imaging.registration.stack import Stack
from needlework.imaging.zones.body import body
from needlework.imaging.zones.outlines import inside
from needlework.imaging.zones.shapes import grown
from tests.painted import CLOTH, MM_PER_PX, STICKER, TONES, limb


def seen(*images: Image, valid: Mask | None = None) -> Stack:
    planes = np.stack(images)
    where = np.ones(planes.shape[:3], bool) if valid is None else np.stack([valid] * len(images))
    after = np.arange(len(images)) > 0
    return Stack(MM_PER_PX, planes, after, where, np.zeros(where.shape, np.float32), None)


@pytest.mark.parametrize("tone", TONES)
def test_skin_counts_but_not_the_sticker_its_surroundings_or_cloth(tone):
    image = limb(tone)
    found = body(seen(image, image), "abdomen", [STICKER] * 2)
    on = inside([STICKER], image.shape[:2])
    assert not found[grown(on, 2.9, MM_PER_PX)].any()
    assert not found[CLOTH].any()
    skin = ~grown(on, 4.5, MM_PER_PX)
    skin[:, 430:] = False
    assert found[skin].mean() > 0.98


def test_skin_beyond_a_gap_is_another_part():
    image = limb()
    image[:, 30:60] = (20, 40, 150)
    found = body(seen(image), "abdomen", [STICKER])
    assert not found[:, :30].any()
    assert found[:, 70:160].mean() > 0.95


def test_a_sticker_at_another_place_leaves_there_too():
    moved = np.add(STICKER, (20, 100))
    found = body(seen(limb(), limb(sticker=moved)), "abdomen", [STICKER, moved])
    for sticker in (STICKER, moved):
        assert not found[grown(inside([sticker], found.shape), 2.9, MM_PER_PX)].any()
    assert found[:, :160].mean() > 0.9


def test_shine_leaves():
    image = limb()
    image[300:340, 200:260] = 250
    assert not body(seen(limb(), image), "abdomen", [STICKER] * 2)[300:340, 200:260].any()


def test_too_little_skin_says_what_would_help():
    image = limb()
    nowhere = np.zeros(image.shape[:2], bool)
    found = body(seen(image, valid=nowhere), "thigh-left", [STICKER])
    assert found.reason.startswith("Too little of the left thigh can be seen in every photograph. ")
