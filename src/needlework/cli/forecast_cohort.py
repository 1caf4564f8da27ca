"""`needlework forecast cohort FILE`: a virtual practice, or the power of a study to tell two protocols apart."""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from needlework.cli import documents, executors
from needlework.cli.progress import watched
from needlework.cli.tables import paragraph, table
from needlework.forecast.pictures.sentences import RESTS_ON

if TYPE_CHECKING:
    from needlework.cli.forecasting.cohort import Asked

EXAMPLE = "needlework forecast cohort --example | needlework forecast cohort -"
SEED = 1
FAILED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the document, how many people, the seed and where the work is done."""
    documents.add_arguments(parser)
    parser.add_argument("--people", metavar="N", type=_number, help="so many people, in place of the document's")
    seed = f"the seed of all chance; {SEED} if not said"
    parser.add_argument("--seed", metavar="S", type=_seed, default=SEED, help=seed)
    executors.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Read what is to be simulated, simulate it and print what was found."""
    try:
        return documents.answer(options, lambda document: work(document, options), told)
    except executors.LOST:
        print(executors.KILLED, file=sys.stderr)
        return FAILED


def work(document: Any, options: argparse.Namespace) -> dict[str, Any]:
    """Return what the study or the practice of a document shows."""
    # numpy and the draws take a moment, which --help and --example do not wait for.
    from needlework.cli.forecasting.cohort import read
    from needlework.forecast.calibration.posterior import posterior

    if options.people is not None and isinstance(document, Mapping):
        document = {**document, "people": options.people}
    asked = read(document, posterior().values)
    return {**_found(asked, options), "seed": options.seed}


def _found(asked: "Asked", options: argparse.Namespace) -> dict[str, Any]:
    import numpy as np

    from needlework.forecast.cohort import answers, practice, study

    of, number, seed = asked.of, asked.number, options.seed
    with executors.opened(options) as executor:
        if isinstance(of, practice.Practice):
            shares, parts = practice.shares(of, number, seed=seed, executor=executor), practice.parts(number, seed)
            found = np.concatenate(list(watched(shares, total=len(parts), unit="part")))
            return answers.of_practice(of, asked.limits, found)
        trials, parts = study.trials(of, number, seed=seed, executor=executor), study.parts(of, number, seed)
        return answers.of_study(of, asked.limits, study.together(list(watched(trials, total=len(parts), unit="part"))))


def told(answer: dict[str, Any]) -> str:
    """Return what was found as a person reads it in a terminal."""
    found = _study(answer) if "power" in answer else _practice(answer)
    protocols = [f"{one['name']}: {_settings(one)}." for one in answer["protocols"]]
    behind = [f"{one['of'].capitalize()}, {RESTS_ON[one['tag']]}: {one['because']}" for one in answer["evidence"]]
    return "\n\n".join([_lines(protocols), *found, _lines(behind), _lines(answer["warnings"], "* ")])


def _settings(protocol: Mapping[str, Any]) -> str:
    sessions, days = protocol["sessions"], protocol["interval_days"]
    course = f"{sessions} sessions, {days} days apart" if sessions > 1 else "1 session"
    return f"{course}, {protocol['depth_mm']:g} mm, {protocol['punctures_per_cm2']:g} punctures per cm²"


def _practice(answer: dict[str, Any]) -> Iterator[str]:
    yield paragraph(f"Share of the {answer['share_of']} that has gone from {answer['people']} people:")
    rows = [
        (f"{one['days_after_last']:g}", _percent(one["median"]), _ends(one["band_50"]), _ends(one["band_90"]))
        for one in answer["shares"]
    ]
    yield table(("days after the last session", "middle", "half of people", "9 in 10 people"), rows)


def _study(answer: dict[str, Any]) -> Iterator[str]:
    day, error = f"{answer['measured_days_after_last']:g}", _percent(answer["sd"])
    once = f"Everybody is measured once, with a standard deviation of {error} of the score."
    yield paragraph(f"{day} days after the last session, {_difference(answer)}. {once}")
    rows = [
        (str(one["people"]), _percent(one["told_apart"]), _ends(one["interval_95"]), _percent(one["wrong_way"]))
        for one in answer["power"]
    ]
    yield table(("people in each group", "told apart", "simulated to within", "told the wrong way"), rows)
    yield paragraph(answer["sentence"])


def _difference(answer: dict[str, Any]) -> str:
    """Return what the protocol that is likely to take more takes more than the other."""
    (more, less), found = (one["name"] for one in answer["protocols"]), answer["difference"]
    ends = found["band_90"]
    if found["median"] < 0:
        more, less, ends = less, more, [-end for end in ends[::-1]]
    points = [f"{100 * share:.1f}" for share in (abs(found["median"]), *ends)]
    return (
        f"{more} is likely to have taken {points[0]}% more of the {answer['share_of']} than {less}, in the mean of all "
        f"people (9 in 10: {points[1]} to {points[2]}%)"
    )


def _lines(sentences: Sequence[str], before: str = "") -> str:
    return "\n".join(paragraph(before + one) for one in sentences)


def _ends(ends: Sequence[float]) -> str:
    return "–".join(map(_percent, ends))


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def _number(text: str) -> int | str:
    """Return a number; what is none goes into the document as it is, which is refused there with the accepted range."""
    return int(text) if text.isdecimal() else text


def _seed(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("a whole number from 0 is needed")
    return int(text)
