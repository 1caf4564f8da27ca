"""How much structure of each width the shots show, each by itself and each two together, window by window."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.fft import rfft2

from needlework.imaging.arrays import Mask, Points

SIDE_PX = 64
"""Of a window: wide enough for structure of 20 pixels, small enough that a face holds hundreds."""
WHOLE = 0.98
"""The share of a window that every shot must show."""
LOWEST, HIGHEST = 0.0234, 0.5
"""Cycles per pixel: below, a window of this size mixes widths."""


@dataclass(frozen=True, eq=False)
class Spectra:
    """Power spectra over directions, in windows. White noise of variance 1 has power 1 everywhere."""

    frequencies: NDArray[np.float64]
    """(b,) in cycles per pixel."""
    power: NDArray[np.float32]
    """(n, n, w, b): of each shot with each other one, the real part, and on the diagonal of itself."""

    def total(self, one: int, other: int, windows: Mask | None = None) -> NDArray[np.float64]:
        """Return the power (b,) that two shots share, summed over windows, or over some of them (w,)."""
        power = self.power[one, other]
        return np.asarray((power if windows is None else power[windows]).sum(axis=0, dtype=np.float64))


def window_corners(visible: Mask, step_px: int) -> NDArray[np.int64]:
    """Return x and y (w, 2) of the upper left corners of all windows, in steps, that lie in what is visible."""
    height, width = visible.shape
    counts = cv2.integral(visible.astype(np.uint8))
    y, x = np.mgrid[0 : max(0, height - SIDE_PX + 1) : step_px, 0 : max(0, width - SIDE_PX + 1) : step_px]
    far_y, far_x = y + SIDE_PX, x + SIDE_PX
    inside = counts[far_y, far_x] - counts[y, far_x] - counts[far_y, x] + counts[y, x]
    return np.column_stack([x[inside >= WHOLE * SIDE_PX**2], y[inside >= WHOLE * SIDE_PX**2]])


def middles(corners: NDArray[np.int64]) -> Points:
    """Return the middles (w, 2) of windows, in pixels."""
    return np.asarray(corners + (SIDE_PX - 1) / 2, np.float64)


def spectra(planes: NDArray[np.float32], corners: NDArray[np.int64]) -> Spectra:
    """Return the spectra of planes (n, h, w) in windows."""
    taper = np.hanning(SIDE_PX + 1)[:-1].astype(np.float32)
    taper = np.outer(taper, taper)
    frequencies, mean = _rings()
    waves = np.stack([_waves(plane, corners, taper) for plane in planes])
    power = np.empty((len(planes), len(planes), len(corners), len(frequencies)), np.float32)
    for one, other in np.ndindex(power.shape[:2]):
        power[one, other] = (waves[one] * waves[other].conj()).real @ mean
    return Spectra(frequencies, power / (taper**2).sum())


def _waves(plane: NDArray[np.float32], corners: NDArray[np.int64], taper: NDArray[np.float32]) -> NDArray[np.complex64]:
    every = np.lib.stride_tricks.sliding_window_view(plane, (SIDE_PX, SIDE_PX))
    windows = every[corners[:, 1], corners[:, 0]]
    windows = (windows - windows.mean(axis=(1, 2), keepdims=True)) * taper
    return np.asarray(rfft2(windows).reshape(len(corners), -1))


def _rings() -> tuple[NDArray[np.float64], NDArray[np.float32]]:
    """Return frequencies (b,), and the matrix that takes the mean of a half spectrum over directions at each."""
    down, across = np.fft.fftfreq(SIDE_PX)[:, None], np.fft.rfftfreq(SIDE_PX)[None]
    edges = np.arange(LOWEST, HIGHEST, 1 / SIDE_PX)
    ring = np.digitize(np.hypot(down, across), edges).ravel() - 1
    # A half spectrum holds all waves but those along the first and the last column once for two.
    times = np.where((across == 0) | (across == 0.5), 1.0, 2.0) * np.ones_like(down)
    weights = (ring[:, None] == np.arange(len(edges) - 1)) * times.ravel()[:, None]
    return (edges[:-1] + edges[1:]) / 2, (weights / weights.sum(axis=0)).astype(np.float32)
