"""The portrait that scikit-image ships, enlarged to the size of a photograph and taken a little differently each time.

NASA, public domain. Enlarging adds nothing to be measured: it lets a file go the whole way that a photograph goes.
"""

from pathlib import Path

import cv2
import numpy as np
from skimage import data

FACE = np.s_[0:230, 120:320]
TIMES = 4.4


def photograph(file: Path, number: int) -> Path:
    """Write the portrait turned, moved and lit by a little that the number decides, with grain of its own."""
    chance = np.random.default_rng(number)
    portrait = np.ascontiguousarray(data.astronaut()[FACE])
    height, width = (round(side * TIMES) for side in portrait.shape[:2])
    turn = cv2.getRotationMatrix2D((portrait.shape[1] / 2, portrait.shape[0] / 2), chance.uniform(-1, 1), TIMES)
    turn[:, 2] += (width - portrait.shape[1]) / 2, (height - portrait.shape[0]) / 2
    turn[:, 2] += chance.uniform(-3, 3, 2)
    large = cv2.warpAffine(portrait, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)
    lit = large * chance.uniform(0.95, 1.05) + chance.normal(0, 1.5, large.shape)
    cv2.imwrite(str(file), np.clip(lit, 0, 255).astype(np.uint8)[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 95])
    return file
