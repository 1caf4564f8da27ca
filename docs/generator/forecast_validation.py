"""The page of how the forecast does on studies that it has not seen, from the figures that come with the package."""

from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import groupby
from statistics import fmean

from docs.generator.facts import plain
from needlework.evidence import toml
from needlework.forecast.data.entries import entry
from needlework.forecast.data.vocabulary import BLOCKS
from needlework.forecast.validation import kept, words
from needlework.forecast.validation.fitted import ACNE_LEVELS
from needlework.forecast.validation.release import Tally, tally
from needlework.forecast.validation.scored import HALF, MOST_FROM_PRIORS, NINE_TENTHS, Scored
from needlework.forecast.validation.studies import UNSCORED

HEAD = """# How the forecast does on what it has not seen

Every published number that the model can be asked about is forecast by a model that has not seen the study, and laid
beside what was reported. Studies that were held out are forecast by the draws that come with the package. A fitted
study is forecast by a fit without it, and without anything else from the same publication (the most probable
parameters with Laplace's approximation; the packaged draws are sampled). `needlework forecast validate` computes
everything again; this page shows the figures that come with the package."""
HOW = """## How to read it

- A forecast here is of what *a new study* would report: it holds the spread between studies and the error of the
  study's own mean as well as what the model does not know.
- **Place** is the probability integral transform: 0 where a report lies below the whole forecast, 1 where it lies above
  it; over many reports places should be even between 0 and 1. Counts and bounds leave a range open, and the middle of
  it is taken: no chance decides. A bound or a sign that the forecast gives the probability q so stands at q/2, or at
  1 − q/2: it is a HIT from q = 0.1 on.
- **HIT**: the place is between 0.05 and 0.95, the middle nine tenths of the forecast. **MISS**: it is not. The
  middle half is from 0.25 to 0.75.
- **Score** is the continuous ranked probability score in the unit of the report, smaller is better; of a bound or a
  sign it is the Brier score, (1 − q)². Behind a mean score stands of how many it is the mean.
- *Not counted*: a bound or a sign that the priors alone hold with more than {most} tests nothing that was learnt
  from data. It is shown, and the gate leaves it out.
- One number counts for each study and quantity, so that several looks at the same people do not count as several
  studies: of a series the mean or the last look is taken, as the table says.
- What is assumed of a study stands below the tables. What the fit assumes of a fitted study holds here too: it stands
  with its entry in [published data](data.md)."""
MEANING = """## What this shows and what it does not

- The studies are few, nearly all were read in their abstracts alone, and most have no untreated side. What an abstract
  leaves out is assumed, and the page says what; another assumption could turn a hit into a miss and the other way.
- A hit with a wide band says that the band is honest, not that the forecast is sharp. Most of these bands are wide.
- Studies on one subject share raters, scales and authors, and a few come from the same hands. The interval of the share
  takes them as independent; the true one is wider.
- A bound or a sign says less than a number: the share among numbers alone stands beside the pooled one.
- Where one study alone tells of something (wrinkles in grades, quality of life, laser), a forecast without it is a
  forecast from the prior: a hit there says that the prior is wide enough, and no more.
- Priors are wide, and no study left out is taken out of them: where one names a study (by its entry in
  [published data](data.md)), its order of magnitude came from there, and a fit without the study still has that.
- Collagen in the first two weeks is not validated: people had more of it by day 5 than the model says.
- Nothing here tests a forecast for one person. No study gives the course of single people."""
SIMULATED = """## The sampler on simulated studies

Another question, answered without any published number: do likelihood and sampler belong together? In {simulations}
simulations parameters were drawn from the priors, every study was simulated with them, the posterior was sampled by one
short chain, and each true value was ranked among the draws. If all is right, ranks are even."""
UNEVEN = 0.05
"""Where all is right, so small a share of parameters has ranks that look more uneven than this."""


def pages() -> dict[str, str]:
    """Return the page."""
    checks = kept.checks()
    parts = [
        HEAD,
        *_summary(checks),
        HOW.format(most=words.percent(MOST_FROM_PRIORS)),
        _histogram(checks),
        *_blocks(checks),
        _acne(checks),
    ]
    return {"forecast/validation.md": "\n\n".join([*parts, MEANING, _simulated(), _unscored()])}


def _summary(checks: Sequence[Scored]) -> Iterator[str]:
    missed = [one for one in checks if not one.inside(NINE_TENTHS)]
    yield f"**The release gate.** {words.gated(tally(checks))}"
    yield "\n".join(
        ["| | within nine tenths | 95 % interval | within half |", "|---|---:|---:|---:|", *_shares(checks)]
    )
    yield "\n".join([f"## Misses ({len(missed)} of {len(checks)})", "", *map(_told, missed)])


def _shares(checks: Sequence[Scored]) -> Iterator[str]:
    groups = {
        "all that count": checks,
        "numbers alone": [one for one in checks if one.probability is None],
        "bounds and signs alone": [one for one in checks if one.probability is not None],
        "never fitted": [one for one in checks if not one.refitted],
        "fitted, by a fit without them": [one for one in checks if one.refitted],
        "people needled without energy": [one for one in checks if entry(one.about).of == "microneedling"],
    }
    for name, found in groups.items():
        nine = tally(found)
        low, high = nine.interval
        yield f"| {name} | {_of(nine)} | {words.percent(low)} to {words.percent(high)} | {_of(tally(found, HALF))} |"


def _of(counted: Tally) -> str:
    return f"{counted.inside} of {counted.of}"


def _told(one: Scored) -> str:
    return f"- {_linked(one)}, {plain(one.quantity)}. {words.sentence(one)}"


def _linked(one: Scored) -> str:
    return f"[{one.about}](data.md#{one.about})"


def _histogram(checks: Iterable[Scored]) -> str:
    """Return how many places lie in each tenth, as a row of squares for each."""
    tenths = [min(int(10 * one.place), 9) for one in checks if one.counted]
    rows = (f"{tenth / 10:.1f} to {(tenth + 1) / 10:.1f}  {'█' * tenths.count(tenth)}".rstrip() for tenth in range(10))
    return "\n".join(["## Places", "", "Of all that count; even is best.", "", "```text", *rows, "```"])


def _blocks(checks: Iterable[Scored]) -> Iterator[str]:
    yield "## By subject"
    order = list(BLOCKS)
    by_block = sorted(checks, key=lambda one: order.index(entry(one.about).block))
    for block, found in groupby(by_block, lambda one: entry(one.about).block):
        yield from _block(BLOCKS[block], list(found))


def _block(title: str, checks: Sequence[Scored]) -> Iterator[str]:
    yield f"### {title[:1].upper()}{title[1:]}"
    yield f"{_counted(checks)}\nMean score: {'; '.join(_means(checks))}."
    head = "| study | what | reported | expected | nine in ten within | place | score | nine tenths |"
    yield "\n".join([head, "|---|---|---:|---:|---:|---:|---:|---|", *map(_row, checks)])
    if assumed := [f"- {_linked(one)}, {plain(one.quantity)}: {plain(one.assumed)}" for one in checks if one.assumed]:
        yield "\n".join(["Assumed, as it was not in the abstract:", "", *assumed])


def _counted(checks: Sequence[Scored]) -> str:
    places = ", ".join(f"{one.place:.2f}" for one in checks)
    nine, half = _of(tally(checks)), _of(tally(checks, HALF))
    return f"Of those that count, {nine} lie within nine tenths and {half} within half. All places: {places}."


def _means(checks: Iterable[Scored]) -> Iterator[str]:
    kinds = {one: "bounds and signs" if one.probability is not None else one.unit for one in checks}
    for kind in dict.fromkeys(kinds.values()):
        scores = [one.score for one, its in kinds.items() if its == kind]
        yield f"{kind} {words.number(fmean(scores))} ({len(scores)})"


def _row(one: Scored) -> str:
    cells = [
        f"{_linked(one)}{', left out of the fit' if one.refitted else ', held out'}",
        plain(one.quantity),
        words.reported(one),
        words.expected(one),
        words.banded(one),
        f"{one.place:.2f}",
        words.number(one.score),
        words.verdict(one),
    ]
    return f"| {' | '.join(cells)} |"


def _acne(checks: Iterable[Scored]) -> str:
    """Return the six levels of acne scars, left out one at a time, as they are."""
    levels = [one for one in checks if one.about in ACNE_LEVELS]
    found = f"{_of(tally(levels))} lie within nine tenths and {_of(tally(levels, HALF))} within half."
    return "\n".join(["## The six levels of acne scars, each left out in turn", "", found, "", *map(_told, levels)])


def _simulated() -> str:
    """Return what simulation-based calibration found of the sampler."""
    found = toml.read(files("needlework.forecast") / "data" / "sbc.toml")
    each = found["parameters"]
    uneven = [f"`{name}` (p = {one['uniform_p']:g})" for name, one in each.items() if one["uniform_p"] < UNEVEN]
    wide = [one["spread"] for one in each.values()]
    told = (
        f"Of {len(each)} parameters {len(uneven)} look uneven with p below {UNEVEN:g}, where chance alone makes about "
        f"{UNEVEN * len(each):.0f}: {', '.join(uneven) or 'none'}. The ranks' normal scores spread by {min(wide):g} to "
        f"{max(wide):g} of what even ones do, {fmean(wide):.2f} on average: 1 is right, and above 1 draws spread too "
        "little (variances 30 % too small give about 1.4). So few simulations find gross faults alone."
    )
    return "\n\n".join([SIMULATED.format(simulations=found["simulations"]), told])


def _unscored() -> str:
    lines = (f"- [{name}](data.md#{name}): {plain(why)}" for name, why in UNSCORED.items())
    return "\n".join(["## Not scored", "", "Fitted or held out, and beyond the model.", "", *lines])
