"""Two visits of the painted face, compared: the left cheek became smoother, a spot came and one went."""

from dataclasses import replace
from functools import cache
from hashlib import sha256

import numpy as np

from needlework.imaging.comparison import Comparison, compared
from needlework.imaging.faces.face import Face
from needlework.imaging.registration.stack import View
from needlework.imaging.shots import Shot, Source
from tests.painted import Painted, face

ZONES = ("cheek-left", "cheek-right", "chin", "nose")
CONTROL = "forehead"
MM = 0.4


@cache
def comparison() -> Comparison:
    """Two shots of each visit; the forehead is the control zone."""
    first, second = face(mm_per_px=MM), face(mm_per_px=MM, smooth_zone="cheek-left")
    first = first.lit(first.round("chin", 1.5), 0.8)
    second = second.lit(second.round("cheek-right", 1.5), 0.8)
    return compared(_visit(first, 0), _visit(second, 2), zones=ZONES, control=CONTROL)


@cache
def doubtful() -> Comparison:
    """One shot of each visit; the control zone changed."""
    return compared(
        _visit(face(mm_per_px=MM), 0)[:1],
        _visit(face(mm_per_px=MM, smooth_zone=CONTROL), 2)[:1],
        zones=["chin"],
        control=CONTROL,
    )


def _visit(painted: Painted, seed: int) -> list[View]:
    return [_view(painted, seed + number) for number in range(2)]


def _view(painted: Painted, seed: int) -> View:
    grain = np.random.default_rng(seed).normal(0.5, 0.8, painted.image.shape)
    image = np.clip(painted.image + grain, 0, 255).astype(np.uint8)
    source = Source("PNG", image.shape[1], image.shape[0])
    shot = Shot(f"shot-{seed}.png", image, sha256(image.tobytes()).hexdigest(), source)
    return View(shot, Face(painted.points, 0.1), None)


@cache
def another() -> Comparison:
    """One shot of each visit; the later one has the same mesh and quite other skin."""
    (one,) = _visit(face(mm_per_px=MM), 0)[:1]
    mirrored = np.ascontiguousarray(one.shot.image[:, ::-1])
    other = replace(one.shot, image=mirrored, digest=sha256(mirrored.tobytes()).hexdigest())
    return compared([one], [replace(one, shot=other)], zones=ZONES)


@cache
def unguarded() -> Comparison:
    """One shot of each visit; the control zone is covered in both."""
    first = face(mm_per_px=MM)
    covered = first.lit(first.zone(CONTROL), 0.02)
    return compared(_visit(covered, 0)[:1], _visit(covered, 2)[:1], zones=["chin"], control=CONTROL)
