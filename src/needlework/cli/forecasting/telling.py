"""Tells what to expect as a person reads it in a terminal."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from needlework.cli.tables import has_room, paragraph, table
from needlework.evidence.zones import in_words
from needlework.forecast.pictures.sentences import (
    RESTS_ON,
    between,
    by,
    measured,
    noticing,
    people,
    percent,
    planned,
    settings,
    written,
)  # fmt: skip

ROWS = 8
"""Dates of a table."""
HEADERS = ("by", "middle", "half of people", "9 in 10 people", "9 in 10 clinics", "population")
MEASURED = "9 in 10, as measured"
FULL_WIDTH = 80
"""Columns of a terminal that the whole table takes without breaking its dates."""
NARROW = (0, 1, 3)
"""Of HEADERS, what a narrower one shows: 38 columns, with what was measured."""
WHY = "--json says why of each, with the publications."
CALLED = {
    "series": "the table",
    "untreated": "what goes without treatment",
    "most_of_change": "most of it",
    "delivered_by_day": "why wait",
    "alternatives": "other courses",
    "place": "the place of what was measured",
    "updated": "the column as measured",
}
"""What an entry of the evidence is of → how it is called here, where that is not its name."""
READ = (
    "For a person read “9 in 10 people”. The two columns after it are for means of many people, and far too narrow for "
    "one."
)
READ_NARROW = (
    f"A terminal of {FULL_WIDTH} columns shows half of people as well, and the means of clinics and of the population."
)
TENFOLD = "The few studies differ tenfold, so the longest times tell of studies as much as of people."
DELIVERED_DAYS = (7, 14, 28)
HOURS_PER_DAY = 24


def told(answer: dict[str, Any]) -> str:
    """Return what to expect in words, with a table of some dates."""
    zones = answer.get("zones") or {"": answer}
    every = list(zones.values())
    head = paragraph(f"What to expect for {answer['concern'].replace('-', ' ')}: {planned(every[0]['course'])}.")
    warnings = dict.fromkeys(warning for expected in every for warning in expected["warnings"])
    return "\n\n".join([head, *_sections(zones), paragraph(_delivered(every[0])), _rests_on(every), _listed(warnings)])


def _sections(zones: dict[str, Any]) -> Iterator[str]:
    """Return a section for each zone, and a line for one of which all is as in an earlier one."""
    shown: dict[tuple[str, str], str] = {}
    for zone, expected in zones.items():
        name, section = in_words(zone) if zone else "", _section(expected)
        where = f"{name[:1].upper()}{name[1:]}: " if zone else ""
        head, body = section
        yield f"{where}as {shown[section]}." if section in shown else f"{paragraph(where + head)}\n\n{body}"
        shown.setdefault(section, name)


def _section(expected: dict[str, Any]) -> tuple[str, str]:
    head = f"{settings(expected['course'])}. Share of the {expected['share_of']} that has gone:"
    return head, "\n\n".join([_table(expected), "\n".join(map(paragraph, [_read(), *_sentences(expected)]))])


def _table(expected: dict[str, Any]) -> str:
    series, now = expected["series"], (expected["updated"] or {"series": []})["series"]
    step = -(-(len(series) - 1) // ROWS)
    shown = range(len(series) - 1, 0, -step)[::-1]
    columns = range(len(HEADERS)) if has_room(FULL_WIDTH) else NARROW
    rows = [(*_row(series[place], columns), *(_nine(one) for one in now[place : place + 1])) for place in shown]
    return table([*(HEADERS[column] for column in columns), MEASURED][: len(rows[0])], rows)


def _read() -> str:
    return READ if has_room(FULL_WIDTH) else READ_NARROW


def _row(point: dict[str, Any], columns: Iterable[int]) -> list[str]:
    person = point["person"]
    population, clinic = (_ends(point[level]["band_90"]) for level in ("population", "clinic"))
    half, nine = _ends(person["band_50"]), _ends(person["band_90"])
    row = point["date"], percent(person["median"]), half, nine, clinic, population
    return [row[column] for column in columns]


def _nine(point: dict[str, Any]) -> str:
    return _ends(point["person"]["band_90"])


def _ends(ends: Sequence[float]) -> str:
    return "–".join(map(percent, ends))


def _sentences(expected: dict[str, Any]) -> Iterator[str]:
    yield from map(measured, expected["place"])
    untreated = expected["untreated"]
    without = f"About {percent(untreated['median'])} ({between(untreated['band_90'])}) goes without treatment as well."
    yield f"{without} It is in every number of the table."
    first, most = expected["first_change"], expected["most_of_change"]
    counts = f"From {percent(first['noticeable'])} by treatment it counts as noticeable, which is a choice."
    yield f"First change: half of people {noticing(first)}. {counts}"
    share = f"{percent(most['share'])} of their own change, however small,"
    yield f"Most of it: half of people have {share} {by(most['median'])}."
    yield _redness(expected["redness"])
    yield _next(expected["next_session"])
    yield from (_alternative(other, expected["course"]) for other in expected["alternatives"])


def _redness(redness: dict[str, Any]) -> str:
    gone = redness["gone_after_hours"]
    half, nine = _days(gone["median"]), _days(gone["band_90"][1])
    day = redness["by_day"][0]
    swollen = f"after a day {people(day['still_red'])} are red and {people(day['still_swollen'])} swollen"
    return f"Redness: gone within {half} for half of people, and beyond {nine} for one in twenty; {swollen}. {TENFOLD}"


def _days(hours: float) -> str:
    if hours >= 2 * HOURS_PER_DAY:
        return f"{hours / HOURS_PER_DAY:.0f} days"
    whole = max(1, round(hours))
    return f"{whole} hour{'s' * (whole > 1)}"


def _next(session: dict[str, Any] | None) -> str:
    if session is None:
        return "One more session: the model reaches no further."
    adds, apart = session["adds"], session["told_apart_by_one_measurement"]
    likely = f"likely to add {percent(adds['median'])} ({between(adds['band_90'])})"
    seen = f"One measurement would show that in {people(apart)}; by chance alone it shows as much in 2 or 3."
    return f"One more session on {written(session['on'])}: {likely}. {seen}"


def _alternative(other: dict[str, Any], ours: dict[str, Any]) -> str:
    course = other["course"]
    same = settings(course) == settings(ours)
    instead = planned(course) if same else f"{planned(course)}, {settings(course)}"
    return (
        f"Instead {instead}: better with a probability of {percent(other['probability_better'])}. {other['sentence']}"
    )


def _delivered(expected: dict[str, Any]) -> str:
    by_day = {point["day"]: point for point in expected["delivered_by_day"]}
    shares = (
        f"{percent(by_day[day]['median'])} ({between(by_day[day]['band_90'])}) by day {day}" for day in DELIVERED_DAYS
    )
    return (
        f"Why wait: skin is at work on a session for weeks. Of what its cells do, {', '.join(shares)} is done. "
        "That is taken from wounds, and no proof that waiting does more."
    )


def _rests_on(every: Iterable[dict[str, Any]]) -> str:
    # What an answer leaves empty rests on nothing; swelling stands with redness.
    behind = [one for expected in every for one in expected["evidence"] if expected.get(one["of"], True) is not None]
    tags = {one["of"]: one["tag"] for one in behind}
    known = {tag: [of for of, its in tags.items() if its == tag] for tag in RESTS_ON}
    lines = [f"{RESTS_ON[tag].capitalize()}: {', '.join(map(_called, of))}." for tag, of in known.items() if of]
    return "\n".join(map(paragraph, [*lines, WHY]))


def _called(of: str) -> str:
    return CALLED.get(of, of.replace("_", " "))


def _listed(warnings: Iterable[str]) -> str:
    return "\n".join(paragraph(f"* {warning}") for warning in warnings)
