"""Fits the library's priors on persons and seeds that no row of the table uses, and writes `priors.toml`.

`python -m bench.imaging.calibrate` measures unchanged visits with one and with two shots, and changes that were put in,
prints how the changes lie against the errors that the fit gives them, and writes the fit to where the product reads it.
Stretch marks are rendered: there are no free photographs of them. Two single shots of real skin have less in common
than simulated ones, which no cross-shot power makes up for: with one shot, the error is at least what real pairs show.
"""

import argparse
import math
import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import repeat
from pathlib import Path

import cv2
import numpy as np
from scipy import stats

from bench.imaging import bodies
from bench.imaging.cases import Answered, Case, answered, as_it_is, smiled
from bench.imaging.fitting import (
    LASTING,
    STANDARD_DEVIATIONS,
    Seen,
    by,
    fitted,
    gain,
    most_likely_sd,
    scatters,
    with_persons,
)
from bench.imaging.nuisances import CALIBRATION
from bench.imaging.people import TONE_GROUPS, calibration
from bench.imaging.rows import inserted
from needlework.imaging import ALGORITHM
from needlework.imaging.change import priors
from needlework.imaging.change.priors import Prior, without_side
from needlework.imaging.change.verdicts import Asked
from needlework.imaging.measures.estimate import Estimate, Unmeasured

CONTROL = "forehead"
"""Redness and tone are fitted against it, without a sticker."""
COLOURS = ("redness", "tone")
"""Fitted with a sticker too; the others do not gain by one, and it may cover skin."""
LIKE = {"striae": "scars", "redness": "redness-relative", "tone": "tone-relative"}
"""What no real pair shows, or no change is put in of, errs as this does there."""
PATCHES = 40
"""Rendered bodies, for stretch marks."""
BEYOND = (1.96, 2.6, 3.3)
"""Standard errors; normal deviates lie beyond in 5, 0.9 and 0.1 of a hundred."""
NOTHING = Estimate(0.0, (0.0,), (0.0,))
"""What changed in skin that did not change."""
Fit = dict[str, dict[str, Prior]]
"""Measure → zone → prior."""


def main() -> None:
    """Measure, fit, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.imaging.calibrate", description=__doc__)
    parser.add_argument("--draws", type=int, default=4, metavar="N", help="pairs of visits per person")
    parser.add_argument("--processes", type=int, default=os.cpu_count(), metavar="N", help="how many work at a time")
    chosen = parser.parse_args()
    with ProcessPoolExecutor(chosen.processes, initializer=cv2.setNumThreads, initargs=(1,)) as pool:
        found = seen(pool.map(answered, cases(chosen.draws)))
        found[bodies.MEASURE] = marks(pool.map(bodies.measured, patches()))
        real, put_in = seen(pool.map(smiled, smiles())), changes(pool)
    own = {measure: fitted(changes) for measure, changes in found.items()}
    least = {measure: most_likely_sd(own[measure]["any"], "one_sd", changes) for measure, changes in real.items()}
    gains = {name: gain(own[name], with_persons(some, scatters(found[name]))) for name, some in put_in.items()}
    like = {measure: LIKE.get(measure, measure) for measure in own}
    fit = {name: at_least(zones, least.get(like[name], 0.0), gains[like[name]]) for name, zones in own.items()}
    print(health(fit, found))
    Path(priors.__file__).with_name(priors.FILE).write_text(written(fit), "utf-8")


def cases(draws: int) -> list[Case]:
    """Return unchanged visits of everybody in the calibration, with one and two shots, and with a sticker for colour.

    Half as many have one shot, and half as many of either a sticker.
    """
    two = [Case(person, CALIBRATION, number, control=CONTROL) for person in calibration() for number in range(draws)]
    every = two + [replace(case, number=case.number + 50, shots=1) for case in two[::2]]
    return every + [replace(case, number=case.number + 20, control=None, sticker=True) for case in every[::2]]


def seen(answers: Iterable[Answered], clean: Iterable[Answered | None] = repeat(None)) -> dict[str, list[Seen]]:
    """Return every change under its measure; what is told against the control zone by itself.

    `clean` are the photographs themselves that changes were put into; without them nothing changed.
    """
    found: dict[str, list[Seen]] = {}
    for number, (one, itself) in enumerate(zip(answers, clean, strict=False)):
        for (zone, measure), estimate in one.estimates.items():
            if isinstance(estimate, Estimate) and (measure in COLOURS or not one.case.sticker):
                name = f"{measure}-relative" if estimate.relative else measure
                true = truth(itself, (zone, measure))
                found.setdefault(name, []).append(Seen(number, one.group, without_side(zone), estimate, true=true))
    return found


def truth(clean: Answered | None, asked: Asked) -> float:
    """Return what a measure changed by in a zone; NaN where nothing was put in that it tells of."""
    found = clean.estimates.get(asked) if clean else NOTHING
    return found.change if isinstance(found, Estimate) else math.nan


def changes(pool: ProcessPoolExecutor) -> dict[str, list[Seen]]:
    """Return what is read of the changes that the table puts in, of those in the calibration."""
    taken: list[Answered] = []
    clean: list[Answered] = []
    for put, control in ((inserted.SMOOTHER, None), (inserted.COLOURED, inserted.CONTROL)):
        insert = partial(inserted.put_all, put)
        cases = [Case(one, CALIBRATION, inserted.FIRST, insert=insert, control=control) for one in calibration()]
        taken += pool.map(answered, cases)
        clean += [only(put, one) for one in pool.map(as_it_is, cases)]
    return seen(taken, clean)


def only(put: Iterable[inserted.Known], one: Answered) -> Answered:
    """Return of an answer what tells of the changes that were put in."""
    asked = {(zone, measure) for change in put for zone in change.zones for measure in change.measures}
    return replace(one, estimates={key: found for key, found in one.estimates.items() if key in asked})


def patches() -> list[bodies.Body]:
    """Return unchanged visits of rendered bodies, with two shots and with one."""
    two = [bodies.Body(number, CALIBRATION, 2) for number in range(PATCHES)]
    return two + [bodies.Body(number + PATCHES, CALIBRATION, 1) for number in range(PATCHES // 2)]


def marks(answers: Iterable[tuple[str, Estimate | Unmeasured]]) -> list[Seen]:
    """Return every change of stretch marks that could be told."""
    return [
        Seen(number, group, bodies.ZONE, estimate)
        for number, (group, estimate) in enumerate(answers)
        if isinstance(estimate, Estimate)
    ]


def smiles() -> list[Case]:
    """Return the real pairs, neutral and then smiling, of those in the calibration."""
    return [Case(person, CALIBRATION, 0, 1, zones=(CONTROL,)) for person in calibration() if person.smiling]


def at_least(zones: Mapping[str, Prior], one_sd: float, part: float) -> dict[str, Prior]:
    """Return priors with no less error for one shot than real pairs make likely, and so much of a change itself."""
    return {zone: replace(own, one_sd=max(own.one_sd, one_sd), gain=part) for zone, own in zones.items()}


def written(fit: Fit) -> str:
    """Return the priors as the file that the product reads."""
    head = f"# Fitted by `python -m bench.imaging.calibrate` on {len(calibration())} people; not written by hand."
    note = "# Stretch marks: on rendered bodies, for want of photographs."
    real = "# With one shot a measure of contrast errs at least as real foreheads do, neutral and smiling."
    lines = [head, note, real, f'algorithm = "{ALGORITHM}"', f"lasting = {LASTING}"]
    for measure, zones in fit.items():
        whole = zones["any"]
        lines += ["", f"[measures.{measure}]", f"pixels = {whole.pixels:.2f}", f"df = {whole.df:.1f}"]
        lines += [f"gain = {whole.gain:.3f}"]
        lines += [f"[measures.{measure}.zones]", *(row(zone, own) for zone, own in zones.items())]
    return "\n".join(lines) + "\n"


def row(zone: str, own: Prior) -> str:
    """Return what is written of a zone."""
    names = (*STANDARD_DEVIATIONS, "scatter_sd")
    return f"{zone} = {{ {', '.join(f'{name} = {getattr(own, name):.4f}' for name in names)} }}"


def health(fit: Fit, found: Mapping[str, Sequence[Seen]]) -> str:
    """Return how many changes of each measure lie beyond so many of their standard errors, by tone group."""
    lines = [f"{'measure':18} {'':8} {'tone group':12} {'n':>5} " + " ".join(f"{f'>{beyond}':>6}" for beyond in BEYOND)]
    lines.append(f"{'normal':46} " + " ".join(f"{200 * stats.norm.sf(beyond):6.1f}" for beyond in BEYOND))
    for measure, own in found.items():
        told = [one for one in with_persons(own, scatters(own)) if one.shows_any]
        for shots, some in by(told, lambda one: one.shots).items():
            groups = {"all": some} | by(some, lambda one: one.group)
            lines += [
                f"{measure:18} {shots:8} {group:12} {beyond(fit[measure], groups[group])}"
                for group in ("all", *TONE_GROUPS)
                if group in groups
            ]
    return "\n".join(lines)


def beyond(zones: Mapping[str, Prior], some: Sequence[Seen]) -> str:
    """Return how many there are, and which percentage lies beyond so many standard errors."""
    errors = np.abs([one.error_by(zones.get(one.zone, zones["any"])) for one in some])
    return f"{len(some):5} " + " ".join(f"{100 * np.mean(errors > limit):6.1f}" for limit in BEYOND)


if __name__ == "__main__":
    main()
