"""`needlework forecast fit`: fit the model to the published numbers again, quickly, and show what they say."""

import argparse
import json
from typing import Any

import numpy as np

from needlework.cli.tables import paragraph, table
from needlework.forecast.calibration.laplace import Laplace, laplace
from needlework.forecast.data.entries import digest
from needlework.forecast.model.parameters import Floats, parameters, values
from needlework.forecast.model.spread import NINE_TENTHS

EXAMPLE = "needlework forecast fit"
HEADERS = ("Parameter", "", "Unit", "Most probable", "9 in 10 lie within", "Before the data", "Learnt")
LEGEND = (
    "Most probable: the mode of the posterior; bands by its curvature there (Laplace). Learnt: 1 − variance after / "
    "variance before; near 0 the data say nothing and the band is that of the prior."
)

Answer = dict[str, Any]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `--json`."""
    parser.add_argument("--json", action="store_true", help="write one JSON document, for machines")


def run(options: argparse.Namespace) -> int:
    """Fit and print."""
    found = answer(laplace())
    print(json.dumps(found, indent=2) if options.json else _told(found))
    return 0


def answer(fit: Laplace) -> Answer:
    """Return a fit in the parameters' own units."""
    half = NINE_TENTHS * np.sqrt(1 - fit.contraction)
    after = _in_units(fit.free(np.array([fit.mode, fit.mode - half, fit.mode + half])))
    before = _in_units(fit.free(NINE_TENTHS * np.outer([-1, 1], np.ones(len(half)))))
    found = {
        name: {
            "symbol": one.symbol,
            "unit": one.unit,
            "most_probable": after[0, column],
            "band_90": list(after[1:, column]),
            "prior_band_90": list(before[:, column]),
            "contraction": float(fit.contraction[column]),
        }
        for column, (name, one) in enumerate(parameters().items())
    }
    return {"digest": digest(), "directions": {"constrained": fit.constrained, "all": len(half)}, "parameters": found}


def _in_units(free: Floats) -> Floats:
    return np.array(list(values(free).values())).T


def _told(found: Answer) -> str:
    rows = [
        (
            name,
            one["symbol"],
            one["unit"],
            f"{one['most_probable']:.3g}",
            *map(_band, (one["band_90"], one["prior_band_90"])),
            f"{one['contraction']:.2f}",
        )
        for name, one in found["parameters"].items()
    ]
    told = "The data constrain {constrained} of {all} directions: they at least double what the priors know of them."
    return "\n\n".join([table(HEADERS, rows), paragraph(LEGEND), told.format(**found["directions"])])


def _band(ends: list[float]) -> str:
    low, high = ends
    return f"{low:.3g} to {high:.3g}"
