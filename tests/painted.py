"""A face that nobody has: the mean mesh, painted as skin with fine texture, and what may lie on it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Image, Mask, Points
from needlework.imaging.colour import to_linear, to_srgb
from needlework.imaging.faces.mean import mean_face
from needlework.imaging.filters import smooth
from needlework.imaging.registration.stack import Stack
from needlework.imaging.zones.causes import Cause
from needlework.imaging.zones.leaving_out import left_out
from needlework.imaging.zones.outlines import border, inside, outlines

MM_PER_PX = 0.3
MARGIN_MM = 15
TONES = {"light": (0.62, 0.4, 0.3), "brown": (0.3, 0.165, 0.1), "dark": (0.085, 0.045, 0.028)}
"""Linear light of skin."""
GREY = (0.45, 0.46, 0.47)
HAIR = (0.012, 0.01, 0.009)


@dataclass(frozen=True)
class Painted:
    image: Image
    points: Points
    mm_per_px: float = MM_PER_PX

    def zone(self, name: str) -> Mask:
        return inside([outlines(self.points)[name]], self.image.shape[:2])

    def middle(self, name: str) -> tuple[int, int]:
        x, y = outlines(self.points)[name].mean(axis=0).astype(int)
        return int(x), int(y)

    def round(self, name: str, radius_mm: float) -> Mask:
        """A round patch in the middle of a zone."""
        plane = np.zeros(self.image.shape[:2], np.uint8)
        cv2.circle(plane, self.middle(name), round(radius_mm / self.mm_per_px), 1, -1)
        return plane.astype(bool)

    def lit(self, mask: Mask, times: float | tuple[float, ...] = 1.0, plus: float = 0.0) -> "Painted":
        """The same face with the light of some pixels changed, and a soft edge."""
        weight = smooth(mask.astype(np.float32), 0.8)[..., None]
        linear = to_linear(self.image)
        return self.with_image(to_srgb(linear + weight * (linear * (np.float32(times) - 1) + np.float32(plus))))

    def drawn(self, lines: list[tuple[tuple[int, int], tuple[int, int]]], width: int) -> "Painted":
        """The same face under black strokes."""
        image = self.image.copy()
        for start, end in lines:
            cv2.line(image, start, end, (22, 20, 19), width, cv2.LINE_AA)
        return self.with_image(image)

    def blurred(self, mask: Mask, sigma_px: float) -> "Painted":
        soft = cv2.GaussianBlur(self.image, (0, 0), sigma_px)
        return self.with_image(np.where(mask[..., None], soft, self.image))

    def with_image(self, image: Image) -> "Painted":
        return Painted(np.asarray(image, np.uint8), self.points, self.mm_per_px)

    def mirrored(self) -> "Painted":
        width = self.image.shape[1]
        points = self.points[mean_face().mirror] * (-1, 1, 1) + (width - 1, 0, 0)
        return Painted(np.ascontiguousarray(self.image[:, ::-1]), points, self.mm_per_px)


def face(tone: str = "light", mm_per_px: float = MM_PER_PX, *, smooth_zone: str | None = None) -> Painted:
    """A face without hair, brows or features; one zone may have a third of the relief of the others."""
    mesh = mean_face().points
    points = (mesh - (*mesh[:, :2].min(axis=0) - MARGIN_MM, 0)) / mm_per_px
    width, height = np.ceil(points[:, :2].max(axis=0) + MARGIN_MM / mm_per_px).astype(int)
    across = (np.arange(width) - points[:, 0].mean()) * mm_per_px / 70
    relief = texture((height, width), mm_per_px)
    if smooth_zone:
        relief = np.where(inside([outlines(points)[smooth_zone]], relief.shape), relief / 3, relief)
    light = (1 - 0.3 * across**2) * np.exp(relief)
    linear = (light[..., None] * np.float32(TONES[tone])).astype(np.float32)
    linear[~inside([border(points)], (height, width))] = GREY
    linear[: int(points[10, 1])] = HAIR
    return Painted(photographed(linear), points, mm_per_px)


def photographed(linear: NDArray[np.float32]) -> Image:
    """Through a camera with a little grain."""
    grain = np.random.default_rng(1).normal(0.5, 0.8, linear.shape)
    return np.clip(to_srgb(linear) + grain, 0, 255).astype(np.uint8)


STICKER = np.array([(170, 130), (370, 130), (370, 263), (170, 263)], np.float64)
CLOTH = np.s_[:, 440:]


def limb(tone: str = "light", sticker: Points = STICKER) -> Image:
    """Skin with a sticker on it, 160 by 120 mm, and a blue cloth beside it."""
    linear = (np.exp(texture((400, 533), MM_PER_PX))[..., None] * np.float32(TONES[tone])).astype(np.float32)
    linear[inside([sticker], (400, 533))] = (0.85, 0.86, 0.84)
    linear[inside([sticker.mean(axis=0) + (STICKER - STICKER.mean(axis=0)) / 4], (400, 533))] = HAIR
    linear[CLOTH] = (0.03, 0.06, 0.3)
    return photographed(linear)


def texture(shape: tuple[int, int], mm_per_px: float) -> NDArray[np.float32]:
    """Fine relief of skin, as log light around zero."""
    grain = np.random.default_rng(0).normal(0, 1, shape).astype(np.float32)
    relief = smooth(grain, 0.25 / mm_per_px) - smooth(grain, 1.0 / mm_per_px)
    return np.asarray(0.04 * relief / relief.std(), np.float32)


def stack(*shots: Painted, valid: Mask | None = None) -> Stack:
    """Shots of one face as if registered; `valid` is what the last one shows."""
    images = np.stack([shot.image for shot in shots])
    where = np.ones(images.shape[:3], bool)
    if valid is not None:
        where[-1] = valid
    after = np.arange(len(shots)) > 0
    return Stack(shots[0].mm_per_px, images, after, where, np.zeros(where.shape, np.float32), shots[0].points)


def skin(image: Image, points: Points, mm_per_px: float) -> Mask:
    """Return the pixels of a face that may be measured."""
    return np.asarray(left_out(image, points, mm_per_px) == Cause.NONE)
