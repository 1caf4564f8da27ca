"""The pages of the evidence: every fact by topic, every source, every conflict, and the law of each nation."""

import math
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from docs.generator.cited import cited
from needlework.clinical.catalogue import Use, entry, used_by
from needlework.evidence.conflicts import Conflict, conflicts, conflicts_of
from needlework.evidence.facts import Fact, facts
from needlework.evidence.nations import NATIONS, Provision, law, premises
from needlework.evidence.sources import STRENGTHS, Source, sources

MARKUP = re.compile(r"([\\`*_\[\]<])")
HOW = """Each fact is a paraphrase of what was read in its source, never a quotation. "Read in the primary source": the
originator itself. "Second-hand": somebody quoting it, a copy, or something worked out here. A fact from memory was
never checked and is never shown to a patient. Facts in conflict are all kept; see [conflicts](conflicts.md)."""
SOURCES = """# Sources

Every publication that a fact, a rule, a sign or a law leans on, by how strong it is, strongest first. `memory` was
never checked and `policy` was decided by this rule set: no publication stands behind either. Where one publication was
read at two addresses, the second says "same as": it is counted once."""
CONFLICTS = """# Conflicts

Facts that do not agree, side by side, and what the rule set does about each. None was left out for disagreeing."""
LAW = """# Law

What the law of each nation says about a plan, as read on 22 November 2026. It is told beside a decision and is never a
decision itself; it is no legal advice. Radiofrequency, a prescribed anaesthetic and intimate areas count as deep at any
depth."""


def pages() -> dict[str, str]:
    """Return one page for each topic, and those of sources, conflicts and law."""
    topics = dict.fromkeys(fact.topic for fact in facts().values())
    by_topic = {f"evidence/{topic}.md": _topic(topic) for topic in topics}
    return by_topic | {
        "evidence/sources.md": _sources(),
        "evidence/conflicts.md": "\n\n".join([CONFLICTS, *map(_conflict, conflicts().values())]),
        "evidence/law.md": "\n\n".join([LAW, *chain.from_iterable(map(_nation, NATIONS)), _premises()]),
    }


def plain(text: str) -> str:
    """Return a text in which nothing is markup."""
    return MARKUP.sub(r"\\\1", text)


def _topic(topic: str) -> str:
    found = [fact for fact in facts().values() if fact.topic == topic]
    weak = sum(not fact.verified for fact in found)
    count = f"{len(found)} fact{'s' * (len(found) != 1)}, {weak or 'none'} of them from memory."
    title = f"# Facts: {topic.replace('-', ' ')}"
    return "\n\n".join([title, count, HOW, *map(_fact, found)])


def _fact(fact: Fact) -> str:
    lines = [
        *([f"Value: {_number(fact.value)} {fact.unit or ''}".rstrip()] if fact.value is not None else []),
        *([f"Range: {_range(fact)}"] if fact.range else []),
        f"About: {plain(fact.applies_to)}",
        f"Strength: {fact.strength} ({STRENGTHS[fact.strength_class]})",
        f"Read: {_read(fact)}",
        f"Source: {cited([fact.source])}",
        *([f"Note: {plain(fact.note)}"] if fact.note else []),
        *(
            [f"In conflict: {', '.join(_to_conflict(one) for one in conflicts_of(fact.id))}"]
            * bool(conflicts_of(fact.id))
        ),
        f"Used in: {_uses(used_by(fact.id))}",
        f"Review by: {entry(fact.id).review_by}",
    ]
    return "\n".join([f"## {fact.id}", "", plain(fact.statement), "", *(f"- {line}" for line in lines)])


def _number(value: float | str | None) -> str:
    return f"{value:.12g}" if isinstance(value, int | float) else str(value)


def _range(fact: Fact) -> str:
    least, most = fact.range or (0, 0)
    ends = f"{_number(least)} and more" if math.isinf(most) else f"{_number(least)} to {_number(most)}"
    if least == most:
        ends = _number(least)
    return f"{ends} {fact.range_unit} ({fact.range_of})" if fact.range_of else f"{ends} {fact.unit}"


def _read(fact: Fact) -> str:
    if not fact.verified:
        return "**never: from memory, not for patients**"
    where = "in the primary source" if fact.primary_read else "second-hand"
    return f"{where}, by way of {plain(fact.read_via)}" if fact.read_via else where


def _to_conflict(one: Conflict) -> str:
    return f"[{one.id}](conflicts.md#{one.id})"


def _to_fact(fact: Fact) -> str:
    return f"[{fact.id}]({fact.topic}.md#{fact.id.lower()})"


def _uses(uses: Iterable[Use]) -> str:
    return "; ".join(f"`{use.file}` {plain(use.entry)}" for use in uses) or "no rule names it"


def _conflict(one: Conflict) -> str:
    told = [f"- {_to_fact(fact)}: {plain(fact.statement)}" for fact in (facts()[named] for named in one.facts)]
    return "\n".join([f"## {one.id}", "", plain(one.about), "", *told, "", f"**Here:** {plain(one.handled)}"])


def _sources() -> str:
    groups = (
        (words, [one for one in sources().values() if one.strength_class == strength])
        for strength, words in STRENGTHS.items()
    )
    return "\n\n".join([SOURCES, *(_strength(words, found) for words, found in groups if found)])


def _strength(words: str, found: list[Source]) -> str:
    head = ["| id | source | facts | used in |", "|---|---|---|---|"]
    return "\n".join([f"## {words[:1].upper()}{words[1:]}", "", *head, *map(_source, found)])


def _source(source: Source) -> str:
    read = ", ".join(_to_fact(fact) for fact in facts().values() if fact.source is source) or "–"
    uses = "; ".join(f"{file}: {', '.join(found)}" for file, found in _by_file(used_by(source.id))) or "–"
    same = f" (same as `{source.same_as}`)" if source.same_as else ""
    return f"| `{source.id}`{same} | {cited([source]).replace('|', '/')} | {read} | {uses} |"


def _by_file(uses: Iterable[Use]) -> Iterator[tuple[str, list[str]]]:
    grouped: dict[str, list[str]] = {}
    for use in uses:
        grouped.setdefault(use.file, []).append(plain(use.entry))
    return ((f"`{file}`", found) for file, found in grouped.items())


def _nation(nation: str) -> list[str]:
    return [f"## {nation}", *map(_provision, law(nation, depth_mm=None))]


def _provision(one: Provision) -> str:
    lines = [
        f"Holds: {_holds(one)}",
        f"In force: {f'from {one.in_force}' if one.in_force else 'no date'}",
        *([f"Until then: {plain(one.text_before)}"] if one.text_before else []),
        *([f"Permitted premises: {', '.join(one.permitted_premises)}"] if one.permitted_premises else []),
        *(
            ["Every clinic is asked for this licence from that day on, or for its regulator's registration instead."]
            if one.licence
            else []
        ),
        f"Confidence: {one.confidence}",
        f"Sources: {cited(one.sources)}",
        f"Review by: {one.review_by}",
    ]
    return "\n".join([f"### {one.id}", "", plain(one.text), "", *(f"- {line}" for line in lines)])


def _holds(one: Provision) -> str:
    if one.depth_from_mm is not None:
        return f"at {one.depth_from_mm:g} mm or deeper"
    return f"below {one.depth_below_mm:g} mm" if one.depth_below_mm is not None else "at any depth"


def _premises() -> str:
    return "\n".join(["## Kinds of premises", "", *(f"- `{one}`" for one in premises())])
