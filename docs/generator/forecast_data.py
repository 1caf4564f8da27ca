"""The page of what the forecast is made of: every published entry by use, and how much of it was read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from docs.generator.facts import plain
from needlework.forecast.data.entries import Entry, entries
from needlework.forecast.data.vocabulary import AXES, BLOCKS, ERRORS, OF, READ, USES
from needlework.forecast.model.parameters import parameters

HEAD = """# Published data of the forecast

Every number that the forecast is fitted to, leans on, is tested on or is told beside.

**Hardly any full text was read.** Nearly every number here was seen in an abstract or on the opening of a page; tables,
figures and curves behind it were not, and few entries are a series in time. One entry alone compares people's
needled skin with untreated skin in numbers, [acne_alam2014](#acne_alam2014). What an abstract left out, such as the day
of the last look, is assumed where an entry says so; what is from memory says so too; "monthly" is taken as 30 days.
Authors' names are partly from memory: the address is the authority."""
ABSENT = """What an entry does not list was not seen: without people, their number was not read; without an error, none
was printed. Bare hours, days, weeks and months are from the first session or the wound, as far as the source says."""
TITLES = {"fit": "Fitted", "prior": "Leant on by priors", "heldout": "Held out", "context": "Context"}


def pages() -> dict[str, str]:
    """Return the page."""
    parts = [HEAD, *map(_count, USES), _told("How much was read", READ), _table("read", READ), _unseen()]
    parts += [_told("Kinds of evidence", OF), _table("of", OF), ABSENT]
    return {"forecast/data.md": "\n\n".join([*parts, *(part for use in USES for part in _section(use))])}


def _of(use: str) -> list[Entry]:
    return [one for one in entries().values() if one.use == use]


def _count(use: str) -> str:
    found = Counter(one.read for one in _of(use))
    told = ", ".join(f"{found[read]} {read}" for read in READ if found[read])
    return f"**{TITLES[use]}** ({USES[use]}): {found.total()} entries; {told}."


def _told(title: str, words: Mapping[str, str]) -> str:
    return "\n".join([f"## {title}", "", *(f"- **{word}**: {meaning}" for word, meaning in words.items())])


def _table(name: str, words: Iterable[str]) -> str:
    rows = [f"| {word or 'all'} | {' | '.join(_cells(name, word))} |" for word in (*words, "")]
    return "\n".join([f"| | {' | '.join(map(str.lower, TITLES.values()))} | all |", f"|---|{'---:|' * 5}", *rows])


def _cells(name: str, word: str) -> Iterator[str]:
    found = Counter(one.use for one in entries().values() if word in {"", getattr(one, name)})
    yield from (str(found[use]) for use in USES)
    yield str(found.total())


def _unseen() -> str:
    told = ", ".join(f"[{one.id}](#{one.id})" for one in entries().values() if one.read == "not read")
    return f"Known to exist, and not seen at all: {told}."


def _section(use: str) -> Iterator[str]:
    yield f"## {TITLES[use]}\n\n{USES[use].capitalize()}."
    for block, found in groupby(sorted(_of(use), key=lambda one: list(BLOCKS).index(one.block)), lambda one: one.block):
        yield f"### {TITLES[use]}: {BLOCKS[block]}"
        yield from map(_entry, found)


def _entry(one: Entry) -> str:
    told = plain(one.quantity)
    lines = (f"- {name}: {text}" for name, text in _lines(one).items() if text)
    return "\n".join([f"#### {one.id}", "", f"{told[:1].upper()}{told[1:]}.", "", *lines])


def _lines(one: Entry) -> Mapping[str, str]:
    return {
        "Reported": _reported(one),
        "Error": _error(one),
        "At": "; ".join(f"{AXES[name]}: {_series(value)}" for name, value in one.x.items()),
        "People": str(one.n or ""),
        "Conditions": plain(one.conditions or ""),
        "Evidence": one.of,
        "Read": one.read,
        "Source": f"[{plain(one.source)}](<{one.url}>)" if one.url else plain(one.source),
        "Named by the prior of": ", ".join(
            f"`{named.name}`" for named in parameters().values() if one.id in named.entries
        ),
        "Note": plain(one.note or ""),
    }


def _reported(one: Entry) -> str:
    if not one.y:
        return "no number"
    told = _rows(one.y) if isinstance(one.y, Mapping) else _series(one.y)
    return f"{told} ({plain(one.units)})" if one.units else told


def _error(one: Entry) -> str:
    rest = {name: value for name, value in one.error.items() if name not in {"kind", "values"}}
    values = [_series(one.error["values"])] if "values" in one.error else []
    told = "; ".join([*values, *([_rows(rest)] if rest else [])])
    return ": ".join(filter(None, (ERRORS.get(one.error.get("kind", ""), ""), told)))


def _rows(rows: Mapping[str, object]) -> str:
    return "; ".join(f"{name.replace('_', ' ')} {_series(value)}" for name, value in rows.items())


def _series(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(
            f"{_series(one[0])} to {_series(one[1])}" if isinstance(one, tuple) else _series(one) for one in value
        )
    return f"{value:.12g}" if isinstance(value, int | float) else plain(str(value).replace("_", " "))
