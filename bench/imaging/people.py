"""The photographs that the figures are taken with, and the tone of the skin in them as measured.

The licensed photographs of real people lie beside the checkout (`tests/photographs.py`); without them there is the
astronaut alone. A person is of the calibration or of the report, never of both, by the last digit of the number: with
five to nine in the calibration every tone group is on both sides, and nothing else was looked at.
"""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from skimage import data

from needlework.imaging.arrays import Image, Mask, Points
from needlework.imaging.colour import ita_degrees, lab, to_linear
from tests.photographs import FOLDER

CHEEKS = ((117, 118, 119, 100, 36, 205, 207, 187, 123), (346, 347, 348, 329, 266, 425, 427, 411, 352))
"""Points of the mesh around the front of either cheek."""
GROUPS = ((55.0, "very light"), (41.0, "light"), (28.0, "intermediate"), (10.0, "tan"), (-30.0, "brown"))
"""A group is whoever has a higher ITA than this, in degrees; below all of them is dark (Del Bino and Bernerd 2013)."""
LAST_DIGIT_OF_REPORT = 4
TONE_GROUPS = (*(name for _, name in GROUPS), "dark")
SETS = ("london_neutral", "canada")


@dataclass(frozen=True)
class Person:
    """Somebody of whom there is a photograph with a neutral face."""

    name: str
    file: Path | None
    """None for the astronaut."""
    smiling: Path | None = None
    """A second photograph of the same minute, where there is one."""

    @property
    def number(self) -> int:
        """The number under which the set lists the person; 0 for the astronaut."""
        return int(self.file.stem[:3]) if self.file else 0

    @property
    def image(self) -> Image:
        """The photograph."""
        return opened(self.file) if self.file else np.asarray(data.astronaut(), np.uint8)


def people() -> tuple[Person, ...]:
    """Return everybody, in a fixed order."""
    if not FOLDER.is_dir():
        return (Person("astronaut", None),)
    files = (file for name in SETS for file in sorted((FOLDER / name).glob("*.jpg")))
    return tuple(Person(f"{file.parent.name}/{file.stem}", file, smile_of(file)) for file in files)


def calibration() -> tuple[Person, ...]:
    """Return those on whom priors and limits are fitted."""
    return tuple(person for person in people() if person.number % 10 > LAST_DIGIT_OF_REPORT)


def report() -> tuple[Person, ...]:
    """Return those on whom the table's figures are taken."""
    return tuple(person for person in people() if person.number % 10 <= LAST_DIGIT_OF_REPORT)


def smile_of(file: Path) -> Path | None:
    """Return the photograph of the same person smiling."""
    smile = file.parents[1] / "london_smiling" / file.name.replace("_03", "_08")
    return smile if smile.is_file() and smile != file else None


def opened(file: Path) -> Image:
    """Return a photograph of the folder; its files are trusted, upright sRGB."""
    return np.ascontiguousarray(np.asarray(cv2.imread(str(file), cv2.IMREAD_COLOR), np.uint8)[..., ::-1])


def cheeks(shape: tuple[int, ...], points: Points) -> Mask:
    """Return both cheeks by the mesh (468, 2 or more)."""
    mask = np.zeros(shape[:2], np.uint8)
    for outline in CHEEKS:
        cv2.fillPoly(mask, [np.round(points[list(outline), :2]).astype(np.int32)], 1)
    return mask > 0


def typology_degrees(image: Image, points: Points) -> float:
    """Return the individual typology angle of the cheeks, by their median colour as photographed.

    There is no colour reference in these pictures: studio light that was the same for all of a set, but an exposure
    that is half a stop off moves everybody by about ten degrees.
    """
    lightness, _, yellowness = np.median(lab(to_linear(image[cheeks(image.shape, points)])), axis=0)
    return ita_degrees(float(lightness), float(yellowness))


def tone_group(typology: float) -> str:
    """Return the group of an individual typology angle."""
    return next((name for above, name in GROUPS if typology > above), "dark")
