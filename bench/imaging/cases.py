"""Two visits of one person, made of one photograph: taken again shot by shot, with or without a change put in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from bench.imaging import nuisances, stickers
from bench.imaging.people import Person, opened, tone_group, typology_degrees
from bench.imaging.recapture import recapture
from needlework.evidence.zones import zones
from needlework.imaging.arrays import Image, Linear
from needlework.imaging.change.verdicts import Asked, Change
from needlework.imaging.colour import to_linear, to_srgb
from needlework.imaging.comparison import compared
from needlework.imaging.faces.face import Face
from needlework.imaging.faces.finding import find
from needlework.imaging.measures.estimate import Estimate, Unmeasured
from needlework.imaging.registration.stack import View
from needlework.imaging.shots import Shot, Source
from needlework.imaging.sticker import finding as sticker_finding

Insert = Callable[[Linear, Face], Linear]


@dataclass(frozen=True)
class Case:
    """Two visits of one person."""

    person: Person
    seeds: range
    number: int
    shots: int = 2
    insert: Insert | None = None
    """What is put into the photograph before the second visit; a function of a module, so that it can be pickled."""
    control: str | None = None
    sticker: bool = False
    """Whether a sticker lies under the chin; then no head is turned, as it would not turn along."""
    one_light: bool = False
    """Whether the shots of a visit share their light."""
    zones: tuple[str, ...] = zones().face


@dataclass(frozen=True)
class Answered:
    """What was measured."""

    case: Case
    group: str
    """The measured tone group."""
    estimates: dict[Asked, Estimate | Unmeasured]
    changes: dict[Asked, Change]


def answered(case: Case) -> Answered:
    """Return what is measured between the two visits of a case."""
    return measured(case, visits(case))


def visits(case: Case) -> list[list[View]]:
    """Return the photographs of the two visits of a case."""
    face = known_face(case.person)
    again = beside_sticker if case.sticker else taken_again
    return [
        [again(light, face, one) for one in drawn(case, 2 * case.number + side)]
        for side, light in enumerate(lights(case, face))
    ]


def as_it_is(case: Case) -> Answered:
    """Return what is measured between the photographs themselves: the truth of a change that was put in.

    Each counts as two shots, so that what is taken for the grain of a single one is not left out of the truth: a
    photograph that is taken again has the grain of the first as part of its skin.
    """
    face = known_face(case.person)
    return measured(case, [[View(shot(to_srgb(light)), face, None)] * 2 for light in lights(case, face)])


def smiled(case: Case) -> Answered:
    """Return what is measured between somebody's two real photographs, neutral and then smiling."""
    images = [opened(file) for file in (case.person.file, case.person.smiling) if file]
    return measured(case, [[View(shot(image), find(image)[0], None)] for image in images])


def lights(case: Case, face: Face) -> tuple[Linear, Linear]:
    """Return what the two visits of a case are photographs of."""
    light = to_linear(case.person.image)
    return light, case.insert(light, face) if case.insert else light


def measured(case: Case, views: Sequence[Sequence[View]]) -> Answered:
    """Return what the product says of two visits."""
    found = compared(*views, zones=case.zones, control=case.control)
    if found.visits is None or found.changes is None:
        raise RuntimeError(f"Two visits of {case.person.name} could not be compared: {' '.join(found.reasons)}")
    return Answered(case, group(case.person), dict(found.visits.estimates), dict(found.changes))


def drawn(case: Case, visit: int) -> tuple[nuisances.Nuisance, ...]:
    """Return the nuisances of one visit: those of no other person or visit."""
    number = case.person.number * 200 + visit
    if case.sticker:
        return tuple(
            nuisances.draw_for_sticker(case.seeds[number * 10 + one], shaded=True) for one in range(case.shots)
        )
    draw = nuisances.visit_in_one_light if case.one_light else nuisances.visit
    return draw(case.seeds, number, case.shots)


def taken_again(light: Linear, face: Face, nuisance: nuisances.Nuisance) -> View:
    """Return a photograph taken again, with the face found in it anew."""
    again = recapture(light, face.points, face.mm_per_px, nuisance).image
    return View(shot(again), find(again)[0], None)


def beside_sticker(light: Linear, face: Face, nuisance: nuisances.Nuisance) -> View:
    """Return a photograph with a sticker taken again, the face and the sticker found in it anew."""
    again = stickers.taken_again(stickers.with_sticker(to_srgb(light), face), face, nuisance)
    return View(shot(again), find(again)[0], sticker_finding.find(again))


def shot(image: Image) -> Shot:
    """Return an image as if it had been read from a file."""
    digest = sha256(image.tobytes()).hexdigest()
    return Shot(digest[:8], image, digest, Source("PNG", image.shape[1], image.shape[0]))


@lru_cache(maxsize=2)
def known_face(person: Person) -> Face:
    """Return the face of a photograph as it is."""
    return find(person.image)[0]


def group(person: Person) -> str:
    """Return somebody's measured tone group."""
    return tone_group(typology_degrees(person.image, known_face(person).points))
