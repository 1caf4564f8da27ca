"""The page of scales: levels, direction and licence of each, and those that are not reproduced."""

from collections.abc import Iterator

from docs.generator.cited import cited
from needlework.clinical.grading import LICENCES, Item, Scale, scales_by_id

HEAD = """# Scales

How a finding is graded, and in which direction. A score is kept with its scale, its version and which way is better;
scores of different scales, versions or directions are never compared. That a score changed does not say that the change
is larger than the difference between two raters, or between two days.

Levels stand here in our own words. Where no licence statement was read, the page says so: a clinic checks before it
relies on the scale. Nothing here is a photograph or an item of an instrument whose owner asks for a licence.
"""
NOT_FOUND = """## Not found

SCI-Q: no scale of this name that has to do with skin was found, so it is left out. Scores whose weights or levels
are known to us from memory alone are not computed; neither is the Atwal striae score.
"""
TITLES = {
    "graded": "Graded here",
    "stored": "Kept as a score, not reproduced",
    "described": "Named, not computed",
}
DIRECTIONS = {
    "lower": "Lower is better.",
    "higher": "Higher is better.",
    "none": "It describes skin and has no better or worse; it is not an outcome.",
    "stated": "Which way is better depends on the version, and is stated with each score.",
}


def pages() -> dict[str, str]:
    """Return the page."""
    parts = [HEAD, *(f"- Licence, {name}: {told}." for name, told in LICENCES.items()), ""]
    for use, title in TITLES.items():
        parts += [f"## {title}\n", *(_scale(one) for one in scales_by_id().values() if one.use == use)]
    return {"rules/grading.md": "\n".join([*parts, NOT_FOUND])}


def _scale(one: Scale) -> str:
    return "\n".join([f"### {one.name}\n", *_about(one), "", *_items(one)]) + "\n"


def _about(one: Scale) -> Iterator[str]:
    yield f"- `{one.id}`: {one.of}, rated by {' or '.join(one.rated_by)}"
    yield f"- Direction: {DIRECTIONS[one.better]}{_range(one)}"
    if one.concerns:
        yield f"- Concerns: {', '.join(one.concerns)}"
    yield f"- Licence, {one.licence}: {one.licence_says} {cited(one.licence_sources)}".rstrip()
    if one.obtained_from:
        yield f"- Where a clinic gets it: {one.obtained_from}"
    yield f"- Read in: {cited(one.sources)}"


def _range(one: Scale) -> str:
    if one.range is None:
        return " Its range was not read." if one.use == "stored" else ""
    exact = f", to {one.decimals} decimal place" if one.decimals else ""
    return f" From {one.range[0]:g} to {one.range[1]:g}{exact}."


def _items(one: Scale) -> Iterator[str]:
    if one.regions is not None:
        weights = ", ".join(f"{region} {weight:g}" for region, weight in one.regions.items())
        yield f"Score: over the regions ({weights}), weight × area × the sum of the other items.\n"
    for item in one.items:
        yield f"**{item.name}** ({item.least} to {item.most})\n"
        yield from _levels(item)


def _levels(item: Item) -> Iterator[str]:
    words = item.levels or item.ends
    steps = range(item.least, item.most + 1) if item.levels else (item.least, item.most)
    for step, told in zip(steps, words, strict=False):
        yield f"- {step}: {told}"
    yield "" if words else "The words of the steps were not read.\n"
