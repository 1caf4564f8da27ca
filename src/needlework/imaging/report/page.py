"""One comparison as one HTML page that needs nothing else: for a patient to keep or a file to hold."""

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from string import Template

import cv2
import numpy as np

from needlework.imaging.arrays import Image
from needlework.imaging.change.verdicts import Asked, Change
from needlework.imaging.comparison import Comparison
from needlework.imaging.report import pictures, words
from needlework.imaging.report.facts import facts
from needlework.imaging.report.maps import maps

JPEG_QUALITY = 88
BY_THE_NUMBERS = "Colours are as the camera gave them: judge redness and tone by the numbers, not by these pictures."
TO_LOOK_AT = "To look at lines and texture, and not at colour."
FONTS = {"figtree": "figtree-latin-wght-normal.ttf", "newsreader": "newsreader-latin-wght-normal.ttf"}


@dataclass(frozen=True, eq=False)
class Figure:
    """A picture with what it shows."""

    image: Image
    name: str
    """For who cannot see it."""
    caption: str


def page(comparison: Comparison, *, before: Sequence[str], after: Sequence[str]) -> str:
    """Return the page of a comparison; `before` and `after` are the names of the photographs."""
    room = files(__package__)
    return Template(room.joinpath("page.html").read_text("utf-8")).substitute(
        style=Template(room.joinpath("page.css").read_text("utf-8")).substitute(_fonts()),
        headline=escape(words.headline(comparison)),
        reasons="".join(f'<p class="reason">{escape(reason)}</p>' for reason in comparison.reasons),
        sections="".join(_sections(comparison)),
        facts=_pairs(facts(comparison, before, after)),
    )


def _sections(comparison: Comparison) -> Iterator[str]:
    changes = comparison.changes or {}
    changed = {key: change for key, change in changes.items() if change.verdict == "changed"}
    if changed:
        yield _section(
            words.heading(comparison),
            _table(changed, {zone: words.place(zone, _control(comparison)) for zone, _ in changed}),
        )
    for heading, figures in _figures(comparison).items():
        if shown := "".join(map(_figure, figures)):
            yield _section(heading, shown)
    if unmeasured := words.unmeasured(changes):
        yield _section("Could not be measured", _reasons(unmeasured))
    if changes:
        yield _section("Zone by zone", f'<div class="zones">{"".join(_zones(comparison))}</div>')


def _section(heading: str, inside: str) -> str:
    return f"<section><h2>{escape(heading)}</h2>{inside}</section>"


def _reasons(unmeasured: Mapping[str, str]) -> str:
    pairs = ((words.capital(what), reason) for reason, what in unmeasured.items())
    return f'<dl class="reasons">{_pairs(pairs)}</dl>'


def _zones(comparison: Comparison) -> Iterator[str]:
    changes = comparison.changes or {}
    for zone in dict.fromkeys(zone for zone, _ in changes):
        own = {key: change for key, change in changes.items() if key[0] == zone}
        name = escape(words.place(zone, _control(comparison)))
        summary = f"<strong>{name}</strong> <span>{escape(words.summary(own.values()))}</span>"
        yield f"<details><summary>{summary}</summary>{_zone(own)}</details>"


def _zone(own: Mapping[Asked, Change]) -> str:
    reasons = {change.reason for change in own.values() if change.verdict == "not-measurable"}
    if len(reasons) == 1 and all(change.verdict == "not-measurable" for change in own.values()):
        return f"<p>{escape(reasons.pop() or '')}</p>"
    return _table(own, {})


def _control(comparison: Comparison) -> str | None:
    return comparison.visits.control if comparison.visits else None


def _table(changes: Mapping[Asked, Change], places: Mapping[str, str]) -> str:
    """Return changes one below the other; `places` are the names of their zones, where these are shown."""
    where = '<th scope="col">Where</th>' if places else ""
    rows = "".join(_row(key[1], change, places.get(key[0])) for key, change in changes.items())
    head = f'<thead><tr>{where}<th scope="col">Measure</th><th scope="col">Change</th></tr></thead>'
    return f"<table>{head}<tbody>{rows}</tbody></table>"


def _row(name: str, change: Change, place: str | None) -> str:
    measure = escape(words.capital(words.named(name)))
    head = f'<th scope="row">{escape(place)}</th><td>{measure}</td>' if place else f'<th scope="row">{measure}</th>'
    answer = escape(words.said(change))
    strong = f"<strong>{answer}</strong>" if change.verdict == "changed" else answer
    notes = "".join(f"<small>{escape(note)}</small>" for note in words.notes(change))
    return f"<tr>{head}<td>{strong}{notes}</td></tr>"


def _figures(comparison: Comparison) -> dict[str, list[Figure]]:
    if comparison.visits is None:
        return {}
    seen = pictures.pair(comparison.visits.stack)
    shown: dict[str, list[Figure]] = {"Before and after": list(_pair(seen, comparison))}
    for one in maps(seen, comparison):
        changed = f"Where {words.named(one.measure)} changed"
        heading, name = (words.ONE_VISIT,) * 2 if one.measure == "spots" else ("Where it changed", changed)
        shown.setdefault(heading, []).append(Figure(one.image, name, one.caption))
    return shown


def _pair(seen: pictures.Pair, comparison: Comparison) -> Iterator[Figure]:
    as_taken = pictures.side_by_side(seen, pictures.AS_TAKEN)
    yield Figure(as_taken, "Before and after", f"{pictures.AS_TAKEN} {BY_THE_NUMBERS}")
    matched = pictures.side_by_side(seen.matched(), pictures.MATCHED)
    yield Figure(matched, "Before and after, light matched", f"{pictures.MATCHED} {TO_LOOK_AT}")
    if comparison.visits and comparison.visits.measurable:
        outlined = pictures.outlined(seen, comparison.visits.measurable)
        yield Figure(outlined, "The zones", pictures.INSIDE)


def _figure(figure: Figure) -> str:
    _, coded = cv2.imencode(".jpg", figure.image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    source = _data("image/jpeg", np.asarray(coded).tobytes())
    height, width = figure.image.shape[:2]
    shown = f'<img alt="{escape(figure.name)}" width="{width}" height="{height}" src="{source}">'
    return f"<figure>{shown}<figcaption>{escape(figure.caption)}</figcaption></figure>"


def _fonts() -> dict[str, str]:
    vendor = files("needlework.imaging.sticker") / "vendor"
    return {name: _data("font/ttf", (vendor / name / file).read_bytes()) for name, file in FONTS.items()}


def _data(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def _pairs(known: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<dt>{escape(term)}</dt><dd>{escape(value)}</dd>" for term, value in known)
