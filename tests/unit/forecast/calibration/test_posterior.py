"""The packaged draws: they belong to the data and priors beside them, and to this likelihood."""

from importlib.resources import files

import numpy as np
import pytest

from needlework.evidence import toml
from needlework.evidence.errors import DataError
from needlework.forecast.calibration import laplace, posterior
from needlework.forecast.data import entries
from needlework.forecast.model import parameters

PACKAGED = files("needlework.forecast") / "data" / posterior.FILE
LARGEST_BYTES = 1_000_000
SOME = 160
WIDTH = len(parameters.parameters())


@pytest.fixture(scope="module")
def z():
    """Return the packaged draws in prior units."""
    return (posterior.posterior().free - parameters.centres()) / parameters.spreads()


def saved(tmp_path, content):
    file = tmp_path / "draws.npz"
    file.write_bytes(content)
    return file


def test_the_packaged_draws_belong_to_the_data_and_priors():
    found = posterior.posterior()
    assert found.digest == entries.digest()
    assert found.free.shape == (4000, WIDTH)
    assert set(found.values) == set(parameters.parameters())
    assert found.how.startswith("NUTS")
    assert len(PACKAGED.read_bytes()) < LARGEST_BYTES


def test_the_packaged_draws_are_of_this_posterior(z):
    """Over a posterior the gradient of its log density has mean zero, and −1 as its product with the parameter.

    (Integration by parts: Stein's identity.) It holds for no other distribution, and needs no second sampler.
    """
    rows = z[:: len(z) // SOME]
    _, slope = laplace.gradient(laplace.posterior_density, rows)
    assert np.abs(slope.mean(0) / standard_error(slope)).max() < 4
    product = slope * (rows - z.mean(0))
    assert np.abs((product.mean(0) + 1) / standard_error(product)).max() < 4.5


def test_draws_of_the_prior_would_be_found_out():
    rows = np.random.default_rng(1).standard_normal((SOME, WIDTH)) * 0.7
    _, slope = laplace.gradient(laplace.posterior_density, rows)
    assert np.abs(slope.mean(0) / standard_error(slope)).max() > 6


def test_where_the_posterior_is_nearly_normal_laplace_says_the_same(z):
    fit = laplace.laplace(starts=1)
    apart = np.abs(z.mean(0) - fit.mode) / fit.sd
    assert np.median(apart) < 0.15
    assert apart.max() < 0.8
    assert np.median(np.abs(z.std(0) / fit.sd - 1)) < 0.1


def test_draws_come_back_as_they_were_packed(tmp_path):
    free = np.random.default_rng(2).standard_normal((5, WIDTH))
    found = posterior.load(saved(tmp_path, posterior.packed(free, "by hand")))
    np.testing.assert_allclose(found.free, free, rtol=1e-6)
    assert (found.how, found.digest) == ("by hand", entries.digest())
    assert posterior.packed(free, "by hand") == posterior.packed(free, "by hand")


@pytest.mark.parametrize("file", ["fit.toml", "parameters.toml"])
def test_draws_of_other_data_are_refused(file, monkeypatch, tmp_path):
    for name in ("fit.toml", "parameters.toml"):
        (tmp_path / name).write_bytes((files(entries.__package__) / name).read_bytes())
    changed = bytearray((tmp_path / file).read_bytes())
    changed[changed.index(b"0")] = ord("1")
    (tmp_path / file).write_bytes(changed)
    monkeypatch.setattr(entries, "files", lambda _: tmp_path)
    with pytest.raises(DataError, match=r"made of other data or priors\. Run `needlework forecast sample"):
        posterior.load(PACKAGED)


def test_a_damaged_file_is_refused(tmp_path):
    damaged = bytearray(PACKAGED.read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    with pytest.raises(DataError, match="cannot be read"):
        posterior.load(saved(tmp_path, bytes(damaged)))


@pytest.mark.parametrize("content", [b"", b"no archive"])
def test_what_is_no_archive_is_refused(content, tmp_path):
    with pytest.raises(DataError, match="cannot be read"):
        posterior.load(saved(tmp_path, content))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(DataError, match="cannot be read"):
        posterior.load(tmp_path / "nowhere.npz")


@pytest.mark.parametrize("free", [np.zeros((3, WIDTH - 1)), np.full((3, WIDTH), np.nan)])
def test_rows_that_are_no_parameters_are_refused(free, tmp_path):
    with pytest.raises(DataError, match=f"rows of {WIDTH} numbers"):
        posterior.load(saved(tmp_path, posterior.packed(free, "by hand")))


def standard_error(rows):
    return rows.std(0) / len(rows) ** 0.5


def test_the_kept_self_check_found_ranks_even():
    """Every parameter's ranks are plausible, and over all of them draws spread as far as truths do."""
    kept = toml.read(files("needlework.forecast") / "data" / "sbc.toml")
    assert kept["digest"] == entries.digest()
    found = kept["parameters"]
    assert list(found) == list(parameters.parameters())
    assert all(sum(one["counts"]) == kept["simulations"] for one in found.values())
    assert min(one["uniform_p"] for one in found.values()) > 0.05 / WIDTH / 10
    ranks = WIDTH * kept["simulations"]
    assert abs(np.mean([one["spread"] for one in found.values()]) - 1) < 3 * (1.6 / ranks) ** 0.5
