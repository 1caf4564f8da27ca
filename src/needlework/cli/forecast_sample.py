"""`needlework forecast sample`: draw from the whole posterior, package the draws, and check the sampler on itself."""

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path

from needlework.cli import documents, executors
from needlework.cli.errors import BadInputError
from needlework.cli.progress import watched
from needlework.cli.tables import paragraph, table
from needlework.forecast.calibration import checking, posterior, sampling
from needlework.forecast.calibration.laplace import Laplace, laplace, posterior_density
from needlework.forecast.calibration.sampling import Chains, Run
from needlework.forecast.model.parameters import parameters

EXAMPLE = "needlework forecast sample --out draws.npz"
FAILED = 1
HEADERS = ("Parameter", "Mean", "Laplace", "SD", "Laplace", "R-hat", "Effective", "Beside Laplace")
LEGEND = "Means and standard deviations in prior units: 0 and 1 are the prior's own. Laplace: the normal approximation."
LEAST_SIMULATIONS = 20
"""Fewer cannot fill ten bins of ranks."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file, the self-check and where chains run."""
    parser.add_argument("--out", metavar="FILE", help="a new file for what was found: draws (.npz) or ranks (.toml)")
    parser.add_argument(
        "--self-check", metavar="N", type=int, help="sample N simulated sets of data instead, and rank the truth"
    )
    executors.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Sample, print how it went, and write the draws if they are good."""
    _refuse(options)
    try:
        with executors.opened(options) as executor:
            return (_checked if options.self_check else _sampled)(options, executor.map)
    except executors.LOST:
        print(executors.KILLED, file=sys.stderr)
        return FAILED


def _refuse(options: argparse.Namespace) -> None:
    if find_spec("mici") is None:
        raise BadInputError("This needs mici. Install it: pip install 'needlework[research]'.")
    if options.self_check is not None and options.self_check < LEAST_SIMULATIONS:
        raise BadInputError(
            f"--self-check is below {LEAST_SIMULATIONS} simulations. Write {LEAST_SIMULATIONS} or more."
        )
    if options.out:
        documents.expect_new("--out", Path(options.out), such_as="draws.npz")


def _watched(spread: Run, count: int, unit: str) -> Run:
    """Return a way to run things with a progress bar where somebody watches."""
    return lambda work, items: watched(spread(work, items), total=count, unit=unit)


def _sampled(options: argparse.Namespace, spread: Run) -> int:
    approximation = laplace()
    chains = sampling.sample(posterior_density, approximation, run=_watched(spread, sampling.CHAINS, "chain"))
    print(_told(chains, approximation))
    if not chains.good:
        print(f"{chains.how}: not good enough, and nothing was written. Sample longer: raise KEPT.")
        return FAILED
    if options.out:
        documents.save(options.out, posterior.packed(approximation.free(chains.draws), chains.how))
        print(f"Wrote {options.out}: {len(chains.draws)} draws.")
    return 0


def _told(chains: Chains, approximation: Laplace) -> str:
    draws = chains.draws
    rows = zip(
        parameters(),
        *(
            [f"{one:.2f}" for one in column]
            for column in (draws.mean(0), approximation.mode, draws.std(0), approximation.sd)
        ),
        [f"{one:.4f}" for one in chains.r_hat],
        [f"{one:.0f}" for one in chains.effective],
        ["differs" if one else "agrees" for one in chains.differs(approximation)],
        strict=True,
    )
    return "\n\n".join([table(HEADERS, list(rows)), paragraph(LEGEND), paragraph(chains.how)])


def _checked(options: argparse.Namespace, spread: Run) -> int:
    ranks = checking.self_check(options.self_check, run=_watched(spread, options.self_check, "simulation"))
    found = checking.as_toml(ranks)
    if options.out:
        documents.save(options.out, found.encode())
    print(found if not options.out else f"Wrote {options.out}: ranks of {options.self_check} simulations.")
    return 0
