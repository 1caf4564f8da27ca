"""One photograph, looked at: what is in it, whether it is fit to be measured, and what to do if not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from needlework.imaging.faces import finding
from needlework.imaging.faces.face import Face
from needlework.imaging.faces.pose import pose
from needlework.imaging.inspection import focus, light, smoothing, wearing
from needlework.imaging.inspection.against import against
from needlework.imaging.inspection.checks import Check, check, in_order
from needlework.imaging.inspection.closeup import closeup, seen_percent
from needlework.imaging.registration.stack import View
from needlework.imaging.shots import Shot
from needlework.imaging.sticker import finding as sticker_finding

SOFT_MM = 0.27
"""Softness that texture of half a millimetre still shows through: a larger picture may be softer in pixels."""
SHARP_PX = 1.0
"""Softness up to which missing grain means a filter and not the lens."""


@dataclass(frozen=True, eq=False)
class Inspection:
    """What was seen in one photograph."""

    view: View
    faces: int
    checks: tuple[Check, ...]

    @property
    def fit(self) -> bool:
        """Whether every check is met."""
        return all(one.ok for one in self.checks)

    def as_json(self) -> dict[str, Any]:
        """Return it as `needlework inspect --json` promises."""
        face, sticker, scale = self.view.face, self.view.sticker, _scale(self.view)
        return {
            "file": self.view.shot.name,
            "fit": self.fit,
            "scale_mm_per_px": round(scale, 4) if scale else None,
            "colour_reference": "card" if sticker and sticker.colour_trusted else "none",
            "face": {"count": self.faces, "pose_deg": [round(angle, 1) for angle in pose(face)] if face else None},
            "checks": [one.as_json() for one in self.checks],
        }


def inspect(shot: Shot, *, first: View | None = None) -> Inspection:
    """Look at a photograph, quickly enough to be asked for every frame of a camera.

    `first` is the photograph that it is to be compared with, if there is one.
    """
    faces = finding.glance(shot.image)
    view = view_of(shot, faces)
    return Inspection(view, len(faces), in_order(_checks(view, len(faces), first)))


def _scale(view: View) -> float | None:
    """Return millimetres per pixel: by the sticker, unless it is doubted and there is a face to tell it."""
    if view.sticker and (view.sticker.scale_trusted or not view.face):
        return view.sticker.mm_per_px
    return view.face.mm_per_px if view.face else None


def view_of(shot: Shot, faces: Sequence[Face]) -> View:
    """Return a photograph with its largest face and its sticker, doubted where the two contradict each other."""
    face, sticker = next(iter(faces), None), sticker_finding.find(shot.image)
    if face and sticker and (doubt := sticker_finding.scale_doubt(sticker, face)):
        sticker = replace(sticker, doubts=(*sticker.doubts, doubt), scale_trusted=False)
    return View(shot, face, sticker)


def _checks(view: View, faces: int, first: View | None) -> Iterator[Check]:
    yield from checks_of(view, faces)
    if view.face and first and first.face:
        yield from against(view.face, first.face)


def checks_of(view: View, faces: int) -> Iterator[Check]:
    """Hold one photograph against every limit that needs no other photograph."""
    yield check("editing", int(view.shot.source.edited_with is not None))
    if view.shot.source.jpeg_quality:
        yield check("compression", view.shot.source.jpeg_quality)
    if view.sticker:
        yield check("sticker", len(view.sticker.doubts), do=" ".join(view.sticker.doubts) or None)
    if faces or not view.sticker:
        yield check("face", faces)
    if view.face:
        yield from _of_face(view.shot, view.face)


def _of_face(shot: Shot, face: Face) -> Iterator[Check]:
    whole = check("whole", seen_percent(shot.image, face.points))
    yield whole
    if whole.ok:
        yield from _of_whole(shot, face)


def _of_whole(shot: Shot, face: Face) -> Iterator[Check]:
    close, softness = closeup(shot.image, face), focus.softness_px(shot.image, face)
    yield check("face-size", face.mm_per_px)
    yield check("turned", abs(pose(face).yaw_deg))
    yield check("focus", softness, limit=max(1.5, SOFT_MM / face.mm_per_px))
    if softness <= SHARP_PX:
        yield check("smoothing", smoothing.grain(shot.image, face))
    yield check("clipping", light.clipped_percent(close))
    yield check("shine", light.shiny_percent(close))
    yield check("colour", light.colourfulness(close))
    yield check("mixed-light", light.mixed_light(close))
    yield check("uneven-light", light.uneven_stops(close))
    yield check("glasses", wearing.bridge_edge(close))
    yield check("hair", wearing.covered_percent(close))
    yield check("make-up", wearing.lip_colour(close))
