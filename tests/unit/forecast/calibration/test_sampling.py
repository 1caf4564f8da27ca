"""The samplers: Laplace within seconds, NUTS that agrees with it, and a check that would tell if it did not."""

from functools import partial
from importlib.metadata import version

import numpy as np
import pytest

from needlework.evidence import toml
from needlework.forecast.calibration import checking, diagnostics, laplace, likelihood, sampling
from needlework.forecast.calibration.checking import DRAWS, Ranks
from needlework.forecast.calibration.laplace import Laplace
from needlework.forecast.calibration.studies import barrier
from needlework.forecast.model import parameters

COVARIANCE = np.array([[1.0, 0.6], [0.6, 0.5]])
MIDDLE = np.array([0.3, -1.0])
SIMULATIONS = 40
NAMES = [name for name in parameters.parameters() if name.startswith(("channel", "redness"))]
COLUMNS = [list(parameters.parameters()).index(name) for name in NAMES]
OTHERS = set(likelihood.observations()) - {one.id for one in barrier.OBSERVATIONS} | {barrier.LINK}
WIDTH = len(parameters.parameters())


def normal(rows):
    apart = rows - MIDDLE
    return -0.5 * np.einsum("np,pq,nq->n", apart, np.linalg.inv(COVARIANCE), apart)


def independent(rows=1000, chains=4, width=2, seed=5):
    return np.random.default_rng(seed).standard_normal((chains, rows, width))


def test_laplace_finds_a_normal_exactly():
    found = laplace.laplace(normal, width=2)
    np.testing.assert_allclose(found.mode, MIDDLE, atol=1e-5)
    np.testing.assert_allclose(found.covariance, COVARIANCE, rtol=1e-5)
    np.testing.assert_allclose(found.sd, np.sqrt([1.0, 0.5]), rtol=1e-5)
    np.testing.assert_allclose(found.contraction, [0.0, 0.5], atol=1e-5)
    assert found.constrained == 1


def test_the_gradient_of_the_posterior_is_that_of_its_density():
    rows = np.random.default_rng(6).standard_normal((2, WIDTH)) * 0.3
    value, slope = laplace.gradient(laplace.posterior_density, rows)
    np.testing.assert_allclose(value, laplace.posterior_density(rows))
    direction = np.full(WIDTH, 1e-3)
    along = laplace.posterior_density(rows + direction) - laplace.posterior_density(rows - direction)
    np.testing.assert_allclose(slope @ direction * 2, along, rtol=1e-3)


def test_the_most_probable_parameters_are_a_top(fit):
    assert np.linalg.norm(laplace.gradient(laplace.posterior_density, fit.mode[None])[1]) < 0.05
    assert fit.log_density >= laplace.posterior_density(np.zeros((1, WIDTH)))


def test_what_no_study_speaks_of_is_not_learnt(fit):
    learnt = dict(zip(parameters.parameters(), fit.contraction, strict=True))
    for name in ("refractory_share", "refractory_days", "pace", "half_dose", "immature_weight"):
        assert abs(learnt[name]) < 0.1, name
    for name in ("most_acne_scars", "untreated_share", "between_people", "channel_hours", "collagen_percent"):
        assert learnt[name] > 0.4, name


def test_chains_that_agree_are_good():
    found = sampling.judged(independent())
    assert found.r_hat.max() < 1.01
    assert (found.effective > 3000).all()
    assert found.good
    assert f"NUTS (mici {version('mici')}), 4 chains of 1000 draws" in found.how


@pytest.mark.parametrize(
    "apart",
    [
        pytest.param(lambda z: z + np.arange(4)[:, None, None] * 0.3, id="in another place"),
        pytest.param(lambda z: z * (1 + np.arange(4)[:, None, None] * 0.3), id="with another width"),
        pytest.param(lambda z: z + np.linspace(0, 1, 1000)[:, None], id="on their way"),
    ],
)
def test_chains_that_differ_are_not_good(apart):
    found = sampling.judged(apart(independent()))
    assert found.r_hat.max() > 1.01
    assert not found.good


def test_draws_that_follow_each_other_count_for_less():
    noise, follow = independent(2000, width=1, seed=7), 0.9
    chains = np.empty_like(noise)
    chains[:, 0] = noise[:, 0]
    for draw in range(1, 2000):
        chains[:, draw] = follow * chains[:, draw - 1] + (1 - follow**2) ** 0.5 * noise[:, draw]
    worth = diagnostics.effective(chains)[0]
    assert worth == pytest.approx(8000 * (1 - follow) / (1 + follow), rel=0.25)


def test_draws_that_alternate_count_for_more():
    noise = independent(2000, width=1, seed=8)
    chains = noise[:, 1:] - 0.5 * noise[:, :-1]
    assert diagnostics.effective(chains)[0] > 8000


def test_nuts_agrees_with_a_normal():
    approximation = laplace.laplace(normal, width=2)
    draws = sampling.chain(normal, approximation, np.random.SeedSequence(9), warm_up=100, kept=600)
    again = sampling.chain(normal, approximation, np.random.SeedSequence(9), warm_up=100, kept=600)
    np.testing.assert_array_equal(draws, again)
    np.testing.assert_allclose(draws.mean(0), MIDDLE, atol=0.15)
    np.testing.assert_allclose(np.cov(draws.T), COVARIANCE, atol=0.2)


def test_sampling_runs_four_chains_in_any_way(monkeypatch):
    monkeypatch.setattr(sampling, "WARM_UP", 20)
    monkeypatch.setattr(sampling, "KEPT", 30)
    approximation = laplace.laplace(normal, width=2)
    one_by_one = sampling.sample(normal, approximation)
    from_the_end = sampling.sample(normal, approximation, run=lambda work, seeds: [work(one) for one in seeds[::-1]])
    np.testing.assert_array_equal(one_by_one.z, from_the_end.z[::-1])
    assert one_by_one.draws.shape == (120, 2)


def test_what_lies_far_from_laplace_is_said():
    approximation = Laplace(np.zeros(3), np.eye(3), 0.0)
    chains = sampling.judged(independent(width=3) * [1.0, 1.0, 1.4] + [0.0, 0.4, 0.0])
    assert list(chains.differs(approximation)) == [False, True, True]


def barrier_density(z, data):
    """Return the density of the barrier's parameters alone: (n, 8) in prior units."""
    free = np.tile(parameters.centres(), (len(z), 1))
    free[:, COLUMNS] += parameters.spreads()[COLUMNS] * z
    return -0.5 * (z**2).sum(1) + likelihood.log_likelihood(free, OTHERS, data)


def self_checked():
    """Return true values of the barrier's parameters, and draws of the posteriors of what was simulated with them."""
    chance = np.random.default_rng(10)
    truths = chance.standard_normal((SIMULATIONS, len(COLUMNS)))
    free = np.tile(parameters.centres(), (SIMULATIONS, 1))
    free[:, COLUMNS] += parameters.spreads()[COLUMNS] * truths
    data = likelihood.simulate(parameters.values(free), chance)
    for row, truth in enumerate(truths):
        density = partial(barrier_density, data={key: found[:, row] for key, found in data.items()})
        approximation = laplace.laplace(density, width=len(truth), starts=1)
        seed = np.random.SeedSequence([11, row])
        yield truth, sampling.chain(density, approximation, seed, warm_up=15, kept=DRAWS)


@pytest.fixture(scope="module")
def checked():
    return list(self_checked())


def total(ranks):
    """Return how far the spread of all ranks lies from that of even ones, in standard errors."""
    return (ranks.spread.mean() - 1) / np.sqrt(1.6 / ranks.ranks.size)


def test_truths_rank_evenly_among_their_draws(checked):
    ranks = Ranks(np.array([checking.rank(truth, draws) for truth, draws in checked]))
    assert abs(total(ranks)) < 2
    assert ranks.uniform.min() > 0.001


def test_draws_with_variances_thirty_percent_too_small_are_found_out(checked):
    narrow = [(truth, draws.mean(0) + 0.7**0.5 * (draws - draws.mean(0))) for truth, draws in checked]
    ranks = Ranks(np.array([checking.rank(truth, draws) for truth, draws in narrow]))
    assert total(ranks) > 2


def test_draws_that_are_ranked_lie_evenly_apart():
    draws = np.arange(3.0 * DRAWS)[:, None]
    assert [checking.rank(np.array([truth]), draws)[0] for truth in (0.0, 2.5, 5.5, 1000.0)] == [0, 1, 2, DRAWS]


def test_ranks_are_counted_in_ten_bins():
    even = Ranks(np.repeat(np.arange(DRAWS + 1.0), 5)[:, None])
    assert even.counts[:, 0].tolist() == [10.0] * 10
    assert even.uniform[0] == pytest.approx(1.0)
    assert even.spread[0] == pytest.approx(1.0)
    outer = Ranks(np.repeat([0.0, float(DRAWS)], 50)[:, None])
    assert outer.uniform[0] < 1e-6
    assert outer.spread[0] > 2


def test_the_whole_check_is_told_as_a_data_file(monkeypatch):
    asked = []

    def run(work, tasks):
        asked.extend(tasks)
        return [np.zeros(WIDTH) for _ in asked]

    found = checking.self_check(3, run=run)
    told = toml.loads(checking.as_toml(found), name="sbc.toml")
    assert told["simulations"] == 3
    assert told["parameters"]["between_people"]["counts"] == [3] + [0] * 9
    assert [len(truth) for truth, _, _ in asked] == [WIDTH] * 3
    assert all(set(data) == set(likelihood.observations()) for _, data, _ in asked)


def test_a_simulation_ranks_its_truth_among_draws_of_its_posterior(monkeypatch):
    monkeypatch.setattr(checking, "chain", lambda density, fit, seed, warm_up, kept: fit.mode + np.zeros((kept, WIDTH)))
    (found,) = checking.self_check(1).ranks
    assert set(found) == {0.0, float(DRAWS)}


@pytest.fixture(scope="module")
def fit():
    return laplace.laplace()
