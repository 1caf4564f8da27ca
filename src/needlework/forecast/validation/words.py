"""How a scored check is told: a miss as plainly as a hit."""

from needlework.forecast.validation.checks import YES_OR_NO
from needlework.forecast.validation.release import LEAST, Tally
from needlework.forecast.validation.scored import NINE_TENTHS, Scored

HIT, MISS = "HIT", "MISS"
BARE = ("ratio", "share", "classes")
"""Units that are not written behind a number."""
NONE = "–"


def verdict(one: Scored) -> str:
    """Return HIT or MISS, and whether the gate does not count it."""
    found = HIT if one.inside(NINE_TENTHS) else MISS
    return found if one.counted else f"{found}, not counted"


def sentence(one: Scored) -> str:
    """Return what was reported beside what was expected, in a sentence."""
    found = f"{verdict(one)}. Reported: {reported(one)}"
    if one.probability is not None:
        return f"{found}; the forecast gives that a probability of {one.probability:.2f}."
    where = "" if one.inside(NINE_TENTHS) else f" What was reported is {'lower' if one.place < 0.5 else 'higher'}."
    return f"{found}; expected: {_united(one, one.median)}, nine in ten {banded(one)}.{where}"


def reported(one: Scored) -> str:
    """Return what was reported: `4.5 h`, `at most 72 h`, or `yes` for a sign."""
    low, high = one.reported
    if one.unit == YES_OR_NO:
        return "yes"
    if low == high:
        return _united(one, low)
    return f"at most {_united(one, high)}" if high < float("inf") else f"at least {_united(one, low)}"


def expected(one: Scored) -> str:
    """Return the median of a forecast; of a bound or a sign the probability that it holds."""
    return _united(one, one.median) if one.probability is None else f"holds with {one.probability:.2f}"


def banded(one: Scored) -> str:
    """Return the band of nine in ten: `1.2 to 9.8 h`; a sign has none."""
    low, high = one.band_90
    return NONE if one.unit == YES_OR_NO else f"{number(low)} to {_united(one, high)}"


def gated(pooled: Tally) -> str:
    """Return what the gate says, in a sentence."""
    low, high = map(percent, pooled.interval)
    spare = f"passed, with {pooled.spare or 'none'} to spare" if pooled.passes else "NOT PASSED"
    return (
        f"{pooled.inside} of {pooled.of} lie in the middle nine tenths of a forecast that had not seen them: "
        f"{percent(pooled.share)} (95 % interval {low} to {high}); of bands that are right it is 90 %. "
        f"At least {percent(LEAST)} is asked: {spare}."
    )


def percent(share: float) -> str:
    """Return a share as a whole percentage."""
    return f"{100 * share:.0f} %"


def number(value: float) -> str:
    """Return a number to three digits, and no more than four after the point."""
    return f"{float(f'{round(value, 4):.3g}'):.12g}"


def _united(one: Scored, value: float) -> str:
    return number(value) if one.unit in BARE else f"{number(value)} {one.unit}"
