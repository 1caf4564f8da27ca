"""Derive the mean mesh from the licensed photographs: `python -m bench.imaging.mean_mesh > …/faces/mean_mesh.csv`.

The mean of 43 neutral faces (36 of the London set, 7 of the Canadian), aligned on each other in space and made
symmetric: nobody's face. From the 36 who also smile comes how far each point moves when a face does.
"""

from pathlib import Path

import cv2
import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from needlework.imaging.arrays import Points
from needlework.imaging.faces.closeup import closeup
from needlework.imaging.faces.detection import candidates, overview
from needlework.imaging.faces.face import EYE_CORNERS, PUPIL_DISTANCE_MM
from needlework.imaging.faces.mesh import JITTER, SIDE, around_candidate, around_points, once
from needlework.imaging.faces.pose import fit, onto
from tests.photographs import FOLDER

MIRROR = np.array([-1.0, 1, 1])
NEUTRAL = sorted([*FOLDER.glob("london_neutral/*.jpg"), *FOLDER.glob("canada/*.jpg")])


def main() -> None:
    """Print the table."""
    neutral = [mesh(path) for path in NEUTRAL]
    smiling = {path.name[:3]: mesh(path) for path in FOLDER.glob("london_smiling/*.jpg")}
    pairs = [(one, smiling[path.name[:3]]) for one, path in zip(neutral, NEUTRAL, strict=True) if "london" in str(path)]
    mean, mirror = symmetric(aligned_mean(neutral))
    moves = moved_mm(pairs)
    moves = np.sqrt((moves**2 + moves[mirror] ** 2) / 2)
    print("x_mm,y_mm,z_mm,mirror,moves_mm")
    for point, other, move in zip(mean, mirror, moves, strict=True):
        print(*(f"{round(value, 2) + 0:.2f}" for value in point), other, f"{move:.2f}", sep=",")


def mesh(path: Path) -> Points:
    """Return the mean of passes that look at the picture as it is, in millimetres."""
    image = np.ascontiguousarray(cv2.imread(str(path))[..., ::-1])
    square = around_candidate(candidates(overview(image))[0])
    close = closeup(image, square, SIDE)
    square = close.inside(square)
    for _ in range(3):
        square = around_points(once(close.image, square)[0])
    return in_mm(np.mean([once(close.image, square.moved(*move))[0] for move in JITTER], axis=0))


def in_mm(points: Points) -> Points:
    """Return points around their middle, with the eyes an average adult's apart."""
    right, left = (points[list(corners)].mean(axis=0) for corners in EYE_CORNERS)
    return (points - points.mean(axis=0)) * (PUPIL_DISTANCE_MM / np.linalg.norm(left - right))


def aligned_mean(meshes: list[Points]) -> Points:
    """Return the mean of meshes turned onto each other (generalised Procrustes), looking the way they do on average."""
    mean = meshes[0]
    equal = np.ones(len(mean))
    for _ in range(10):
        mean = in_mm(np.mean([onto(one, mean, equal) for one in meshes], axis=0))
    left, _, right = np.linalg.svd(np.sum([fit(mean, one, equal)[1] for one in meshes], axis=0))
    return mean @ left @ right


def symmetric(mean: Points) -> tuple[Points, np.ndarray]:
    """Return the mean made its own mirror image, and which point is which one's mirror image."""
    upright = mean
    for _ in range(5):
        _, mirror = linear_sum_assignment(cdist(upright * MIRROR, upright))
        upright = (upright + onto(upright[mirror] * MIRROR, upright, np.ones(len(mean)))) / 2
        middle = upright[mirror == np.arange(len(mean))].mean(axis=0)
        across = (upright - upright[mirror])[mirror != np.arange(len(mean))]
        upright = onto_axis(upright - middle, across)
    return in_mm((upright + upright[mirror] * MIRROR) / 2), mirror


def onto_axis(points: Points, across: Points) -> Points:
    """Return points turned so that `across` runs along x."""
    _, _, axes = np.linalg.svd(across)
    x = axes[0] * np.sign(axes[0][0])
    z = np.array([0.0, 0, 1]) - x * x[2]
    z /= np.linalg.norm(z)
    return points @ np.stack([x, np.cross(z, x), z], axis=1)


def moved_mm(pairs: list[tuple[Points, Points]]) -> np.ndarray:
    """Return each point's root mean square movement from neutral to smiling, the still points deciding the fit."""
    moves = np.ones(468)
    for _ in range(5):
        weights = 1 / (moves**2 + 0.25)
        moves = np.sqrt(np.mean([((one - onto(two, one, weights)) ** 2).sum(axis=1) for one, two in pairs], axis=0))
    return moves


if __name__ == "__main__":
    main()
