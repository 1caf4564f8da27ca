"""The page of what the model does not know: every parameter with its prior, why, and what the data made of it."""

import numpy as np

from docs.generator.facts import plain
from needlework.forecast.calibration.posterior import posterior
from needlework.forecast.expecting.bands import quantiles
from needlework.forecast.model.parameters import SCALES, Floats, Parameter, parameters
from needlework.forecast.model.spread import NINE_TENTHS

HEAD = """# Parameters of the forecast

Every unknown of [the model](../../explanation/what-to-expect.md): its unit, what it is, the prior and where that comes
from, and what the published numbers made of it. Nine in ten values lie between the ends that are told.

*Learnt* is 1 − variance after / variance before, on the scale on which the prior is normal: 0 says that the data are
silent and the prior alone speaks, 1 that it is known. Below 0.1 is marked: **the prior alone**.

Where a prior names an entry that is fitted too, only the order of magnitude was taken from it; that is why the priors
are wide."""
SILENT = 0.1
"""Of the variance: less than this learnt, and the prior alone speaks."""


def pages() -> dict[str, str]:
    """Return the page."""
    found = posterior()
    told = [_section(one, found.free[:, column]) for column, one in enumerate(parameters().values())]
    return {"forecast/parameters.md": "\n\n".join([HEAD, f"The draws: {found.how}.", *told])}


def _section(one: Parameter, free: Floats) -> str:
    learnt = 1 - free.var() / one.spread**2
    before = one.centre + one.spread * NINE_TENTHS * np.array([-1.0, 0.0, 1.0])
    lines = [
        f"Before the data: {_told(one, before)}",
        f"After: {_told(one, quantiles(free[None])[0][[0, 2, 4]])}",
        f"Learnt: {max(learnt, 0.0):.2f}{', **the prior alone**' if learnt < SILENT else ''}",
        f"Why this prior: {plain(one.why)}",
        *([f"Read of: {', '.join(f'[{key}](data.md#{key})' for key in one.entries)}"] if one.entries else []),
    ]
    head = f"## {one.name}\n\n`{one.symbol}`, {plain(one.unit)}: {plain(one.what)}."
    return "\n".join([head, "", *(f"- {line}" for line in lines)])


def _told(one: Parameter, free: Floats) -> str:
    low, middle, high = SCALES[one.scale][1](free)
    return f"{middle:.3g} ({low:.3g} to {high:.3g})"
