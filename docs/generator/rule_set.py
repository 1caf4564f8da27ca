"""The page of changes: what differs between this version of the rules and the one before."""

from itertools import groupby

from needlework.clinical import rule_set
from needlework.clinical.differences import counts, difference

INTRODUCTION = """# Changes of the rules

{standing}

Dated {dated}. {read_by}

A decision keeps the version and the digest of the rules that it was made with. How a version is made, signed and
changed by a clinic stands in [The rules of care](../../explanation/the-rules.md)."""


def pages() -> dict[str, str]:
    """Return the page."""
    now, before = rule_set.current(), rule_set.previous()
    head = INTRODUCTION.format(standing=rule_set.standing(now), dated=now.dated, read_by=rule_set.read_by())
    body = _since(before, now) if before else _first(now)
    return {"rules/changes.md": f"{head}\n\n## {now.version}\n\n{body}"}


def _first(now: rule_set.RuleSet) -> str:
    rows = [f"| {name} | {number} |" for name, number in counts(now.documents).items()]
    return "\n".join(["The first version: everything is new.", "", "| file | entries |", "|---|---|", *rows])


def _since(before: rule_set.RuleSet, now: rule_set.RuleSet) -> str:
    lines = (line.split(": ", 1) for line in difference(before.documents, now.documents))
    parts = [f"What differs from {before.version}, of {before.dated}."]
    for file, changes in groupby(lines, key=lambda line: line[0]):
        parts += [f"### {file}", "\n".join(f"- {change}" for _, change in changes)]
    return "\n\n".join(parts)
