"""The page of aftercare: each instruction with its range and what each source says, and the expected course by day."""

from collections.abc import Iterable
from datetime import UTC, datetime

from docs.generator.cited import cited
from docs.generator.holding import specs
from needlework.clinical.aftercare.expected import days, expected
from needlework.clinical.aftercare.instructions import POLICY, Extra, Instruction, rules
from needlework.clinical.aftercare.session import When
from needlework.clinical.signs import signs
from needlework.evidence.facts import facts
from needlework.evidence.sources import Source

SPECS = {
    "Each instruction": "instructions",
    "What depends on the session": "conditions",
    "Moments": "dates",
    "The days": "expected_days",
}
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
INTRODUCTION = """# Aftercare and what to expect

What `needlework aftercare` says after a session. Each instruction becomes moments, counted in hours from the end of the
session in the offset that it ended in; no time zone is looked up. Where sources disagree the cautious end is the
default, the whole range is shown, and a clinic may choose within it; its choice stands in the answer. A fact from
memory is never used. Where no source was found, the entry says so to the patient.

Not here, because nothing that was read says it: drinking alcohol after a session, shaving by name, when to go back to
work.
"""


def pages() -> dict[str, str]:
    """Return the page."""
    instructions = [_instruction(one) for one in rules().instructions.values()]
    used = ", ".join(f"`{word}` ({label})" for word, label in rules().used.items())
    parts = [
        INTRODUCTION,
        f"What may be named as used: {used}.\n",
        "## Instructions\n",
        *instructions,
        _expected(),
        _specs(),
    ]
    return {"rules/aftercare.md": "\n".join(parts)}


def _instruction(one: Instruction) -> str:
    lines = [f"### {one.id}", "", f"**{one.do.capitalize()}.** {one.text}", "", f"Why: {one.why}"]
    lines += _when(one)
    if one.conflict:
        lines += ["", f"Conflict: {one.conflict}"]
    lines += ["", _hours(one)] + ([f"It begins after `{one.after}`."] if one.after else [])
    lines += ["", "| fact | hours | says | source |", "|---|---|---|---|", *_rows(one)]
    lines += [line for extra in one.extras for line in ("", _extra(extra))]
    return "\n".join([*lines, ""])


def _hours(one: Instruction) -> str:
    if one.sign:
        return (
            f"From {one.sign.onset_from_hours:g} to {one.sign.onset_to_hours:g} hours: the window of `{one.sign.id}`."
        )
    if one.default is None:
        return "No hours to choose."
    return f"Default {one.default} hours; may be chosen from {one.range[0]} to {one.range[1]}."


def _when(one: Instruction) -> list[str]:
    return ["", f"Only for: {'; or '.join(_condition(when) for when in one.when)}."] if one.when else []


def _condition(when: When) -> str:
    named = {
        "zones": when.only_zones,
        "concern": when.only_concerns,
        "skin type": when.only_skin_types,
        "used": when.only_used,
    }
    parts = [f"{word} {', '.join(values)}" for word, values in named.items() if values]
    deep = [f"a depth of {when.from_depth_mm:g} mm or more"] if when.from_depth_mm else []
    return " and ".join(parts + deep)


def _rows(one: Instruction) -> list[str]:
    rows = [_row(fact, one) for fact in one.facts]
    told = {facts()[fact].source for fact in one.facts}
    rest = [source for source in one.sources if source not in told]
    return rows + [
        f"| – | {_ends(one, source.id) if source.id == POLICY else ''} | – | {cited([source])} |" for source in rest
    ]


def _row(fact: str, one: Instruction) -> str:
    known = facts()[fact]
    return f"| {fact} | {_ends(one, fact)} | {known.statement} | {cited([known.source])} |"


def _ends(one: Instruction, name: str) -> str:
    if name not in one.says:
        return ""
    least, most = one.says[name]
    return f"{least}" if least == most else f"{least} to {most}"


def _extra(extra: Extra) -> str:
    least = f" At least {extra.at_least} hours." if extra.at_least else ""
    least += f" Default {extra.default} hours." if extra.default else ""
    named = "; ".join([*extra.facts, *(cited([source]) for source in _others(extra.facts, extra.sources))])
    where = _condition(extra.when)
    return f"- {f'For {where}' if where else 'Always'}: {f'{extra.text} {extra.why}'.strip()}{least} ({named})"


def _others(named: Iterable[str], sources: Iterable[Source]) -> list[Source]:
    told = {facts()[fact].source for fact in named}
    return [source for source in sources if source not in told]


def _expected() -> str:
    lines = ["## What is expected", "", "| sign | hours | still expected until | facts |", "|---|---|---|---|"]
    for one in expected().reactions:
        window = f"{one.from_hours:g} to {one.usual_until_hours:g}"
        lines.append(f"| {signs()[one.sign].label} | {window} | {one.until_hours:g} | {', '.join(one.facts)} |")
    lines += ["", "Once a sign should be gone, the patient is asked to tell us if it is still there.", ""]
    lines += ["What a patient reads after a session that ended at noon:", "", "| day | text | facts |", "|---|---|---|"]
    opened = {day: stretch for stretch in expected().stretches for day in stretch.days}
    lines += [f"| {one.day} | {one.text} | {', '.join(opened[one.day].facts)} |" for one in days(NOON)]
    return "\n".join(lines)


def _specs() -> str:
    lists = [f"### {title}\n\n{specs(f'aftercare/test_{file}.py')}\n" for title, file in SPECS.items()]
    return "\n".join(["", "## Specs", "", *lists])
