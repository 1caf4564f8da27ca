"""`needlework forecast validate`: how the model does on studies that it was not fitted to."""

import argparse
import json
from collections.abc import Sequence

from needlework.cli.progress import watched
from needlework.cli.tables import paragraph, table
from needlework.forecast.validation import kept, running, words
from needlework.forecast.validation.release import tally
from needlework.forecast.validation.scored import Scored

EXAMPLE = "needlework forecast validate"
HEADERS = ("Study", "What", "Reported", "Expected", "9 in 10 within", "Place", "Score", "")
LEGEND = (
    "Every study is forecast by a model that has not seen it. Place: 0 below the whole forecast, 1 above it; a HIT "
    "lies between 0.05 and 0.95. Score: CRPS in the unit, or the Brier score of a bound or a sign; smaller is better. "
    "A bound or a sign that holds without any data is not counted."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `--json`."""
    parser.add_argument("--json", action="store_true", help="write one JSON document: what data/validation.json keeps")


def run(options: argparse.Namespace) -> int:
    """Forecast every study by a model that has not seen it, and print how it did."""
    rounds = running.rounds()
    scored = [one for each in watched(rounds, unit="fit", total=len(rounds)) for one in running.scores(each)]
    print(json.dumps(kept.document(scored), indent=1, ensure_ascii=False) if options.json else _told(scored))
    return 0


def _told(scored: Sequence[Scored]) -> str:
    gate = paragraph(words.gated(tally(scored)))
    return "\n\n".join([table(HEADERS, [_row(one) for one in scored]), paragraph(LEGEND), gate])


def _row(one: Scored) -> tuple[str, ...]:
    numbers = (f"{one.place:.2f}", words.number(one.score))
    told = (words.reported(one), words.expected(one), words.banded(one))
    return one.about, one.quantity, *told, *numbers, words.verdict(one)
