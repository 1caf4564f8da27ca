"""What moved between two pictures of skin, and whether to believe it."""

import cv2
import numpy as np
import pytest

from needlework.imaging.filters import smooth
from needlework.imaging.registration.flow import detail, follow, moved, pixels

MM_PER_PX = 0.3
HEIGHT, WIDTH = 260, 300
SKIN = np.ones((HEIGHT, WIDTH), np.float32)
INSIDE = np.s_[25:-25, 25:-25]


def relief(seed: int = 0):
    grain = np.random.default_rng(seed).standard_normal((HEIGHT, WIDTH)).astype(np.float32)
    fine = smooth(grain, 1.2) - smooth(grain, 5)
    return fine / fine.std()


def photograph(skin, seed: int, exposure: float = 0.4):
    noise = np.random.default_rng(seed).normal(0, 1.5, (HEIGHT, WIDTH, 3))
    grey = 255 * (exposure * np.exp(0.06 * skin)) ** (1 / 2.2)
    return detail(np.clip(grey[..., None] + noise + 0.5, 0, 255).astype(np.uint8), MM_PER_PX)


@pytest.fixture(scope="module")
def way():
    """A turn by half a degree, a stretch by a percent and a bend of two pixels."""
    x, y = pixels(SKIN)[..., 0], pixels(SKIN)[..., 1]
    bend = 2 * np.sin(y / 45)
    return np.dstack([1.7 + 0.01 * (x - 150) + 0.008 * (y - 130) + bend, -1.2 - 0.008 * (x - 150)]).astype(np.float32)


def pair(way, change=0.0, inside=None):
    """A fixed picture, and a moving one that shows at x + way what the fixed one shows at x."""
    back = -way
    for _ in range(20):
        back = -moved(way, back)
    other = moved(relief(), back) + change
    if inside is not None:
        other[inside] = relief(5)[inside]
    return photograph(relief(), 1), photograph(other, 2, exposure=0.3)


def error_mm(flow, way):
    return np.linalg.norm(flow.shift - way, axis=-1) * MM_PER_PX


def test_a_known_way_is_found_to_a_tenth_of_a_pixel(way):
    flow = follow(*pair(way), SKIN, MM_PER_PX)
    assert np.median(error_mm(flow, way)[INSIDE]) < 0.02
    assert np.quantile(error_mm(flow, way)[INSIDE], 0.95) < 0.05
    assert flow.agreed[INSIDE].mean() > 0.99
    assert flow.round_trip_px[INSIDE].max() < 0.2


def test_a_picture_against_itself_does_not_move():
    fixed = photograph(relief(), 1)
    flow = follow(fixed, fixed, SKIN, MM_PER_PX)
    assert np.abs(flow.shift).max() < 1e-3
    assert flow.round_trip_px.max() < 1e-3


def test_skin_that_is_no_longer_there_is_not_alike(way):
    inside = np.s_[90:170, 110:190]
    flow = follow(*pair(way, inside=inside), SKIN, MM_PER_PX)
    assert flow.likeness[100:160, 120:180].mean() < 0.2
    assert flow.likeness[INSIDE][:, :60].min() > 0.5


@pytest.mark.parametrize("depth", [-1.5, -4.0], ids=["10 percent", "25 percent"])
def test_a_new_spot_is_not_chased(way, depth):
    spot = np.zeros((HEIGHT, WIDTH), np.float32)
    cv2.circle(spot, (150, 130), 4, depth, -1)
    plain, spotted = (follow(*pair(way, change), SKIN, MM_PER_PX) for change in (0.0, smooth(spot, 1.0)))
    under = spot < 0
    assert np.linalg.norm(spotted.shift - plain.shift, axis=-1)[under].max() * MM_PER_PX < 0.05


def test_noise_makes_the_estimated_error_larger(way):
    clean = follow(*pair(way), SKIN, MM_PER_PX)
    rough = follow(
        *(plane + np.random.default_rng(9).normal(0, 0.8, plane.shape).astype(np.float32) for plane in pair(way)),
        SKIN,
        MM_PER_PX,
    )
    assert np.median(rough.noise_px) > 1.3 * np.median(clean.noise_px)


def test_detail_is_the_same_in_any_light():
    dim, bright = photograph(relief(), 1, 0.15), photograph(relief(), 2, 0.6)
    assert np.corrcoef(dim[INSIDE].ravel(), bright[INSIDE].ravel())[0, 1] > 0.9
    assert dim[INSIDE].std() == pytest.approx(bright[INSIDE].std(), rel=0.1)
