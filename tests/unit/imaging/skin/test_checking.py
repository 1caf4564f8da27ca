"""The self-check: what is measured of rendered skin holds the truth, on two of its cases."""

import pytest

from needlework.cli.comparisons import recovered
from needlework.imaging.change.verdicts import KIND, Change
from needlework.imaging.comparison import Comparison
from needlework.imaging.skin import checking
from needlework.imaging.skin.checking import CASES, Answer, checked, redder

NAMED = {case.name: case for case in CASES}


@pytest.mark.parametrize("name", ["nothing changed", "texture"])
def test_the_interval_holds_the_truth(name):
    answer = checked(NAMED[name])
    low, high = answer.change.interval
    assert low <= answer.case.true <= high
    assert answer.change.verdict == ("not-distinguishable" if name == "nothing changed" else "changed")
    assert answer.as_json()["true"] == answer.case.true
    assert set(answer.as_json()["also_changed"]) == set(answer.echoes)
    assert ("scars" in answer.echoes) == (name == "texture")


def test_every_kind_of_measure_but_tone_has_a_case():
    assert {case.measure for case in CASES} == set(KIND) - {"tone"}


def test_more_blood_is_redder():
    assert 0 == redder(0.0) < redder(0.04) < redder(0.08)


@pytest.mark.parametrize(("new", "holds"), [(5, "yes"), (4, "no")], ids=["all", "one-missed"])
def test_new_spots_are_counted(new, holds):
    change = Change(KIND["spots"], "changed", 0.4, (0.3, 0.5), 0.1, extra={"new": new, "gone": 0})
    row = recovered([Answer(NAMED["new spots"], change)]).splitlines()[2]
    assert row.split() == ["new", "spots", "5", "new", str(new), "new", holds]


def test_the_table_names_what_else_changed():
    change = Change(KIND["texture"], "changed", -20.8, (-22.9, -18.7), 2.5, "less")
    echo = Change(KIND["scars"], "changed", -16.0, (-20.0, -12.0), 4.0, "less")
    assert (
        recovered([Answer(NAMED["texture"], change, {"scars": echo})]).splitlines()[2].endswith("  yes       scars -16")
    )


def test_photographs_that_cannot_be_compared_are_a_fault_of_the_check(monkeypatch):
    monkeypatch.setattr(checking, "compare", lambda *_, **__: Comparison(False, ("Take them again.",)))
    with pytest.raises(RuntimeError, match=r"'texture' cannot be compared: Take them again\."):
        checked(NAMED["texture"])
