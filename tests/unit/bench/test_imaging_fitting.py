"""The library's priors are fitted by the error that the product itself works out."""

from dataclasses import replace

import numpy as np
import pytest

from bench.imaging.fitting import FAR, Seen, drawn, fitted, gain, most_likely_sd, widened, with_persons
from needlework.imaging.change.priors import Prior
from needlework.imaging.measures.estimate import Estimate

ONE_SD, MORE_SD, PIXELS = 0.08, 0.03, 0.5
COMPARISONS = 60


def seen(zones: dict[str, float], shots: int, sd: float, first: int) -> list[Seen]:
    """Return changes of skin that did not change, of comparisons numbered from `first`.

    `zones` is how far each zone's own part of the error is from the measure's.
    """
    chance, found = np.random.default_rng(first), []
    for number in range(first, first + COMPARISONS):
        for zone, times in zones.items():
            within = float(chance.uniform(0.02, 0.1))
            change = float(chance.normal(0, np.hypot(times * sd, PIXELS * within)))
            visits = chance.normal(0, times * sd, (2, shots)).tolist()
            found.append(Seen(number, "tan", zone, Estimate(change, tuple(visits[0]), tuple(visits[1]), within)))
    return found


@pytest.fixture(scope="module")
def both():
    zones = {"cheek": 1.0, "chin": 1.0, "temple": 2.0}
    return seen(zones, 1, ONE_SD, 0) + seen(zones, 2, MORE_SD, 1000)


@pytest.fixture(scope="module")
def fit(both):
    return fitted(both)


def test_the_errors_that_were_put_in_are_found(fit):
    cheek = fit["cheek"]
    assert cheek.one_sd == pytest.approx(ONE_SD, rel=0.25)
    assert cheek.more_sd == pytest.approx(MORE_SD, rel=0.25)
    assert cheek.scatter_sd == pytest.approx(MORE_SD, rel=0.25)
    assert cheek.pixels == pytest.approx(PIXELS, rel=0.25)


def test_a_zone_has_its_own_error_and_any_other_the_widest(fit):
    assert fit["temple"].more_sd > 1.4 * fit["cheek"].more_sd
    assert fit["any"].more_sd == fit["temple"].more_sd
    assert fit["any"].scatter_sd == fit["temple"].scatter_sd


def test_normal_changes_lie_as_often_beyond_their_error_as_they_should(both, fit):
    scattered = {zone: prior.scatter_sd for zone, prior in fit.items()}
    errors = np.abs([one.error_by(fit[one.zone]) for one in with_persons(both, scattered)])
    assert np.mean(errors > 1.96) == pytest.approx(0.05, abs=0.03)


def test_a_zone_that_was_seen_rarely_has_no_error_of_its_own(both):
    rare = [one for one in both if one.zone != "chin" or one.comparison % 1000 < 5]
    assert set(fitted(rare)) == {"any", "cheek", "temple"}


def test_a_zone_that_was_lucky_in_a_few_comparisons_promises_little_more_than_the_others():
    assert drawn(0.0, 10, whole=0.03) > 0.75 * 0.03
    assert drawn(0.0, 1000, whole=0.03) < 0.15 * 0.03


def test_errors_are_wide_enough_for_rare_large_changes():
    prior = Prior(0.001, 0.001, 0.1, 1.0, 60.0)
    rare = [
        Seen(number, "tan", "nose", Estimate(0.05 if number % 50 == 0 else 0.0, (0.0,) * 2, (0.0,) * 2))
        for number in range(100)
    ]
    wide = widened({"any": prior}, rare)
    assert max(one.error_by(wide["any"]) for one in rare) <= FAR
    assert widened({"any": replace(prior, more_sd=0.02)}, rare) == {"any": replace(prior, more_sd=0.02)}


def test_changes_that_the_pixels_explain_leave_little_to_the_zone():
    prior = Prior(0.1, 0.1, 0.1, 1.0, 10.0)
    own = [Seen(number, "tan", "nose", Estimate(0.01, (0.0,) * 2, (0.0,) * 2, 0.1)) for number in range(20)]
    assert most_likely_sd(prior, "more_sd", own) == pytest.approx(0.01, abs=0.002)


@pytest.mark.parametrize("part", [0.0, 0.1, 0.2])
def test_the_part_of_a_change_that_is_read_wrong_is_found(part):
    chance, prior = np.random.default_rng(3), Prior(0.02, 0.02, 0.02, 1.0, 30.0)
    read = [
        Seen(
            number,
            "tan",
            "cheek",
            Estimate(true * chance.normal(1, part) + chance.normal(0, 0.02), (0.0,), (0.0,)),
            true=true,
        )
        for number, true in enumerate(chance.uniform(-0.5, 0.5, 400))
    ]
    assert gain({"any": prior}, read) == pytest.approx(part, abs=0.04)
