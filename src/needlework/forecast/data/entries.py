"""What publications report: the numbers that the model is fitted to, leans on, is tested on or is told beside.

One TOML file for each use, one table for each entry. `read` says how much of it was seen, nearly always in an abstract;
`of` says what kind of evidence it is. `x` holds the circumstances, each with its unit in its name; `y` holds the
numbers that were reported, in `units`, as a list or as a table of lists; a text in it stands where no number was given.
`error` says its kind (`sd`, `ci95`, `upper bound`, …) and has its numbers in `values` or under the names of `y`. `n` is
how many people took part, where it was seen. What is absent was not seen. Authors' names are partly from memory where a
page did not show them: the address is the authority.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import chain
from typing import Any

from needlework.evidence import shape, toml
from needlework.evidence.errors import DataError
from needlework.evidence.near import near
from needlework.forecast.data.vocabulary import AXES, BLOCKS, ERRORS, OF, READ, USES

SITE = re.compile(r"https?://(?:[a-z0-9-]+\.)+[a-z]+(?:/|$)")


def _is_x(value: Any) -> bool:
    return shape.TABLE.holds(value) and all(shape.VALUE.holds(one) or shape.VALUES.holds(one) for one in value.values())


def _is_y(value: Any) -> bool:
    return shape.VALUES.holds(value) or (shape.TABLE.holds(value) and all(map(shape.VALUES.holds, value.values())))


X = shape.Kind(_is_x, "Write a table of numbers, texts and lists of them: { sessions = 3, days = [30, 90] }.")
Y = shape.Kind(_is_y, "Write a list of numbers and texts, at least one, or a table of such lists.")
ERROR = shape.Kind(
    lambda value: shape.TABLE.holds(value) and shape.TEXT.holds(value.get("kind")),
    'Write a table that says its kind: { kind = "sd", values = [0.4, 0.6] }.',
)
NEEDS = dict.fromkeys(("block", "quantity", "source", "read", "of"), shape.TEXT)
MAY = {
    **dict.fromkeys(("units", "conditions", "url", "note"), shape.TEXT),
    "x": X,
    "y": Y,
    "error": ERROR,
    "n": shape.VALUE,
}
Reported = tuple[float | str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one publication reports about one quantity, and how much of it was read."""

    id: str
    use: str
    block: str
    quantity: str
    source: str
    read: str
    of: str
    units: str | None = None
    x: Mapping[str, Any] = field(default_factory=dict)
    y: Reported | Mapping[str, Reported] = ()
    error: Mapping[str, Any] = field(default_factory=dict)
    n: int | str | None = None
    conditions: str | None = None
    url: str | None = None
    note: str | None = None

    def numbers(self, row: str | None = None) -> tuple[float, ...]:
        """Return the numbers of y in `units`, in order, without its texts; where y is a table, of one row or of all."""
        if isinstance(self.y, Mapping):
            found: Iterable[float | str] = self.y[row] if row else chain.from_iterable(self.y.values())
        else:
            found = self.y
        return tuple(one for one in found if not isinstance(one, str))


@cache
def entries() -> Mapping[str, Entry]:
    """Return every entry by id, checked."""
    return load((use, toml.read(files(__package__) / f"{use}.toml")) for use in USES)


def entry(key: str) -> Entry:
    """Return one entry by its id; KeyError where there is none."""
    return entries()[key]


def digest() -> str:
    """Return the SHA-256 of what a posterior is made of: the bytes of fit.toml and then those of parameters.toml."""
    folder = files(__package__)
    return sha256((folder / "fit.toml").read_bytes() + (folder / "parameters.toml").read_bytes()).hexdigest()


def load(documents: Iterable[tuple[str, Mapping[str, Any]]]) -> Mapping[str, Entry]:
    """Return the entries of files given by use and content, checked, each id once.

    Raises DataError naming the file, the entry and what to do about it.
    """
    found: dict[str, Entry] = {}
    for use, tables in documents:
        for key, table in tables.items():
            if key in found:
                sentence = f"This id is already in {found[key].use}.toml. Keep the entry in one file, for one use."
                raise DataError(f"{use}.toml", key, sentence)
            found[key] = _entry(use, key, table)
    return found


def _entry(use: str, key: str, table: Any) -> Entry:
    shape.check(table, file=f"{use}.toml", key=key, needs=NEEDS, may=MAY)
    made = Entry(id=key, use=use, **_frozen(table))
    for sentence in filter(None, (check(made) for check in CHECKS)):
        raise DataError(f"{use}.toml", key, sentence)
    return made


def _frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _frozen(one) for name, one in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _words(entry: Entry) -> str:
    kind = entry.error.get("kind", "sd")
    used = (("read", entry.read, READ), ("of", entry.of, OF), ("block", entry.block, BLOCKS), ("kind", kind, ERRORS))
    for name, word, known in used:
        if word not in known:
            return f"{name} {word!r} is not one of: {', '.join(known)}."
    return ""


def _axes(entry: Entry) -> str:
    unknown = next((name for name in entry.x if name not in AXES), None)
    hint = near(unknown or "", AXES, "Use a known one, or add it with its unit to AXES.")
    return f"x has no axis {unknown!r}. {hint}" if unknown else ""


def _units(entry: Entry) -> str:
    return "Numbers need their unit: add units." if entry.numbers() and not entry.units else ""


def _used(entry: Entry) -> str:
    if entry.use not in {"fit", "heldout"}:
        return ""
    if entry.read == "not read":
        return "Nobody has read this: move it to context.toml until its numbers were seen."
    bare = not entry.numbers() and not entry.note
    return "This has no numbers: say in note how its sentence is used, or move it to context.toml." if bare else ""


def _address(entry: Entry) -> str:
    if not entry.url:
        return "" if entry.note else "This has no address: add url, or say in note why there is none."
    named = SITE.match(entry.url)
    return (
        "" if named else "url does not lead to a site by its name: write https://, or leave it out and say why in note."
    )


CHECKS = (_words, _axes, _units, _used, _address)
