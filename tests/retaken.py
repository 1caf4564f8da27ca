"""A painted face photographed again: moved, turned and stretched by a known way, with noise of its own."""

from dataclasses import dataclass
from hashlib import sha256

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Image, Points
from needlework.imaging.colour import to_linear, to_srgb
from needlework.imaging.faces.face import Face
from needlework.imaging.registration.stack import View
from needlework.imaging.shots import Shot, Source
from needlework.imaging.sticker.reading import Reading
from tests.painted import Painted

MESH_ERROR_MM = 0.2
"""As the network's (standard deviation of a point)."""


@dataclass(frozen=True)
class Way:
    """How a shot differs from the painted face."""

    turn_degrees: float = 0.0
    scale: float = 1.0
    bend_px: float = 0.0
    exposure: float = 1.0
    noise_grey: float = 1.0
    seed: int = 0

    def origin(self, places: NDArray[np.float64], middle: Points) -> NDArray[np.float64]:
        """Return where on the painted face a shot shows what it shows at `places` (…, 2)."""
        angle = np.radians(self.turn_degrees)
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) / self.scale
        there = (places - middle) @ turn.T + middle
        return there + self.bend_px * np.sin(there[..., ::-1] / 60)


def retaken(painted: Painted, way: Way) -> View:
    """Return a view of the face, taken another way, its mesh as well placed as the network places it."""
    height, width = painted.image.shape[:2]
    middle = np.array([width, height]) / 2
    pixels = np.stack(np.meshgrid(np.arange(width), np.arange(height)), axis=-1).astype(np.float64)
    origin = way.origin(pixels, middle).astype(np.float32)
    light = cv2.remap(to_linear(painted.image), origin, None, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    chance = np.random.default_rng(way.seed)
    noisy = to_srgb(light * np.float32(way.exposure)) + chance.normal(0.5, way.noise_grey, painted.image.shape)
    points = painted.points.copy()
    points[:, :2] = _back(way, painted.points[:, :2], middle)
    points[:, :2] += chance.normal(0, MESH_ERROR_MM / painted.mm_per_px, (len(points), 2))
    return view(np.clip(noisy, 0, 255).astype(np.uint8), Face(points, 1.0))


def _back(way: Way, wanted: Points, middle: Points) -> Points:
    """Return the places that `origin` takes to those wanted."""
    places = wanted
    for _ in range(30):
        places = places - (way.origin(places, middle) - wanted)
    return places


def view(image: Image, face: Face | None, sticker: Reading | None = None) -> View:
    """Return an image as a shot of its own."""
    digest = sha256(image.tobytes()).hexdigest()
    return View(Shot(digest[:8], image, digest, Source("PNG", image.shape[1], image.shape[0])), face, sticker)
