"""`needlework forecast fit` and `needlework forecast sample`."""

import json
from concurrent.futures import BrokenExecutor

import numpy as np
import pytest

from needlework.cli import forecast_fit, forecast_sample
from needlework.cli.main import main
from needlework.evidence import toml
from needlework.forecast.calibration import checking, laplace, posterior, sampling
from needlework.forecast.calibration.laplace import Laplace
from needlework.forecast.model import parameters

WIDTH = len(parameters.parameters())
APPROXIMATION = Laplace(np.zeros(WIDTH), np.diag(np.linspace(0.5, 8.0, WIDTH)), -10.0)


def chains(apart=0.0):
    found = np.random.default_rng(1).standard_normal((4, 250, WIDTH)) * APPROXIMATION.sd
    return sampling.judged(found + apart * np.arange(4)[:, None, None])


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Stand in for what takes long."""
    for module in (forecast_fit, forecast_sample):
        monkeypatch.setattr(module, "laplace", lambda: APPROXIMATION)
    monkeypatch.setattr(sampling, "sample", lambda density, approximation, run: chains())
    monkeypatch.setattr(sampling, "LEAST_EFFECTIVE", 300)
    monkeypatch.setattr(sampling, "WORST_R_HAT", 1.03)


def test_a_fit_shows_each_parameter_beside_its_prior(capsys):
    assert main(["forecast", "fit"]) == 0
    told = capsys.readouterr().out
    assert all(one.symbol in told for one in parameters.parameters().values())
    constrained = int((np.linspace(0.5, 8.0, WIDTH) > laplace.TOLD).sum())
    assert f"The data constrain {constrained} of {WIDTH} directions" in told


def test_a_fit_is_told_to_machines_in_the_parameters_units(capsys):
    assert main(["forecast", "fit", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    found = told["parameters"]["acute_days"]
    assert found["most_probable"] == pytest.approx(1.0)
    assert found["prior_band_90"] == pytest.approx([np.exp(-1.6449 * 0.6), np.exp(1.6449 * 0.6)])
    assert found["contraction"] == pytest.approx(1 - 1 / 0.5)
    assert told["directions"]["all"] == WIDTH


def test_good_draws_are_written_with_how_they_were_made(tmp_path, capsys):
    file = tmp_path / "draws.npz"
    assert main(["forecast", "sample", "--out", str(file)]) == 0
    found = posterior.load(file)
    np.testing.assert_allclose(found.free, APPROXIMATION.free(chains().draws), rtol=1e-5, atol=1e-6)
    assert found.how == chains().how
    told = capsys.readouterr().out
    assert f"Wrote {file}: 1000 draws." in told
    assert chains().how.split(",")[0] in told


def test_without_a_file_the_diagnostics_are_shown_alone(capsys):
    assert main(["forecast", "sample"]) == 0
    assert "Wrote" not in capsys.readouterr().out


def test_chains_that_differ_write_nothing(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(sampling, "sample", lambda density, approximation, run: chains(apart=1.0))
    file = tmp_path / "draws.npz"
    assert main(["forecast", "sample", "--out", str(file)]) == 1
    assert not file.exists()
    told = capsys.readouterr().out
    assert "nothing was written" in told
    assert "differs" in told


def test_chains_are_shared_among_processes(monkeypatch):
    asked = []

    def sample(density, approximation, run):
        asked.extend(run(abs, [-1, -2, -3]))
        return chains()

    monkeypatch.setattr(sampling, "sample", sample)
    assert main(["forecast", "sample", "--workers", "2"]) == 0
    assert asked == [1, 2, 3]


def test_a_worker_that_is_killed_is_told_in_one_line(capsys, monkeypatch):
    def sample(density, approximation, run):
        raise BrokenExecutor

    monkeypatch.setattr(sampling, "sample", sample)
    assert main(["forecast", "sample"]) == 1
    assert capsys.readouterr().err == "needlework: A worker was killed, perhaps for want of memory.\n"


def test_a_self_check_tells_the_ranks_of_every_parameter(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(checking, "self_check", lambda count, run: checking.Ranks(np.zeros((count, WIDTH))))
    assert main(["forecast", "sample", "--self-check", "20"]) == 0
    assert toml.loads(capsys.readouterr().out, name="told")["simulations"] == 20
    file = tmp_path / "sbc.toml"
    assert main(["forecast", "sample", "--self-check", "30", "--out", str(file)]) == 0
    assert toml.read(file)["simulations"] == 30
    assert capsys.readouterr().out == f"Wrote {file}: ranks of 30 simulations.\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--self-check", "3"], "--self-check is below 20 simulations. Write 20 or more."),
        (["--self-check", "0"], "--self-check is below 20 simulations. Write 20 or more."),
    ],
)
def test_numbers_that_cannot_be_are_refused(arguments, sentence, capsys):
    assert main(["forecast", "sample", *arguments]) == 2
    assert capsys.readouterr().err.strip().endswith(sentence)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("taken.npz", "It is there already. Name a new file, as in draws.npz."),
        ("nowhere/draws.npz", "There is no such folder. Name a new file, as in draws.npz."),
    ],
)
def test_a_file_that_could_not_be_written_is_refused_before_minutes_of_work(
    name, sentence, tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr(sampling, "sample", None)
    (tmp_path / "taken.npz").touch()
    assert main(["forecast", "sample", "--out", str(tmp_path / name)]) == 2
    assert capsys.readouterr().err == f"needlework: --out: {tmp_path / name}: {sentence}\n"


def test_without_mici_it_says_how_to_install_it(capsys, monkeypatch):
    monkeypatch.setattr(forecast_sample, "find_spec", lambda name: None)
    assert main(["forecast", "sample"]) == 2
    assert "This needs mici. Install it: pip install 'needlework[research]'." in capsys.readouterr().err
