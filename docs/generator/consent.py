"""The page of everything a consent text may say, to whom, and what each sentence was read in."""

from collections.abc import Iterator

from docs.generator.cited import cited
from needlework.clinical import safety_net
from needlework.clinical.consent_content.proposed import cleared
from needlework.clinical.consent_content.wordings import CIRCUMSTANCES, Wording, book
from needlework.clinical.rule_set import VERSION
from needlework.evidence.zones import zones

HEAD = """# What a consent text says

Rule set {version}. Every statement that a patient may be shown before saying yes, in the words that the patient reads,
with what each was read in. A text is put together for one plan from the statements that are for it, in this order; no
practitioner chooses which risks to leave out. Each text has a version made of the rule set's and of a digest of exactly
what is shown, so that another word, order or source is another version, and two texts can be compared line by line. The
text is stored whole: an old consent reads as it was signed.

What the law asks for: the risks that matter to a person in this patient's place, and the choices, doing nothing
included ([Montgomery](http://www.bailii.org/uk/cases/UKSC/2015/11.html)). A text does not replace the talk.

{hours} hours to think is what a committee of Members of Parliament asked for in 2022; no law sets it.

*Seen*: every source is a publication that was read. *Partial*: part of it is policy of this rule set, or a search that
found nothing. *Unverified*: all of it is. Nothing here is from memory. Radiofrequency is not covered: no text is made.
"""


def pages() -> dict[str, str]:
    """Return the page."""
    kept = book()
    parts = [HEAD.format(version=VERSION, hours=kept.reflection_hours)]
    for key, title in kept.sections.items():
        parts += [f"## {title}\n", *(_statement(one) for one in kept.statements if one.section == key)]
        parts += _net() if key == "help" else []
    return {"rules/consent.md": "\n".join([*parts, _questions(), _cleared(), _circumstances()])}


def _statement(one: Wording) -> str:
    lines = [f"### {one.id}\n", f"> {one.text}", *_often(one), "", *_details(one)]
    return "\n".join(lines) + "\n"


def _often(one: Wording) -> Iterator[str]:
    if one.frequency:
        yield f">\n> {one.frequency}"
    if one.rates:
        yield ">"
    for rate in one.rates:
        yield f"> - {rate.text}"


def _details(one: Wording) -> Iterator[str]:
    yield f"- For: {_whom(one)}"
    if one.text_before:
        yield f"- Until the law holds: “{one.text_before}”"
    yield f"- Read in ({one.verified}): {cited(one.sources)}"
    for rate in one.rates:
        yield f"- “{rate.text}” {cited(rate.sources)}"


def _whom(one: Wording) -> str:
    lists = {
        "concern": one.only_concerns,
        "zone": _zones(one.only_zones),
        "skin type": one.only_skin_types,
        "device": one.only_devices,
        "nation": one.only_nations,
        "numbing": one.only_numbing,
        "circumstances": one.when,
        "law": (one.provision,) if one.provision else (),
    }
    told = [f"{name} {', '.join(words)}" for name, words in lists.items() if words]
    if one.from_depth_mm is not None:
        told.append(f"{one.from_depth_mm:g} mm or deeper")
    return "; ".join(told) or "everybody"


def _zones(names: tuple[str, ...]) -> tuple[str, ...]:
    return ("face",) if names == zones().groups["face"] else names


def _net() -> list[str]:
    lines = [f"- **{line.do}:** {line.when}" for line in safety_net.lines()]
    return ["### The safety net\n", "Always whole, in this order.\n", *lines, ""]


def _questions() -> str:
    lines = [f"- {one.text}" for one in book().questions]
    told = "Asked in the talk and answered in the patient's own words. Nothing is scored, and nothing blocks."
    return "\n".join(["## Questions for understanding\n", told, "", *lines, ""])


def _cleared() -> str:
    lines = [f"- {name}: {one.words}. {cited(one.sources)}" for name, one in cleared().items()]
    told = "What the regulator there cleared each device for. It is no law in the United Kingdom, and it is not proof."
    return "\n".join(["## Cleared in the United States\n", told, "", *lines, ""])


def _circumstances() -> str:
    lines = [f"- `{name}`: {told}" for name, told in CIRCUMSTANCES.items()]
    return "\n".join(["## Circumstances\n", *lines])
