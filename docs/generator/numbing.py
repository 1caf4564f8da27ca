"""The page of numbing creams: limits, who must not have them, what to do, and what may be sent."""

from inspect import cleandoc

from docs.generator.cited import cited
from docs.generator.holding import specs
from needlework.clinical import numbing
from needlework.clinical.backing import rule_table
from needlework.clinical.numbing import creams

INTRODUCTION = """# Numbing

What `needlework numbing` checks: the mass in g, the area in cm2, the g for each 10 cm2 and the minutes of a numbing
cream, each `within`, `under`, `too-short` or `over`. A value at its limit is within. Between moments the time is exact,
whatever their offsets. Each product is held to its own limits of time; all of them are ready from the latest
`ready_from` on, and off by the earliest `remove_by`.

How the whole stands is the worst that holds:

- `must-not`: an answer names somebody who must not have one of the products (`barred`).
- `over`, `too-short`: one of the checks is.
- `not-checked`: for one of the products no limits were read, so nothing here is leave to use them.
- `under`, `within`: everything was checked."""


def pages() -> dict[str, str]:
    """Return the page."""
    return {"rules/numbing.md": "\n\n".join([INTRODUCTION, *_parts()])}


def _parts() -> list[str]:
    sent = cleandoc(numbing.__doc__ or "").split("\n\n", 1)[1]
    supply = creams.supply()
    return [
        *(part for product in numbing.products().values() for part in _product(product)),
        "## Two products, and near the eyes",
        "\n".join(_note(creams.note(key)) for key in ("together", "near_eyes")),
        "## What to do",
        _do(),
        f"Behind an excess: {cited(creams.harm())}",
        "## Supply",
        f"{supply.text} {cited(supply.sources)}",
        "## What may be sent",
        sent,
        "## Specs",
        *(specs(f"numbing/test_{name}.py") for name in ("emla", "lmx4", "any_cream", "whole")),
    ]


def _product(product: creams.Product) -> list[str]:
    bars = "\n".join(f"- `{one.rule}`: {one.text} {cited(one.sources)}" for one in product.must_not)
    notes = "\n".join(map(_note, product.notes))
    return [f"## {product.name}", product.label, _limits(product), "Who must not have it:", bars, "Beside:", notes]


def _limits(product: creams.Product) -> str:
    limits, sources = product.limits, product.sources
    if limits is None:
        return "Known and not checked: no limits were read for it."
    least, most = limits.dose_g_per_10_cm2
    rate = f"{least:g}" if least == most else f"{least:g} to {most:g}"
    small = f", or up to {limits.small_mass_g:g} g for a small procedure" if limits.small_mass_g else ""
    return "\n".join(
        [
            f"- Dose: {rate} g for each 10 cm2{small}. {cited(sources['dose'])}",
            f"- Mass: at most {limits.max_mass_g:g} g. {cited(sources['mass'])}",
            f"- Area: at most {limits.max_area_cm2:g} cm2. {cited(sources['area'])}",
            f"- Time: {limits.least_minutes:g} to {limits.most_minutes:g} minutes. {cited(sources['time'])}",
        ]
    )


def _note(note: creams.Note) -> str:
    return f"- {note.text} {cited(note.sources)}"


def _do() -> str:
    whole = rule_table(creams.FILE)["do"]
    return "\n".join(f"- {check}, {word}: {text}" for check, words in whole.items() for word, text in words.items())
