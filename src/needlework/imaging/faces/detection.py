"""Where faces may be: BlazeFace (short range) on reduced copies of the image, nearer and farther.

Bazarevsky et al. 2019 (arXiv 1907.05047); anchors and decoding as in MediaPipe 0.10.21. What is found here is a
candidate: `mesh` decides whether it is a face.
"""

from math import ceil

import cv2
import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Image
from needlework.imaging.faces.closeup import Closeup, shrunk
from needlework.imaging.faces.nets import answers

SIDE = 128
"""Pixels of the square that the network looks at."""
ANCHOR_COUNT = 896
LEAST_CONFIDENCE = 0.5
"""Of a candidate, 0 to 1; MediaPipe's own limit."""
SAME_FACE = 0.3
"""Overlap (intersection over union) from which two candidates are one; MediaPipe's own limit."""
FAR, WHOLE, NEAR = 0.5, 1, 2
"""How large the image is shown: with a wide border (a face that fills it), as it is, in overlapping tiles."""

TURNS = np.array([[[1, 0], [0, 1]], [[0, 1], [-1, 0]], [[-1, 0], [0, -1]], [[0, -1], [1, 0]]])
"""A row vector in an image turned anticlockwise by that many quarters, times this, is the vector before."""

Candidates = NDArray[np.float64]
"""(n, 8): confidence, side of the square, and x, y of its centre, the eye on the image's left, the other eye."""


def _anchors() -> NDArray[np.float64]:
    layers = []
    for stride, repeats in ((8, 2), (16, 6)):
        middles = (np.arange(SIDE // stride) + 0.5) * stride
        grid = np.stack(np.meshgrid(middles, middles), axis=-1).reshape(-1, 2)
        layers.append(grid.repeat(repeats, axis=0))
    return np.concatenate(layers)


ANCHORS = _anchors()


def overview(image: Image) -> Closeup:
    """Return the whole image, as small as `candidates` can do with."""
    step = min(max(1, max(image.shape) // (SIDE * NEAR)), *image.shape[:2])
    return Closeup(shrunk(image, step), 0, 0, step)


def candidates(small: Closeup, *, quarter_turns: int = 0, near: bool = True) -> Candidates:
    """Return what may be a face in an overview, surest first, in pixels of the whole image.

    The image can be turned anticlockwise by quarter turns first; `near` looks for small faces too, in tiles.
    """
    longer = max(small.image.shape)
    turned = np.rot90(small.image, quarter_turns)
    looks = [_look(turned, zoom) for zoom in ((FAR, WHOLE, NEAR) if near else (FAR, WHOLE))]
    found = _merged(np.concatenate(looks))
    middle = np.array(small.image.shape[1::-1]) / 2
    places = found[:, 2:].reshape(-1, 3, 2) @ TURNS[quarter_turns] * longer + middle
    found[:, 1] *= longer * small.step
    found[:, 2:] = (places * small.step - 0.5).reshape(-1, 6)
    return found


def _look(image: Image, zoom: float) -> Candidates:
    """Return the candidates of one zoom, from the image's middle, its longer side being 1."""
    level = _level(image, zoom)
    tiles = [_tile(level, left, top) for top in _starts(level.shape[0]) for left in _starts(level.shape[1])]
    found = np.concatenate(tiles)
    found[:, 1:] /= max(level.shape)
    return found


def _level(image: Image, zoom: float) -> Image:
    scale = SIDE * zoom / max(image.shape)
    width, height = (max(1, round(length * scale)) for length in image.shape[1::-1])
    return np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _starts(length: int) -> list[int]:
    """Return where tiles begin that overlap by half; one in the middle where the image is smaller than a tile."""
    spare = length - SIDE
    steps = ceil(2 * spare / SIDE)
    return [spare * step // steps for step in range(steps + 1)] if steps > 0 else [spare // 2]


def _tile(level: Image, left: int, top: int) -> Candidates:
    """Return the candidates of one square, in pixels from the middle of the level."""
    height, width = level.shape[:2]
    square = np.zeros((SIDE, SIDE, 3), np.float32)
    seen = level[max(top, 0) : top + SIDE, max(left, 0) : left + SIDE]
    y, x = max(-top, 0), max(-left, 0)
    square[y : y + seen.shape[0], x : x + seen.shape[1]] = seen
    found = _decoded(square / 127.5 - 1)
    found[:, 2:] += np.tile([left - width / 2, top - height / 2], 3)
    return found


def _decoded(square: NDArray[np.float32]) -> Candidates:
    given = answers("face_detection_short_range", square)
    confidence = 1 / (1 + np.exp(-given[ANCHOR_COUNT].ravel().clip(-80, 80).astype(np.float64)))
    likely = np.flatnonzero(confidence >= LEAST_CONFIDENCE)
    boxes = given[ANCHOR_COUNT * 16].reshape(ANCHOR_COUNT, 16)[likely].astype(np.float64)
    places = boxes[:, [0, 1, 4, 5, 6, 7]] + np.tile(ANCHORS[likely], 3)
    return np.column_stack([confidence[likely], boxes[:, 2:4].max(axis=1), places])


def _merged(found: Candidates) -> Candidates:
    """Return one candidate for each group that overlaps, its members weighted by their confidence."""
    rest = found[np.argsort(-found[:, 0], kind="stable")]
    groups = []
    while len(rest):
        same = _overlap(rest[0], rest) > SAME_FACE
        same[0] = True
        members = rest[same]
        groups.append(np.concatenate([members[:1, 0], np.average(members[:, 1:], axis=0, weights=members[:, 0])]))
        rest = rest[~same]
    return np.array(groups).reshape(-1, found.shape[1])


def _overlap(one: NDArray[np.float64], others: Candidates) -> NDArray[np.float64]:
    """Return intersection over union of squares."""
    reach = (one[1] + others[:, 1, None]) / 2 - abs(one[2:4] - others[:, 2:4])
    common = np.minimum(reach, np.minimum(one[1], others[:, 1, None])).clip(0).prod(axis=1)
    return np.asarray(common / (one[1] ** 2 + others[:, 1] ** 2 - common), np.float64)
