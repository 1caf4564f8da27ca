"""The parameters: each with its unit, its prior and where that comes from; a file that says less is refused."""

import re

import numpy as np
import pytest

from needlework.evidence.errors import DataError
from needlework.forecast.data.entries import entries
from needlework.forecast.model import parameters

GOOD = {
    "symbol": "tX",
    "scale": "log",
    "centre": 0.5,
    "spread": 0.4,
    "unit": "d",
    "what": "a made-up time",
    "why": "nothing is known of it",
}
REFUSED = {
    "no table": ("text", "This stands under no id. Put it under the line [id] of its entry."),
    "an unknown key": ({"units": "d"}, "There is no key 'units'. Did you mean 'unit'?"),
    "no unit": ({"unit": None}, "unit is missing. Write a text between quotation marks, not an empty one."),
    "no reason": ({"why": ""}, "why is not what it must be. Write a text between quotation marks, not an empty one."),
    "a centre in words": ({"centre": "one"}, "centre is not what it must be. Write a number, without quotation marks."),
    "an entry that is no list": (
        {"entries": "col3_rat1979"},
        "entries is not what it must be. Write a list of the ids of data entries.",
    ),
    "a scale that is none": ({"scale": "probit"}, "scale 'probit' is not one of: log, logit, plain."),
    "no spread": (
        {"spread": 0},
        "spread is not above 0. Write how far from its centre a value may lie.",
    ),
    "a negative spread": ({"spread": -1.0}, "spread is not above 0. Write how far from its centre a value may lie."),
}


def changed(change):
    """Return the made-up entry with a change; None takes a key out."""
    if isinstance(change, str):
        return change
    return {name: value for name, value in (GOOD | change).items() if value is not None}


@pytest.mark.parametrize("name", REFUSED)
def test_a_parameter_that_says_less_than_it_must_is_refused(name):
    change, sentence = REFUSED[name]
    with pytest.raises(DataError, match=re.escape(f"parameters.toml: time_x: {sentence}")):
        parameters.load({"time_x": changed(change)})


def test_a_parameter_may_name_the_entries_it_leans_on():
    found = parameters.load({"time_x": GOOD, "time_y": GOOD | {"entries": ["col3_rat1979"]}})
    assert found["time_x"].entries == ()
    assert found["time_y"].entries == ("col3_rat1979",)


def test_every_symbol_is_of_one_parameter():
    symbols = [one.symbol for one in parameters.parameters().values()]
    assert len(set(symbols)) == len(symbols)


def test_every_entry_that_a_prior_leans_on_is_in_the_data():
    named = {entry for one in parameters.parameters().values() for entry in one.entries}
    assert named <= set(entries())


def test_priors_have_the_middles_that_their_reasons_tell():
    """The figure in the reason is the middle of the prior, in the unit of the parameter."""
    middle = parameters.values(parameters.centres()[None])
    for name, told in {
        "macrophage_days": 3.5,
        "recruitment_days": 4.0,
        "synthesis_days": 5.0,
        "collagen_3_days": 35.0,
        "collagen_1_days": 900.0,
        "collagen_percent": 12.0,
        "share_3": 0.4,
        "organising_days": 30.0,
        "per_session": 0.5,
        "refractory_days": 14.0,
        "pace": 0.8,
        "half_dose": 1.5,
        "most_wrinkles": 1.6 / 5,
        "co2_against_needles": 0.75,
        "untreated_share": 0.1,
        "alam_baseline": 10.0,
        "channel_hours": 1.0,
        "channel_covered": 8.0,
        "redness_hours": 30.0,
        "redness_spread": 0.8,
    }.items():
        assert middle[name][0] == pytest.approx(told, rel=0.01), name


def test_values_go_to_their_scale_and_back():
    free = parameters.from_prior(50, np.random.default_rng(7))
    found = parameters.values(free)
    back = [parameters.SCALES[one.scale][0](found[name]) for name, one in parameters.parameters().items()]
    np.testing.assert_allclose(np.transpose(back), free, rtol=1e-9, atol=1e-9)


def test_shares_stay_between_nothing_and_all_and_times_above_nothing():
    found = parameters.values(parameters.centres() + 6 * parameters.spreads() * np.array([[-1.0], [1.0]]))
    for name, one in parameters.parameters().items():
        if one.scale != "plain":
            assert found[name].min() > 0, name
        if one.scale == "logit":
            assert found[name].max() < 1, name


def test_draws_from_the_priors_have_their_centres_and_spreads():
    free = parameters.from_prior(20_000, np.random.default_rng(7))
    apart = (free - parameters.centres()) / parameters.spreads()
    assert np.abs(apart.mean(0)).max() < 0.04
    assert np.abs(apart.std(0) - 1).max() < 0.03


def test_the_prior_density_falls_by_half_a_square_per_spread():
    centre = parameters.centres()
    free = np.stack([centre, centre + parameters.spreads(), centre - 2 * parameters.spreads()])
    assert parameters.log_prior(free) == pytest.approx(np.array([0.0, -0.5, -2.0]) * len(centre))
