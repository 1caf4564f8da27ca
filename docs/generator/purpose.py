"""The pages of the intended purpose, the claims and the hazard log."""

from collections.abc import Iterable

from needlework.clinical import purpose
from needlework.clinical.purpose import Hazard, Line, ProductClaim

JUDGEMENT = """# Hazard log

What could harm somebody through this software, and what holds it. Severity and likelihood are of what remains with the
controls in place. **They are this team's judgement: a clinical safety officer must confirm them before live use. Nobody
has yet.** Each test named here exists; a hazard that no test can hold yet says so."""

REGISTER = """# Claims

Every claim that the product makes about itself, and what it rests on. Whoever is named must check it before live use:
nobody has yet. A test reads the README, the documents and the help of the commands for words that would claim more."""


def pages() -> dict[str, str]:
    """Return the pages."""
    return {
        "intended-purpose.md": _purpose(),
        "claims.md": "\n\n".join([REGISTER, *map(_claim, purpose.claims().values())]),
        "hazard-log.md": "\n\n".join([JUDGEMENT, _overview(), *map(_hazard, purpose.hazards().values())]),
    }


def _purpose() -> str:
    found = purpose.purpose()
    parts = [
        "# Intended purpose",
        f"Dated {found.dated}. **{found.confirmed_by}**",
        f"## It is for\n\n{_list(found.is_for)}",
        f"## It is not for\n\n{_list(found.is_not_for)}",
        f"## Who decides\n\n{found.decides}",
        "## Who uses it\n\n" + _list(f"**{user.who}**: {user.does}" for user in found.users),
        f"## Where\n\n{', '.join(found.nations)}. {found.nations_note}",
        "## What would make it a medical device, and how it is kept out",
        *map(_line, found.lines),
    ]
    return "\n\n".join(parts)


def _line(line: Line) -> str:
    missing = f"\n\nOpen: {line.open}" if line.open else ""
    return f"### {line.feature}\n\n{line.why}\n\nKept out: {line.kept_out}{_held(line.tests)}{missing}"


def _claim(one: ProductClaim) -> str:
    rows = [f"- said in: {', '.join(map(_page, one.said_in))}", f"- to be checked by: {one.checked_by}"]
    rows += [f"- rests on: {', '.join(map(_page, one.pages))}"] if one.pages else []
    rows += [f"- limits: {one.limits}"] if one.limits else []
    return f"## {one.claim}\n\n" + "\n".join(rows) + _held(one.tests)


def _overview() -> str:
    head = ["| hazard | severity | likelihood | tests | |", "|---|---|---|---|---|"]
    return "\n".join([*head, *map(_row, purpose.hazards().values())])


def _row(one: Hazard) -> str:
    return f"| {one.hazard} | {one.severity} | {one.likelihood} | {len(one.tests)} | {'open' if one.open else ''} |"


def _hazard(one: Hazard) -> str:
    number = f" ({one.number})" if one.number else ""
    rows = [
        f"- cause: {one.cause}",
        f"- harm: {one.harm}",
        f"- severity: {one.severity}; likelihood: {one.likelihood} (to be confirmed)",
        *(f"- control: {control}" for control in one.controls),
        *([f"- **open**: {one.open}"] if one.open else []),
    ]
    return (
        f"## {one.id.replace('_', ' ').capitalize()}{number}\n\n{one.hazard}\n\n" + "\n".join(rows) + _held(one.tests)
    )


def _held(tests: tuple[str, ...]) -> str:
    return "\n\nHeld by:\n\n" + _list(map(_test, tests)) if tests else ""


def _test(held: str) -> str:
    path, _, name = held.partition("::")
    return f"[`{name}`](../../{path})"


def _page(path: str) -> str:
    return f"[{path}](../../{path})"


def _list(entries: Iterable[str]) -> str:
    return "\n".join(f"- {entry}" for entry in entries)
