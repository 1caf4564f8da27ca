"""Gaussian means over wide windows, worked out on a lattice no finer than they need."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Plane

LATTICE_MM = 0.8
"""Between the nodes of the lattice: a third of the narrowest window."""
FEWEST = 8


@dataclass(frozen=True)
class Windows:
    """Windows all over a picture (h, w)."""

    columns: int
    rows: int
    width: int
    height: int
    sigma: float
    """Of a window, in nodes."""

    @classmethod
    def of(cls, plane: Plane, sigma_mm: float, mm_per_px: float) -> "Windows":
        """Return windows of a Gaussian sigma over a picture like `plane`."""
        height, width = plane.shape
        columns, rows = (max(FEWEST, round(length * mm_per_px / LATTICE_MM)) for length in (width, height))
        return cls(columns, rows, width, height, sigma_mm / mm_per_px * columns / width)

    def mean(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the mean of values (h, w, …) in each window, on the lattice."""
        nodes = cv2.resize(values, (self.columns, self.rows), interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.GaussianBlur(nodes, (0, 0), self.sigma), np.float32)

    def spread(self, nodes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return values on the lattice as values of every pixel."""
        return np.asarray(cv2.resize(nodes, (self.width, self.height), interpolation=cv2.INTER_LINEAR), np.float32)

    def smoothed(self, values: NDArray[np.float32], weight: Plane) -> NDArray[np.float32]:
        """Return values (h, w, 2) smoothed, by how much each counts."""
        return self.spread(self.mean(values * weight[..., None]) / self.mean(weight)[..., None])
