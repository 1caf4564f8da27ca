"""One check with its scores: hit or miss, counted or not, there and back through JSON."""

import numpy as np
import pytest

from needlework.forecast.validation.checks import Check, at_least, at_most, exactly
from needlework.forecast.validation.scored import from_json, scored
from needlework.forecast.validation.scores import crps
from needlework.forecast.validation.words import number, sentence

DRAWS = np.linspace(0.0, 100.0, 1001)
PRIORS = np.linspace(0.0, 1000.0, 1001)


def checked(range_, draws=DRAWS, priors=PRIORS, unit="h"):
    check = Check("pore_han2012", "until redness had gone", unit, range_, lambda values, chance: draws, "Assumed.")
    return scored(check, draws, priors, refitted=False)


@pytest.mark.parametrize(("number", "nine_tenths", "half"), [(50, True, True), (80, True, False), (97, False, False)])
def test_a_number_is_inside_the_middle_of_the_draws_or_not(number, nine_tenths, half):
    one = checked(exactly(number))
    assert (one.inside(0.9), one.inside(0.5)) == (nine_tenths, half)
    assert one.score == crps(DRAWS, number)
    assert one.probability is None


def test_the_bands_hold_the_middle_of_the_draws():
    one = checked(exactly(50.0))
    assert one.median == pytest.approx(50)
    assert one.band_50 == pytest.approx((25, 75))
    assert one.band_90 == pytest.approx((5, 95))


def test_a_bound_has_its_probability_and_the_brier_score():
    one = checked(at_most(30.0))
    assert one.probability == pytest.approx(0.3, abs=1e-3)
    assert one.score == pytest.approx(0.49, abs=2e-3)


@pytest.mark.parametrize(("bound", "counted"), [(at_least(10.0), False), (at_least(100.0), True), (exactly(0.0), True)])
def test_a_bound_that_the_priors_hold_anyway_is_not_counted(bound, counted):
    assert checked(bound).counted is counted


@pytest.mark.parametrize("range_", [exactly(50.0), at_most(30.0), at_least(10.0)])
def test_it_reads_back_from_json(range_):
    one = checked(range_)
    again = from_json(one.as_json())
    assert again.reported == one.reported
    assert again == from_json(again.as_json())
    assert again.place == pytest.approx(one.place, rel=1e-3)


@pytest.mark.parametrize(
    ("range_", "unit", "said"),
    [
        (
            exactly(97.0),
            "h",
            "MISS. Reported: 97 h; expected: 50 h, nine in ten 5 to 95 h. What was reported is higher.",
        ),
        (exactly(2.0), "ratio", "MISS. Reported: 2; expected: 50, nine in ten 5 to 95. What was reported is lower."),
        (exactly(60.0), "h", "HIT. Reported: 60 h; expected: 50 h, nine in ten 5 to 95 h."),
        (at_most(6.0), "h", "MISS. Reported: at most 6 h; the forecast gives that a probability of 0.06."),
        (
            at_least(50.0),
            "h",
            "HIT, not counted. Reported: at least 50 h; the forecast gives that a probability of 0.50.",
        ),
    ],
)
def test_a_miss_is_said_as_plainly_as_a_hit(range_, unit, said):
    assert sentence(checked(range_, unit=unit)) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.0, "0"), (9.3e-6, "0"), (0.08554, "0.0855"), (-0.1774, "-0.177"), (60.0, "60"), (1234.0, "1230")],
)
def test_numbers_have_three_digits(value, said):
    assert number(value) == said
