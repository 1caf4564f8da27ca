"""May two visits be compared at all? Each reason against it is one sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from needlework.imaging.faces import finding
from needlework.imaging.faces.face import Face
from needlework.imaging.faces.likeness import likely_the_same
from needlework.imaging.inspection.against import against, turned_deg
from needlework.imaging.inspection.checks import Check
from needlework.imaging.inspection.looking import checks_of, view_of
from needlework.imaging.registration.stack import View
from needlework.imaging.shots import Shot

ANOTHER_VIEW_DEG = 15.0
"""Turned further than this a face shows other skin: the five views of a series lie 45° apart."""


@dataclass(frozen=True, eq=False)
class Sight:
    """A photograph that is to be measured, with how many faces it shows."""

    view: View
    faces: int


def sight(shot: Shot, placed: Face | None = None) -> Sight:
    """Look for the face and the sticker as exactly as measuring needs."""
    faces = (placed,) if placed else finding.find(shot.image)
    return Sight(view_of(shot, faces), len(faces))


def why_not(before: Sequence[Sight], after: Sequence[Sight]) -> tuple[str, ...]:
    """Return every reason why two visits cannot be compared."""
    alone = [reason for one in (*before, *after) for reason in _alone(one)]
    return tuple(dict.fromkeys(alone or _together([one.view for one in (*before, *after)])))


def _alone(one: Sight) -> Iterator[str]:
    """Yield why a photograph cannot be measured at all."""
    name = one.view.shot.name
    if one.faces > 1:
        yield f"{name}: {one.faces} faces are seen. Photograph one person alone."
    for found in checks_of(one.view, one.faces):
        if found.stops and not found.ok and not (found.name == "face" and one.faces > 1):
            yield f"{name}: {found.do}"


def _together(views: Sequence[View]) -> Iterator[str]:
    """Yield why photographs that can be measured cannot be compared."""
    faces = [view.face for view in views if view.face]
    if 0 < len(faces) < len(views):
        yield "Some of these photographs show a face and some do not. Compare photographs of one view."
    for face in faces[1:]:
        yield from _apart(face, faces[0])


def _apart(face: Face, first: Face) -> Iterator[str]:
    if turned_deg(face, first) > ANOTHER_VIEW_DEG:
        yield "These are different views of a face. Compare photographs of the same view."
        return
    if not likely_the_same(face, first):
        yield "These may not be the same person. Check that no photograph is filed under the wrong name."
    yield from (f"The expressions differ. {found.do}" for found in against(face, first) if _moved(found))


def _moved(found: Check) -> bool:
    return found.name == "expression" and not found.ok
