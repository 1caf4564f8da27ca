"""The figures that come with the package belong to its data and draws, and are what the command computes."""

import json

import pytest

from needlework.cli.main import main
from needlework.forecast.validation import kept, running
from needlework.forecast.validation.scored import from_json

ROUNDS = running.rounds()
FEW = running.Round(frozenset(), ROUNDS[0].checks[5:8])
"""A count, a miss and a sign, none ever fitted."""
SOHAG = next(one for one in ROUNDS if one.without == {"acne_sohag2018"})


def test_they_belong_to_the_data_and_the_draws():
    assert kept.kept()["digest"] == kept.digest(), (
        "Run: needlework forecast validate --json > src/needlework/forecast/data/validation.json"
    )


def test_they_are_of_every_check():
    of_rounds = [(one.about, one.quantity) for each in ROUNDS for one in each.checks]
    assert [(one.about, one.quantity) for one in kept.checks()] == of_rounds


@pytest.mark.parametrize("each", [ROUNDS[0], SOHAG], ids=["never fitted", "Sohag left out"])
def test_they_are_what_is_computed(each):
    by_check = {(one.about, one.quantity): one for one in kept.checks()}
    for one in running.scores(each):
        same = by_check[one.about, one.quantity]
        assert one.place == pytest.approx(same.place, abs=0.005)
        assert one.band_90 == pytest.approx(same.band_90, rel=0.01)
        assert one.score == pytest.approx(same.score, rel=0.02, abs=1e-4)
        assert one.counted == same.counted


def test_the_document_holds_the_gate():
    scored = running.scores(FEW)
    document = kept.document(scored)
    counted = [one for one in scored if one.counted]
    inside = sum(one.inside(0.9) for one in counted)
    assert (document["gate"]["inside"], document["gate"]["of"]) == (inside, len(counted))
    assert document["gate"]["passes"] is (inside / len(counted) >= 0.8)
    assert [from_json(one).about for one in document["checks"]] == [one.about for one in scored]


def test_the_command_prints_the_document(monkeypatch, capsys):
    monkeypatch.setattr(running, "rounds", lambda: (FEW,))
    assert main(["forecast", "validate", "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == kept.document(running.scores(FEW))
    assert told.err == ""


def test_the_command_tells_misses_as_plainly_as_hits(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(running, "rounds", lambda: (FEW,))
    assert main(["forecast", "validate"]) == 0
    wound, sign = capsys.readouterr().out.splitlines()[3:5]
    assert wound.split()[0] == "col_eptfe_jorgensen1994"
    assert wound.endswith("MISS")
    assert sign.endswith("HIT, not counted")
