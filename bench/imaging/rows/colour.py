"""Colour by the sticker: tone and redness of a zone in one shot, against what a perfect correction reads.

The sticker is pasted under the chin; exposure, cast and the camera's own tone curve differ from shot to shot, and in
the second row the light on the face alone, by up to 8 % from one side to the other.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from bench.imaging import stickers
from bench.imaging.cases import group, known_face
from bench.imaging.nuisances import REPORT, draw_for_sticker
from bench.imaging.people import Person, report
from bench.imaging.table import Row, Work, by_group, by_person, over_people
from needlework.imaging.arrays import Linear, Mask
from needlework.imaging.colour import ita_degrees, lab, to_linear
from needlework.imaging.sticker.finding import find
from needlework.imaging.zones.outlines import inside, outlines

ZONES = ("forehead", "cheek-left", "cheek-right")
SHOTS = 4
"""Of each person, in each light."""
NUMBER = 70
"""Of the visits: others than those of any other row."""
WANTED = {False: {"tone": 1.5, "redness": 0.6}, True: {"tone": 2.5, "redness": 0.8}}
UNITS = {"tone": "° ITA", "redness": "a*"}


class Read(NamedTuple):
    """The errors of one shot."""

    person: str
    group: str
    shaded: bool
    errors: dict[str, list[float]]
    """Measure → error in each zone; nothing where the sticker was not found."""


def rows(work: Work) -> list[Row]:
    """Return the errors of both measures, in even light and with the face lit otherwise."""
    read = work(photographed, [(person, shot) for person in report() for shot in range(SHOTS)])
    every = [one for both in read for one in both]
    return [
        row
        for shaded, wanted in WANTED.items()
        for measure in wanted
        for row in errors(measure, [one for one in every if one.shaded == shaded])
    ]


def errors(measure: str, read: Sequence[Read]) -> Iterator[Row]:
    """Yield the root mean square error of a measure, for all and by measured tone group."""
    shaded = read[0].shaded
    for name, own in by_group(read, lambda one: one.group).items():
        found = by_person(own, lambda one: one.person, lambda one: one.errors.get(measure, []))
        every = np.concatenate(list(found.values()))
        low, high = over_people(found, rms)
        yield Row(
            what=f"{measure} with the sticker, {'8 % shading on the face' if shaded else 'even light'}: RMS error",
            reached=f"{rms(every):.2f} {UNITS[measure]} ({sum(not one.errors for one in own)} stickers not found)",
            wanted=f"{WANTED[shaded][measure]}",
            published="ICC .78 to .95; ΔE 1.9",
            count=len(every),
            interval=f"{low:.2f} to {high:.2f}",
            group=name,
        )


def photographed(asked: tuple[Person, int]) -> list[Read]:
    """Photograph somebody with the sticker, in even light and with the face lit otherwise, and read the colours."""
    person, shot = asked
    face, seed = known_face(person), REPORT[(person.number * 200 + NUMBER) * 10 + shot]
    laid = stickers.with_sticker(person.image, face)
    drawn = outlines(face.points)
    zones = [inside([drawn[zone]], (laid.shape[0], laid.shape[1])) for zone in ZONES]
    true = colours(stickers.reflectance(laid), zones)
    found = []
    for shaded in (False, True):
        again = stickers.taken_again(laid, face, draw_for_sticker(seed, shaded=shaded))
        reading = find(again)
        seen = colours(reading.correct(to_linear(again)), zones) if reading else {}
        off = {measure: np.subtract(values, true[measure]).tolist() for measure, values in seen.items()}
        found.append(Read(person.name, group(person), shaded, off))
    return found


def colours(light: Linear, zones: Sequence[Mask]) -> dict[str, list[float]]:
    """Return tone and redness of the median colour of each zone."""
    medians = [lab(np.median(light[zone], axis=0)) for zone in zones]
    return {
        "tone": [ita_degrees(float(lightness), float(yellowness)) for lightness, _, yellowness in medians],
        "redness": [float(redness) for _, redness, _ in medians],
    }


def rms(values: np.ndarray) -> float:
    """Return the root mean square."""
    return float(np.sqrt(np.mean(values**2)))
