"""What holds of zones and masks of any face."""

from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from needlework.imaging.colour import to_linear, to_srgb
from needlework.imaging.faces.mean import mean_face
from needlework.imaging.zones.outlines import inside, outlines
from tests.painted import TONES, Painted, face, skin

ZONES = ("cheek-left", "cheek-right", "forehead", "chin", "nose", "jaw-left")
made = cache(face)
few = settings(max_examples=6, deadline=None)


def kept(painted: Painted) -> np.ndarray:
    return skin(painted.image, painted.points, painted.mm_per_px)


def other_side(zone: str) -> str:
    name, _, side = zone.rpartition("-")
    return {"left": f"{name}-right", "right": f"{name}-left"}.get(side, zone)


@given(st.integers(0, 999), st.floats(0, 8))
def test_a_mirrored_mesh_has_mirrored_zones(seed, spread):
    mesh = mean_face().points + np.random.default_rng(seed).normal(0, spread, (468, 3))
    mirrored = outlines(mesh[mean_face().mirror] * (-1, 1, 1))
    for zone, outline in outlines(mesh).items():
        there = {tuple(corner) for corner in np.round(mirrored[other_side(zone)] * (-1, 1), 6).tolist()}
        assert there == {tuple(corner) for corner in np.round(outline, 6).tolist()}


@few
@given(st.sampled_from(sorted(TONES)), st.sampled_from(ZONES), st.floats(3, 6))
def test_a_mirrored_picture_has_the_mirrored_mask(tone, zone, radius_mm):
    shiny = made(tone).lit(made(tone).round(zone, radius_mm), plus=0.4)
    assert (kept(shiny) != kept(shiny.mirrored())[:, ::-1]).mean() < 0.005


@few
@given(
    st.sampled_from(sorted(TONES)),
    st.floats(-0.3, 0.15),
    st.tuples(*[st.floats(0.95, 1.05)] * 3),
)
def test_exposure_and_white_balance_hardly_change_what_counts(tone, stops, cast):
    plain = made(tone)
    linear = to_linear(plain.image) * np.float32(2**stops) * np.array(cast, np.float32)
    zones = inside(outlines(plain.points).values(), plain.image.shape[:2])
    assert kept(plain.with_image(to_srgb(linear)))[zones].mean() > 0.98
