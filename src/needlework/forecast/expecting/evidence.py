"""What stands behind each curve: measured in needled people, an analogue, or assumed; with the publications."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from needlework.evidence import shape, toml
from needlework.evidence.errors import DataError
from needlework.forecast.data.entries import Entry, entries
from needlework.forecast.expecting.course import Course

FILE = "evidence.toml"
TAGS = ("measured", "analogue", "prior-only")
"""Strongest first."""
SPACING_ALONE = ["alternatives.interval"]
"""The differences between two courses that differ in the days of their sessions and in nothing else."""
ALWAYS = (
    "series",
    "untreated",
    "first_change",
    "most_of_change",
    "delivered_by_day",
    "redness",
    "swelling",
    "next_session",
)
NEEDS = {"tag": shape.TEXT, "because": shape.TEXT, "entries": shape.TEXTS}


@dataclass(frozen=True, slots=True)
class Support:
    """How a curve is known, why that is said, and the published entries behind it."""

    tag: str
    because: str
    entries: tuple[Entry, ...]

    def as_json(self, of: str) -> dict[str, Any]:
        """Return it as the forecast writes it; each publication once."""
        sources = {one.source: one.url for one in self.entries}
        return {
            "of": of,
            "tag": self.tag,
            "because": self.because,
            "sources": [{"title": title, "url": url} for title, url in sources.items()],
        }


def told(
    course: Course, instead: Sequence[Course], placed: Collection[str] = (), moved: Collection[str] = ()
) -> list[dict[str, Any]]:
    """Return an entry for each curve of an answer.

    `instead` are the other courses, `placed` the scales of what was measured, `moved` those that moved the bands.
    """
    found = {of: supports()[_key(of, course)] for of in ALWAYS}
    if instead:
        found["alternatives"] = _weakest([key for other in instead for key in differences(course, other)])
    for of, scales in (("place", placed), ("updated", moved)):
        if scales:
            found[of] = supports()["place.photo"] if "photo" in scales else found["series"]
    return [support.as_json(of) for of, support in found.items()]


def differences(course: Course, other: Course) -> list[str]:
    """Return the keys of what another course differs in; sessions where it differs in nothing."""
    differs = {
        "alternatives.sessions": len(course.dates) != len(other.dates),
        "alternatives.interval": course.intervals[: len(other.intervals)] != other.intervals[: len(course.intervals)],
        "alternatives.depth": course.depth_mm != other.depth_mm,
        "alternatives.density": course.punctures_per_cm2 != other.punctures_per_cm2,
    }
    return [key for key, does in differs.items() if does] or ["alternatives.sessions"]


@cache
def supports() -> Mapping[str, Support]:
    """Return what is known of every curve by name, checked; some by concern: `series.wrinkles`."""
    return load(toml.read(files(__package__) / FILE))


def load(document: Mapping[str, Any]) -> Mapping[str, Support]:
    """Return the supports of a document; raise DataError for what one must not be."""
    return {
        key: _support(key, table)
        for name, one in document.items()
        for key, table in ({name: one} if "tag" in one else {f"{name}.{kind}": of for kind, of in one.items()}).items()
    }


def _support(key: str, table: Any) -> Support:
    shape.check(table, file=FILE, key=key, needs=NEEDS)
    if table["tag"] not in TAGS:
        raise DataError(FILE, key, f"tag {table['tag']!r} is not one of: {', '.join(TAGS)}.")
    if unknown := [one for one in table["entries"] if one not in entries()]:
        raise DataError(FILE, key, f"There is no entry {unknown[0]!r}. Take an id of the data files.")
    return Support(table["tag"], table["because"], tuple(entries()[one] for one in table["entries"]))


def _key(of: str, course: Course) -> str:
    return of if of in supports() else f"{of}.{course.concern}"


def _weakest(keys: Iterable[str]) -> Support:
    """Return what is known least of some differences, with every reason and publication."""
    all_of = [supports()[key] for key in dict.fromkeys(keys)]
    tag = max((one.tag for one in all_of), key=TAGS.index)
    behind = tuple(dict.fromkeys(entry.id for one in all_of for entry in one.entries))
    return Support(tag, " ".join(one.because for one in all_of), tuple(entries()[one] for one in behind))
