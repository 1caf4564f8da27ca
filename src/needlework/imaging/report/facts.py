"""What an answer rests on: the photographs, the scale and its error, colour, alignment and the estimators."""

from collections.abc import Iterator, Sequence

from needlework.evidence.zones import in_words
from needlework.imaging import ALGORITHM
from needlework.imaging.comparison import Comparison
from needlework.imaging.faces.face import PUPIL_DISTANCE_MM, PUPIL_DISTANCE_SD
from needlework.imaging.measures.asking import Visits
from needlework.imaging.report.words import counted, listed

BY_STICKER = "by the sticker"
BY_EYES = (
    f"taking the eyes to be {PUPIL_DISTANCE_MM:.0f} mm apart, as an average adult’s are (± {PUPIL_DISTANCE_SD:.0%})"
)
BY_CARD = "By the sticker: redness and tone are absolute."
BESIDE = "No sticker in every photograph: redness and tone are told against {}, which was not treated."
UNKNOWN = "No sticker in every photograph, and no control zone that can be seen: redness and tone cannot be told."
NO_LESS = "Measurements of other versions are never compared with these: measure again."


def facts(comparison: Comparison, before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what a comparison rests on, each with its name."""
    for when, names in {"Before": before, "After": after}.items():
        yield when, f"{counted(len(names), 'photograph')}: {listed(names)}"
    yield from seen(comparison)
    yield "Estimators", f"Version {ALGORITHM}. {NO_LESS}"


def seen(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """Yield the scale, the colour reference and the alignment of two visits, and what is doubted of them."""
    if comparison.visits:
        yield from _known(comparison.visits)
    yield from (("Doubt", doubt) for doubt in comparison.doubts)


def _known(visits: Visits) -> Iterator[tuple[str, str]]:
    known = visits.as_json()
    scale = BY_STICKER if visits.scaled_by_sticker else BY_EYES
    yield "Scale", f"{known['scale_mm_per_px']:.2f} mm per pixel, {scale}"
    yield "Colour", _colour(visits)
    if visits.measurable:
        laid = known["registration"]
        within = f"{laid['median_mm']:.2f} mm, 95 of 100 parts within {laid['p95_mm']:.2f}."
        yield "Alignment", f"Half of the skin within {within}"


def _colour(visits: Visits) -> str:
    if visits.colours.absolute:
        return BY_CARD
    return BESIDE.format(in_words(visits.control)) if visits.control in visits.measurable else UNKNOWN
