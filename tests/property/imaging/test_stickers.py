"""Wherever a sticker lies and however it is lit, what is read of it holds."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from needlework.imaging.sticker.finding import find
from needlework.imaging.sticker.geometry import geometry
from tests.stickers import laid, scene

TURNS = st.floats(-180, 180)


@settings(max_examples=15)
@given(tilt=st.floats(0, 38), about=TURNS, turn=TURNS, scale=st.floats(3, 5))
@example(tilt=0, about=0, turn=34, scale=5).via("corners outside the picture")
@example(tilt=8, about=111, turn=-32, scale=5).via("corners just outside the picture")
def test_the_scale_does_not_depend_on_how_the_sticker_lies(tilt, about, turn, scale):
    found = find(scene(laid(scale, tilt_deg=tilt, about_deg=about, turn_deg=turn, at=(200, 150))))
    assert found.mm_per_px * scale == pytest.approx(1, abs=0.004)
    assert found.scale_trusted


@settings(max_examples=15)
@given(light=st.floats(0.15, 1.0), red=st.floats(0.85, 1.15), blue=st.floats(0.85, 1.15))
def test_the_light_and_its_cast_leave_no_trace_in_the_colours(light, red, blue):
    cast = np.float32([red, 1, blue])
    found = find(scene(light=light * cast))
    colours = np.unique(geometry().reflectances, axis=0).astype(np.float32)
    shown = colours[(colours * light * cast < 0.95).all(axis=1)]
    assert found.correct(shown * np.float32(light) * cast) == pytest.approx(shown, rel=0.04, abs=0.004)
    assert found.colour_error < 1
