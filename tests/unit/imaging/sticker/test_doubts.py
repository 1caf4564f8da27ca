"""What speaks against a copy of the sticker, or the view of it; and what does not."""

import cv2
import numpy as np
import pytest

from needlework.imaging.sticker.drawing import PX_PER_MM, draw
from needlework.imaging.sticker.finding import find
from needlework.imaging.sticker.geometry import geometry
from tests.stickers import laid, photographed, printed_on, scene

BLOTCHES = np.exp(np.random.default_rng(5).normal(0, 0.12, 26)).astype(np.float32)
ACROSS, DOWN = np.meshgrid(np.linspace(0, 1, 600, dtype=np.float32), np.linspace(0, 1, 450, dtype=np.float32))


def printed(name, factor, *, copies=(0, 1)):
    """Return a sticker on which some copies of a colour are printed otherwise."""
    sticker = draw()
    named = [patch for patch in geometry().patches if patch.colour.startswith(name)]
    for copy in copies:
        printed_on(sticker, named[copy])[:] *= np.array(factor, np.float32)
    return sticker


def bent(radius_mm):
    """Return a sticker on a cylinder: its sides turn away."""
    turned = (np.arange(600) / PX_PER_MM - 30) / radius_mm
    from_middle = np.arcsin(np.clip(turned, -1, 1)) * radius_mm
    across = ((from_middle + 30) * PX_PER_MM)[None].repeat(450, axis=0).astype(np.float32)
    return cv2.remap(draw(), across, DOWN * 449, cv2.INTER_LINEAR, borderValue=(0.5, 0.4, 0.3))


def glossy():
    """Return a sticker with a bright reflection on its upper half."""
    return draw() + 0.6 * np.exp(-((ACROSS - 0.5) ** 2 / 0.05 + (DOWN - 0.3) ** 2 / 0.1))[..., None]


def grey_alone():
    drawn = draw()
    return (drawn @ np.float32([0.2126, 0.7152, 0.0722]))[..., None].repeat(3, axis=2)


def tinted():
    drawn = draw()
    return drawn * (1 + 4 * (1 - drawn) * drawn * np.float32([0.3, 0, -0.2]))


COPIES = {
    "washed out": (draw() * 0.6 + 0.26, "looks washed out"),
    "printed without colour": (grey_alone(), "far from what they should be"),
    "tinted": (tinted(), "are tinted"),
    "greys out of order": (printed("grey-3", 2.2), "not in their order"),
    "reflection": (glossy(), "Glare, dirt or a crease"),
    "shadow": (draw() * np.where(ACROSS < 0.4, 0.5, 1)[..., None].astype(np.float32), "The light changes"),
    "light that falls off": (draw() * (0.7 + 0.6 * ACROSS)[..., None], "The light changes"),
}


@pytest.mark.parametrize("copy", COPIES)
def test_no_colour_is_taken_from_a_copy_that_is_not_good_enough(copy):
    sticker, reason = COPIES[copy]
    found = find(photographed(scene(sticker=sticker), seed=4))
    (doubt,) = found.doubts
    assert reason in doubt
    assert not found.colour_trusted
    assert found.scale_trusted
    assert found.mm_per_px == pytest.approx(0.2, rel=0.003)


def test_a_print_whose_copies_of_a_colour_differ_is_blotchy():
    blotchy = draw()
    for patch, factor in zip(geometry().patches, BLOTCHES, strict=True):
        printed_on(blotchy, patch)[:] *= factor
    assert "blotchy" in find(scene(sticker=blotchy)).doubts[0]


@pytest.mark.parametrize(
    ("light", "reason"), [(4.0, "is overexposed"), (0.007, "is too dark")], ids=["too bright", "too dark"]
)
def test_patches_that_cannot_be_told_apart_ask_for_another_exposure(light, reason):
    found = find(scene(light=light))
    assert reason in found.doubts[0]
    assert not found.colour_trusted


def test_dirt_on_every_patch_is_not_taken_for_bad_light():
    dirty = draw()
    for patch in geometry().patches:
        printed_on(dirty, patch)[:, ::2] *= 0.2
        printed_on(dirty, patch)[:35] *= 0.4
    found = find(scene(sticker=dirty))
    assert "Glare, dirt or a crease" in found.doubts[0]
    assert found.colour_error == np.inf


VIEWS = {
    "turned away": (scene(laid(tilt_deg=48, about_deg=30)), "is turned 48° away", True, False),
    "bent": (scene(sticker=bent(42)), "is bent", True, False),
    "out of focus": (cv2.GaussianBlur(scene(), (0, 0), 2.3), "is out of focus", False, True),
    "far away": (scene(laid(px_per_mm=2.0)), "is too small", False, True),
}  # fmt: skip


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_that_is_not_good_enough_says_for_what(view):
    picture, reason, colour, scale = VIEWS[view]
    found = find(picture)
    assert reason in found.doubts[0]
    assert (found.colour_trusted, found.scale_trusted) == (colour, scale)


def test_a_sticker_on_the_curve_of_a_forehead_is_flat_enough_and_its_scale_is_right():
    found = find(scene(sticker=bent(85)))
    assert found.doubts == ()
    assert found.mm_per_px == pytest.approx(0.2, rel=0.005)


@pytest.mark.parametrize("name", ["grey", "skin"])
def test_one_bad_patch_of_a_colour_spoils_nothing(name):
    found = find(photographed(scene(sticker=printed(f"{name}-2", 0.5, copies=(1,))), seed=7))
    assert found.colour_trusted
