"""Random fields over a patch, and the window of pixels that one feature covers."""

from dataclasses import dataclass

import cv2
import numpy as np

from needlework.imaging.arrays import Plane
from needlework.imaging.filters import smooth

NODES_PER_SIGMA = 4.0
"""Random numbers along one sigma of a field: so many that light from the side shows no grid."""


@dataclass(frozen=True)
class Extent:
    """How large a patch is, and how fine its pixels; places on it are millimetres from its top left corner."""

    height_px: int
    width_px: int
    mm_per_px: float

    @property
    def shape(self) -> tuple[int, int]:
        """The shape of a plane."""
        return self.height_px, self.width_px

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height in millimetres."""
        return self.width_px * self.mm_per_px, self.height_px * self.mm_per_px


@dataclass(frozen=True, eq=False)
class Window:
    """The pixels around a place, with how far each lies from it."""

    part: tuple[slice, slice]
    x_mm: Plane
    y_mm: Plane


def noise(seed: tuple[int, ...], extent: Extent, sigma_mm: float) -> Plane:
    """Return a smooth random field of mean 0 and standard deviation 1; the same one for pixels of any size."""
    spacing = sigma_mm / NODES_PER_SIGMA
    scale = spacing / extent.mm_per_px
    # Rounded, so that the same millimetres in other pixels need as many nodes.
    count = [int(np.ceil(round(length / scale, 6))) + 2 for length in extent.shape]
    nodes = np.random.default_rng(seed).standard_normal(count, np.float32)
    # White noise after a Gaussian blur of sigma s has the standard deviation 1 / (2 s √π).
    soft = smooth(nodes, NODES_PER_SIGMA) * np.float32(2 * NODES_PER_SIGMA * np.pi**0.5)
    wide = cv2.resize(soft, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return np.asarray(wide[: extent.height_px, : extent.width_px], np.float32)


def window(extent: Extent, x_mm: float, y_mm: float, reach_mm: float) -> Window:
    """Return the pixels that lie no farther from a place than a reach in x and y; perhaps none."""
    parts, distances = [], []
    for place, length in ((y_mm, extent.height_px), (x_mm, extent.width_px)):
        first = int(np.clip((place - reach_mm) / extent.mm_per_px, 0, length))
        last = int(np.clip(np.ceil((place + reach_mm) / extent.mm_per_px), first, length))
        parts.append(slice(first, last))
        middles = (np.arange(first, last) + 0.5) * extent.mm_per_px
        distances.append((middles - place).astype(np.float32))
    y, x = np.meshgrid(*distances, indexing="ij")
    return Window((parts[0], parts[1]), x, y)
