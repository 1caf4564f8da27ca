"""A photograph of a face as if it had been taken again: turned, lit, exposed and compressed otherwise, same skin."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import LinearNDInterpolator

from bench.imaging.nuisances import CAMERA_MM, Nuisance
from needlework.imaging.arrays import Image, Linear, Plane, Points
from needlework.imaging.colour import to_linear, to_srgb
from needlework.imaging.skin.camera import compressed

STEP_PX = 8
"""The distance between the nodes on which the displacement is worked out; between them it is linear."""
SOFT_NODES = 1.2
"""How far the creases between the triangles of the mesh are smoothed, in nodes."""


@dataclass(frozen=True, eq=False)
class Recapture:
    """A photograph taken again."""

    image: Image
    origin: NDArray[np.float32]
    """(h, w, 2): the x and y in the first photograph of what each pixel shows.

    A map that lays shot B on shot A is right where `origin` of B at the mapped place is `origin` of A.
    """


def recapture(image: Image | Linear, face_points: Points, mm_per_px: float, nuisance: Nuisance) -> Recapture:
    """Return an image, or its linear light, with a mesh (468, 3) taken again.

    In this order: pose, light, exposure and cast, blur, tone curve, noise, JPEG.
    """
    light = to_linear(np.asarray(image, np.uint8)) if image.dtype == np.uint8 else image
    height, width = image.shape[:2]
    origin = turned(face_points, mm_per_px, nuisance, (height, width))
    seen = cv2.remap(light, origin, None, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    gain = shading(face_points, nuisance, (height, width))
    return Recapture(taken(np.asarray(seen * gain[..., None], np.float32), nuisance), origin)


def taken(light: Linear, nuisance: Nuisance) -> Image:
    """Return the light that reaches a camera as its photograph: exposure and cast, blur, tone curve, noise, JPEG."""
    balance = np.array([nuisance.red, 1.0, nuisance.blue], np.float32) * np.float32(2**nuisance.exposure_ev)
    light = np.asarray(light * balance, np.float32)
    if nuisance.blur_px > 0:
        light = np.asarray(cv2.GaussianBlur(light, (0, 0), nuisance.blur_px), np.float32)
    image = to_srgb(light)
    if nuisance.gamma != 1:
        image = cv2.LUT(image, (255 * (np.arange(256) / 255) ** nuisance.gamma + 0.5).astype(np.uint8))
    if nuisance.noise_grey > 0:
        chance = np.random.default_rng(nuisance.noise_seed)
        noise = chance.standard_normal(image.shape, np.float32) * np.float32(nuisance.noise_grey)
        image = np.clip(image + noise + 0.5, 0, 255).astype(np.uint8)
    return compressed(image, nuisance.jpeg_quality)


def turned(points: Points, mm_per_px: float, nuisance: Nuisance, shape: tuple[int, int]) -> NDArray[np.float32]:
    """Return for each pixel of the turned head where it was, by the mesh in perspective."""
    middle = points.mean(axis=0)
    before, distance = points - middle, CAMERA_MM / mm_per_px
    after = before @ rotation(nuisance).T
    moved = nuisance.scale * projected(after, distance) - projected(before, distance)
    return origins(points[:, :2] + moved, -moved, shape)


def projected(points: Points, distance_px: float) -> Points:
    """Return points about the middle of the head (z away from the camera) as the camera sees them."""
    return np.asarray(points[:, :2] * (distance_px / (distance_px + points[:, 2:])))


def rotation(nuisance: Nuisance) -> NDArray[np.float64]:
    """Return the rotation by yaw, then pitch, then roll."""
    angles = np.radians([nuisance.yaw_deg, nuisance.pitch_deg, nuisance.roll_deg])
    (cy, cp, cr), (sy, sp, sr) = np.cos(angles), np.sin(angles)
    yaw = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    pitch = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    roll = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return np.asarray(roll @ pitch @ yaw)


def origins(places: Points, back: Points, shape: tuple[int, int]) -> NDArray[np.float32]:
    """Return the map of pixels that a displacement at scattered places gives; affine beyond the face."""
    height, width = shape
    corners = np.array([[-width, -height], [2 * width, -height], [-width, 2 * height], [2 * width, 2 * height]])
    affine = np.linalg.lstsq(np.c_[places, np.ones(len(places))], back, rcond=None)[0]
    field = LinearNDInterpolator(np.r_[places, corners], np.r_[back, np.c_[corners, np.ones(4)] @ affine])
    x, y = np.meshgrid(np.arange(0, width + 2 * STEP_PX, STEP_PX), np.arange(0, height + 2 * STEP_PX, STEP_PX))
    nodes = np.asarray(cv2.GaussianBlur(field(x, y).astype(np.float32), (0, 0), SOFT_NODES), np.float32)
    return grid(shape) + between(nodes, shape)


def between(nodes: NDArray[np.float32], shape: tuple[int, int]) -> NDArray[np.float32]:
    """Return values at every pixel, linear between nodes that lie on every `STEP_PX`th pixel."""
    # Not by cv2, which rounds the place between two nodes to a 32nd and so makes stairs of a tenth of a pixel.
    for axis, length in enumerate(shape):
        node, rest = np.divmod(np.arange(length), STEP_PX)
        part = np.expand_dims((rest / STEP_PX).astype(np.float32), (1 - axis, 2))
        nodes = nodes.take(node, axis) * (1 - part) + nodes.take(node + 1, axis) * part
    return nodes


def grid(shape: tuple[int, int]) -> NDArray[np.float32]:
    """Return x and y of every pixel, (h, w, 2)."""
    x, y = np.meshgrid(np.arange(shape[1], dtype=np.float32), np.arange(shape[0], dtype=np.float32))
    return np.dstack([x, y])


def shading(points: Points, nuisance: Nuisance, shape: tuple[int, int]) -> Plane:
    """Return the gain that light from one side gives, by the slopes of the quadric that fits the mesh best."""
    middle = points.mean(axis=0)
    x, y, z = (points - middle).T
    fit = np.linalg.lstsq(np.c_[x, y, x * x, y * y, x * y, np.ones(len(x))], z, rcond=None)[0].astype(np.float32)
    across, down = np.moveaxis(grid(shape) - middle[:2].astype(np.float32), -1, 0)
    slope_x = fit[0] + 2 * fit[2] * across + fit[4] * down
    slope_y = fit[1] + 2 * fit[3] * down + fit[4] * across
    angle = np.radians(nuisance.light_from_deg)
    # z points away from the camera: a surface that falls away to the right faces right.
    facing = (slope_x * np.cos(angle) + slope_y * np.sin(angle)) / np.sqrt(slope_x**2 + slope_y**2 + 1)
    return np.asarray(np.clip(1 + nuisance.light * facing, 0.3, 2), np.float32)
