"""Views without a face: the sticker's plane, wherever on the skin it was stuck."""

import cv2
import numpy as np
import pytest

from needlework.imaging.colour import to_srgb
from needlework.imaging.filters import smooth
from needlework.imaging.registration import body
from needlework.imaging.registration.aligning import align, begin, lay
from needlework.imaging.sticker import finding
from needlework.imaging.sticker.drawing import draw, paste
from needlework.imaging.sticker.geometry import geometry
from tests.retaken import view
from tests.stickers import SKIN

MM_PER_PX = 0.4
"""Of the skin, and about of the photographs."""
SIDE = 520
PHOTOGRAPH = (480, 440)
LIGHT = 0.7


@pytest.fixture(scope="module")
def skin():
    """208 by 208 mm with fine relief, blotches and moles."""
    chance = np.random.default_rng(0)
    log_light = np.zeros((SIDE, SIDE), np.float32)
    for sigma, strength in ((1.2, 0.05), (4, 0.04), (12, 0.04)):
        grain = smooth(chance.standard_normal((SIDE, SIDE)).astype(np.float32), sigma)
        log_light += strength * grain / grain.std()
    for x, y in chance.uniform(0, SIDE, (40, 2)):
        mole = np.zeros_like(log_light)
        cv2.circle(mole, (round(x), round(y)), 4, -0.4, -1)
        log_light += smooth(mole, 1)
    return to_srgb(np.exp(log_light)[..., None] * np.float32(SKIN) * LIGHT)


def rigid(degrees, x, y, scale=1.0):
    cos, sin = scale * np.cos(np.radians(degrees)), scale * np.sin(np.radians(degrees))
    return np.array([[cos, -sin, x], [sin, cos, y], [0, 0, 1]])


def taken(skin, at, turned, camera, seed):
    """A photograph of the skin with a sticker in the middle of `at`, and the way from skin to photograph."""
    middle = geometry().corners.mean(axis=0)
    stuck = rigid(turned, *at) @ np.diag([1 / MM_PER_PX, 1 / MM_PER_PX, 1]) @ rigid(0, *-middle)
    picture = cv2.warpPerspective(paste(skin, stuck, draw(), LIGHT), camera, PHOTOGRAPH, flags=cv2.INTER_CUBIC)
    noise = np.random.default_rng(seed).normal(0.5, 1, picture.shape)
    image = np.clip(picture + noise, 0, 255).astype(np.uint8)
    return view(image, None, finding.find(image))


STRAIGHT = rigid(0, -20, -40)
SLANTED = np.array([[1.02, 0.05, -45], [-0.04, 1.0, -20], [0.00004, -0.00002, 1]])


@pytest.mark.parametrize(
    ("at", "turned"), [((260, 260), 0), ((230, 290), 9), ((285, 240), 173)], ids=["same place", "beside", "upside down"]
)
def test_the_skin_is_laid_on_itself_wherever_the_sticker_was(skin, at, turned):
    cameras = [STRAIGHT, SLANTED]
    views = [taken(skin, (260, 260), 3, STRAIGHT, 1), taken(skin, at, turned, SLANTED, 2)]
    laid = lay(views, begin(views))
    places = [
        cv2.perspectiveTransform(one.places.astype(np.float64), np.linalg.inv(camera))
        for one, camera in zip(laid, cameras, strict=True)
    ]
    error_mm = np.linalg.norm(places[0] - places[1], axis=-1) * MM_PER_PX
    both = laid[0].valid & laid[1].valid
    assert both.mean() > 0.6
    assert np.median(error_mm[both]) < 0.05
    assert np.quantile(error_mm[both], 0.95) < 0.15


def test_cloth_that_lies_elsewhere_does_not_mislead(skin):
    weave = smooth(np.random.default_rng(5).standard_normal((SIDE, SIDE, 3)).astype(np.float32), 1.5)
    cloth = np.clip(np.array([40, 60, 150]) + 90 * weave, 0, 255).astype(np.uint8)
    dressed = [skin.copy(), skin.copy()]
    for picture, shift in zip(dressed, (0, 25), strict=True):
        picture[340:] = np.roll(cloth, shift, axis=1)[340:]
    views = [taken(picture, (260, 240), 0, STRAIGHT, seed) for seed, picture in enumerate(dressed)]
    ground = begin(views)
    assert not ground.apart
    apart_mm = np.linalg.norm(ground.places[0] - ground.places[1], axis=-1) * MM_PER_PX
    assert apart_mm.max() < 1


def test_each_shots_own_sticker_is_outlined_and_not_valid(skin):
    stack = align([taken(skin, (260, 260), 0, STRAIGHT, 1)], [taken(skin, (220, 300), 9, STRAIGHT, 2)])
    assert stack.points is None
    for shot, outline in enumerate(stack.stickers):
        width_mm, height_mm = np.linalg.norm(outline[1:3] - outline[0:2], axis=1) * stack.mm_per_px
        assert (width_mm, height_mm) == pytest.approx((geometry().width_mm, geometry().height_mm), rel=0.02)
        x, y = outline.mean(axis=0).astype(int)
        assert not stack.valid[shot, y - 25 : y + 25, x - 25 : x + 25].any()
    apart = np.linalg.norm(stack.stickers[1].mean(axis=0) - stack.stickers[0].mean(axis=0)) * stack.mm_per_px
    assert apart == pytest.approx(np.hypot(40, 40) * MM_PER_PX, abs=0.5)


def test_other_skin_is_not_valid(skin):
    other = np.ascontiguousarray(skin[:, ::-1])
    stack = align([taken(skin, (260, 260), 0, STRAIGHT, 1)], [taken(other, (260, 260), 0, STRAIGHT, 2)])
    assert stack.valid.all(axis=0).mean() < 0.05


def test_views_that_have_nothing_in_common_are_not_valid(skin, monkeypatch):
    ways = iter([rigid(0, 150, 0), rigid(0, -150, 0)])
    monkeypatch.setattr(body, "seated", lambda *_: next(ways))
    shots = [taken(skin, (260, 260), 0, STRAIGHT, seed) for seed in range(3)]
    assert not align(shots[:1], shots[1:]).valid.all(axis=0).any()
