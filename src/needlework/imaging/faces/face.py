"""One face of an image: its mesh, its scale, and how sure both are."""

from dataclasses import dataclass

import numpy as np

from needlework.imaging.arrays import Points

PUPIL_DISTANCE_MM = 63.0
"""The mean distance between adults' pupils (Dodgson 2004, n = 3976)."""
PUPIL_DISTANCE_SD = 0.057
"""Its relative standard deviation (3.6 mm of 63): the error of any length that a face alone gives."""
EYE_CORNERS = ((33, 133), (362, 263))


@dataclass(frozen=True, eq=False)
class Face:
    """The mesh of one face."""

    points: Points
    """(468, 3): x, y and z in pixels of the image, z towards the camera negative."""
    spread_px: float
    """Median standard deviation of a point over the jittered passes (the mean of them, which `points` are, lies several
    times nearer); for points placed by hand, the error they leave."""
    placed: bool = False
    """Whether a person placed the points, because no face was found."""

    @property
    def eye_distance_px(self) -> float:
        """The distance between the middles of the two eyes, in depth too: a face may be turned away."""
        return eye_distance(self.points)

    @property
    def mm_per_px(self) -> float:
        """Millimetres of skin per pixel, taking the eyes to be an average adult's apart.

        A mesh is flatter than the face it is of: turned by 45° it gives 6 to 15 % too much (3 faces, turned by their
        own meshes), and turned by 20° at most 3 %.
        """
        return PUPIL_DISTANCE_MM / self.eye_distance_px


def eye_distance(points: Points) -> float:
    """Return the distance between the middles of the two eyes of a mesh (468, 3), in its own unit."""
    right, left = (points[list(corners)].mean(axis=0) for corners in EYE_CORNERS)
    return float(np.linalg.norm(left - right))
