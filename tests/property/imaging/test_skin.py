"""What must hold for any rendered skin."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from needlework.imaging.colour import lab, luminance
from needlework.imaging.skin.camera import Camera, photograph
from needlework.imaging.skin.features import deeper, wrinkles
from needlework.imaging.skin.fields import Extent
from needlework.imaging.skin.patch import Skin, render
from needlework.imaging.skin.pigment import SKIN_MELANIN

EXTENT = Extent(80, 100, 0.2)
TYPES = tuple(SKIN_MELANIN)
few = settings(max_examples=12, deadline=None)
skins = st.builds(
    lambda seed, skin_type, texture: Skin(seed, EXTENT, skin_type, texture, wrinkles=wrinkles(seed, EXTENT, 2)),
    st.integers(0, 10**6),
    st.sampled_from(TYPES),
    st.floats(0, 2),
)


def colour(skin):
    return lab(render(skin).light.mean((0, 1)))


@few
@given(skins)
def test_the_same_skin_twice_is_the_same_picture(skin):
    np.testing.assert_array_equal(*(photograph(render(skin).light, Camera(seed=skin.seed)) for _ in range(2)))


@few
@given(skins, st.floats(0.2, 1.5))
def test_a_longer_exposure_is_brighter(skin, more_ev):
    light = render(skin).light
    short, long = (photograph(light, Camera(exposure_ev=ev)).mean() for ev in (-1, more_ev - 1))
    assert short < long


@few
@given(skins, st.integers(1, len(TYPES) - 1))
def test_more_melanin_is_darker(skin, place):
    lighter, darker = (colour(replace(skin, skin_type=TYPES[which])) for which in (place - 1, place))
    assert darker[0] < lighter[0]


@few
@given(skins, st.floats(0.05, 0.3))
def test_more_blood_is_redder(skin, more):
    assert colour(replace(skin, erythema=more))[1] > colour(skin)[1]


@few
@given(skins, st.floats(0, 0.9))
def test_a_shallower_wrinkle_stands_out_less(skin, times):
    shown = [contrast(skin, depth) for depth in (times, 1.0)]
    assert shown[0] < shown[1]


def contrast(skin, depth):
    """Return how much darker the floors of the wrinkles are than the same places without any."""
    patch, without = (render(replace(skin, wrinkles=deeper(skin.wrinkles, times))) for times in (depth, 0))
    floor = render(skin).relief.wrinkles_mm > 0.04
    return -np.log(luminance(patch.light)[floor] / luminance(without.light)[floor]).mean()
