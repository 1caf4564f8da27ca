"""The pages of planning: depths, thickness, passes and endpoints; and courses, gates and the spacing of sessions."""

from collections.abc import Iterable

from docs.generator.cited import cited
from docs.generator.holding import specs
from needlework.clinical import backing, planning
from needlework.clinical.backing import rule_table
from needlework.clinical.devices import Device, devices
from needlework.clinical.planning import courses, gates, rows
from needlework.evidence.facts import Fact, facts
from needlework.evidence.sources import cite
from needlework.evidence.zones import zones

DEPTHS = """# Needle depth

What `needlework plan` holds about depth: what others published, what limits a device, and how a choice stands. Nothing
here is a setting to use. No entry is preferred, none is a default: the practitioner chooses, and the plan says how the
choice stands to what is known.

How a chosen depth stands, worst first; the worst that holds is told, with every reason:

- `refused`: deeper than the device can be set, or a gate that refuses is not met: then `needs` names the gate, for
  there is no plan before the look. No reason helps. A zone that is never treated is refused as input.
- `above-label`: deeper than the label of the device was evaluated to. Needs a reason.
- `above-published`: deeper than the upper end of everything published here for the zone. Needs a reason.
- `no-source`: nothing was read for the zone and its concerns. Needs a reason.
- `within`: none of these. Less deep than all that is published, or between ranges, it carries a note.

Where nobody published how deep a device can be set, every depth needs a reason, and what is deeper than any pen that
was read is refused, radiofrequency apart. A missing label limit is said and asks
for none. A range is clipped to the device, with the printed one beside it. A fact from memory feeds no range."""

LEFT_OUT = ("DEP-301", "DEP-401", "DEV-034", "PRO-005", "DEV-020")

COURSES = """# Courses of sessions

How many sessions and how far apart, per concern, as published; what must have happened before; and the spacing that the
rules hold to. A month counts as 30 days, a week as 7. A range runs over every protocol with a set number; where each
patient had as many as seemed needed the count is told and widens nothing."""


def pages() -> dict[str, str]:
    """Return the pages."""
    return {"rules/depths.md": "\n\n".join(_depths()), "rules/courses.md": "\n\n".join(_courses())}


def _depths() -> list[str]:
    return [
        DEPTHS,
        "## Devices",
        _table(("device", "label limit mm", "can be set to mm", "sources"), map(_device, devices().values())),
        _pens(),
        "## Published depths",
        "Zones in brackets: where the source says the face, or stretch marks, and names no zone.",
        _table(("for", "mm", "zones", "concerns", "facts", "sources"), map(_row, rows.rows())),
        "Zones without any: " + ", ".join(_without()) + ".",
        "## Read and left out, since they name no zone",
        "\n".join(f"- {one}: {facts()[one].statement}" for one in LEFT_OUT),
        "## Skin thickness",
        f"{rows.thickness().of} {rows.thickness().caution}",
        _table(("zone", "mm", "fact", "source"), _thickness()),
        "## Passes",
        _said(rows.PASSES, "passes"),
        "## Endpoints",
        _said(rows.PASSES, "endpoints"),
        "## Cautions by zone",
        _said(rows.DEPTHS, "cautions"),
        "## Specs",
        specs("planning/test_depth.py"),
    ]


def _pens() -> str:
    pens = rows.pens()
    return f"{pens.note} ({_ids(pens.facts)}; where no limit of the device was published) {_sources(pens.facts)}"


def _device(device: Device) -> tuple[str, ...]:
    sources = cited(backing.sources_of(device.facts)) or "none"
    doubt = "" if device.hardware_limit_mm is None or device.hardware_verified else ", from memory"
    return (device.name, _mm(device.label_limit_mm), f"{_mm(device.hardware_limit_mm)}{doubt}", sources)


def _mm(limit: float | None) -> str:
    return "not published" if limit is None else f"{limit:g}"


def _row(row: rows.Row) -> tuple[str, ...]:
    concerns = ", ".join(sorted(row.concerns)) or "any"
    conflict = f". {row.conflict}" if row.conflict else ""
    ends = f"{row.range_mm[0]:g} to {row.range_mm[1]:g}"
    return (row.purpose + conflict, ends, _where(row.zones), concerns, _ids(row.facts), _sources(row.facts))


def _where(named: frozenset[str]) -> str:
    own = {"(face)": rows.meant(["whole_face"]), "(stretch marks)": rows.meant(["striae"])}
    known = next((name for name, members in own.items() if members == named), None)
    return known or ", ".join(zone for zone in zones().treatable if zone in named)


def _without() -> list[str]:
    return [zone for zone in zones().treatable if not any(zone in row.zones for row in rows.rows())]


def _thickness() -> list[tuple[str, ...]]:
    known, order = rows.thickness(), zones().treatable
    means = [(zone, known.by_zone[zone]) for zone in order if zone in known.by_zone]
    found = [(zone, f"{fact.value} to {fact.range[1]}", fact.id, _sources([fact])) for zone, fact in means]
    others = [(zone, one) for zone in order for one in known.others.get(zone, ())]
    return found + [(zone, one.statement, one.id, _sources([one])) for zone, one in others]


def _said(file: str, key: str) -> str:
    lines = []
    for one in rows.said(file, key):
        scope = "; ".join(filter(None, (_where(one.zones) if one.zones else "", ", ".join(sorted(one.concerns)))))
        staff = "" if one.for_patients else " For staff alone."
        lines.append(f"- {one.text}{staff} ({scope or 'everywhere'}; {_ids(one.facts)}) {_sources(one.facts)}")
    return "\n".join(lines)


def _courses() -> list[str]:
    spacing = planning.interval_limits("acne-scars")
    return [
        COURSES,
        "## Spacing",
        f"- {spacing.texts[0]} ({spacing.never_under_days} days; {cited(spacing.policy)})",
        f"- {spacing.texts[1]} ({spacing.default_days} days; {cited(spacing.screening)})",
        *(part for one in courses.courses().values() for part in _course(one)),
        "## Gates",
        _gate(),
        "## Specs",
        specs("planning/test_courses_and_gates.py"),
    ]


def _course(course: courses.ConcernCourses) -> list[str]:
    headers = ("who", "sessions", "days between", "facts", "sources")
    ranges = f"Sessions: {_ends(course.sessions)}. Days between: {_ends(course.interval_days)}."
    behind = f" ({_ids(course.facts)}) {_sources(course.facts)}" if course.facts else ""
    shown = [_table(headers, map(_protocol, course.protocols))] if course.protocols else []
    return [f"## {course.concern}", f"{ranges} {course.disagreement}{behind}", *shown]


def _protocol(one: courses.Protocol) -> tuple[str, ...]:
    kind = " (as needed)" if one.as_needed else ""
    least = " at least" if one.at_least else ""
    return (
        one.by + kind,
        _ends(one.sessions),
        f"{_ends(one.interval_days)}{least}",
        _ids(one.facts),
        _sources(one.facts),
    )


def _ends(ends: tuple[int, int] | None) -> str:
    if ends is None:
        return "not found"
    return f"{ends[0]}" if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def _gate() -> str:
    entry, premises = rule_table(gates.FILE)[gates.EXAMINED], rule_table(gates.FILE)[gates.PREMISES]
    behind = backing.named(entry["facts"], file=gates.FILE, key=gates.EXAMINED)
    always, unless = ", ".join(entry["concerns"]), ", ".join(entry["concerns_unless_told"])
    fresh = entry["fresh"]
    policy = cited(cite(fresh["sources"], file=gates.FILE, key=gates.EXAMINED))
    return "\n".join(
        [
            f"- `{gates.EXAMINED}` ({always}; {unless} unless the plan says that no spot is meant): {entry['do']} "
            f"Where one is suspicious: {entry['refer']} ({_ids(behind)}) {_sources(behind)}",
            f"- `{gates.EXAMINED}`, after {fresh['months']} months: {fresh['do']} ({policy})",
            f"- `{gates.PREMISES}` (where the law of the nation names permitted premises): {premises['do']} "
            f"Where no start is known: {premises['not_yet']}",
        ]
    )


def _ids(behind: Iterable[Fact]) -> str:
    return ", ".join(fact.id for fact in behind)


def _sources(behind: Iterable[Fact]) -> str:
    return cited(backing.sources_of(behind))


def _table(headers: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> str:
    rule = ["---"] * len(headers)
    cells = [[cell.replace("|", "\\|") for cell in line] for line in lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in (headers, rule, *cells))
