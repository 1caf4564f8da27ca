"""Light that came from another side: what of it can be taken out of a face before its colour is compared.

Light from another side, or nearer to one, changes all channels by the same factor, which follows where the skin faces.
Melanin and blood change the channels in other ratios. So the change of a shot against all shots is divided into
melanin, blood and what is neutral; the neutral part of the whole face is fitted by

    constant + sideways · x + upright · y

and only the last two terms are taken out. A head is round enough that where its skin faces is told by where on the
face it is: for four shapes of head (a quadric through the mesh, the mesh softened over 6 and over 12 mm, an ellipsoid)
light from one side changes zones by 3.2 to 3.8 % RMS, and 0.1 to 0.8 % are left, no more than with normals of the mesh,
whose depth is a guess.

What stays: any change of brightness that the whole face shares (the constant), and any change of melanin or blood,
wherever it is. What this cannot remove: a cast shadow, shine, light that became softer, and coloured light. What it
could hide: a neutral change of skin that is stronger on one side, as one cheek that turned greyer. The pigments' ratios
are a model (`skin.pigment`); so far as a camera shows melanin greyer than that, a tan of one side alone is hidden too.
"""

import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Linear, Mask, Points
from needlework.imaging.filters import smooth_inside
from needlework.imaging.robust import GAUSSIAN_MAD
from needlework.imaging.skin.pigment import HAEMOGLOBIN, MELANIN

NEUTRAL = np.linalg.inv(np.stack([MELANIN, HAEMOGLOBIN, np.ones(3)], axis=1).astype(np.float64))[2].astype(np.float32)
"""Times the change of log red, green and blue: its neutral part, whatever melanin and blood there is in it."""
APART_CELLS = 4
"""Gaussian sigma that cells are averaged with before the fit, and the distance between those that are fitted."""
HUBER = 1.345
"""In standard deviations: where a deviation begins to count less (Huber 1964; 95 % efficient for Gaussian noise)."""
LEAST_SD = 0.002
"""Of log light: finer agreement is chance."""
ROUNDS = 20
LEAST_SPREAD = (0.5, 0.4)
"""Standard deviation of x and y of the skin, in half faces, that is needed: both cheeks and the forehead have .58, .47.

With less, as on one cheek, light from its side and a change of the cheek look alike, and the light is left as it is."""


def evened(light: Linear, skin: Mask, points: Points) -> Linear:
    """Return log light with the light of every shot from the side that it has on average over all shots.

    Args:
        light: (n, h, w, 3) natural logarithm of linear light, the shots of both visits on one grid.
        skin: (h, w) all the skin of the face that counts.
        points: (468, 2 or more) the mesh in pixels of that grid.

    Returns:
        The same, where enough of the face is seen; otherwise the light as it was.

    """
    places = positions(points, skin.shape)
    chosen = np.zeros_like(skin)
    chosen[::APART_CELLS, ::APART_CELLS] = skin[::APART_CELLS, ::APART_CELLS]
    if not chosen.any() or np.any(places[chosen].std(axis=0) < LEAST_SPREAD):
        return light
    sides = [slope(places[chosen], smooth_inside(plane, skin, APART_CELLS)[chosen]) for plane in neutral_change(light)]
    return np.stack([plane - (places @ side)[..., None] for plane, side in zip(light, sides, strict=True)])


def neutral_change(light: Linear) -> NDArray[np.float32]:
    """Return how far the neutral part of log light of each shot is from the mean of all shots, (n, h, w)."""
    neutral = light @ NEUTRAL
    return np.asarray(neutral - neutral.mean(axis=0), np.float32)


def positions(points: Points, shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Return x and y of every pixel from the middle of a face, in half faces, (h, w, 2)."""
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    down, across = np.indices(shape, np.float32)
    places = np.stack([across, down], axis=-1)
    return np.asarray((places - (low + high) / 2) / ((high - low) / 2), np.float32)


def slope(places: NDArray[np.float32], change: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how a change grows with x and y, beside a constant; few deviating places cannot pull it."""
    terms = np.c_[places, np.ones(len(places))]
    weight = np.ones(len(change))
    for _ in range(ROUNDS):
        root = np.sqrt(weight)
        factors = np.linalg.lstsq(terms * root[:, None], change * root, rcond=None)[0]
        rest = np.abs(change - terms @ factors)
        sd = max(float(np.median(rest)) / GAUSSIAN_MAD, LEAST_SD)
        weight = 1 / np.maximum(rest / (HUBER * sd), 1)
    return np.asarray(factors[:2], np.float32)
