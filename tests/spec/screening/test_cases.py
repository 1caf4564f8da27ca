"""The fourteen cases that were agreed beforehand, and that every rule is spoken for."""

import json
from pathlib import Path

import pytest

from needlework.clinical import screening
from tests.spec.screening.named import specs

HERE = Path(__file__).parent
CASES = {case["id"]: case for case in json.loads((HERE / "cases.json").read_text("utf-8"))}


@pytest.mark.parametrize("name", CASES)
def test_an_agreed_case_comes_to_what_was_agreed(name):
    case = CASES[name]
    got = screening.as_json(screening.screen(screening.read(case["input"])))
    deciding = [one["rule"] for one in got["findings"] if one["outcome"] == got["outcome"]]
    keys = ("outcome", "earliest_date", "read_free_text")
    assert {key: got[key] for key in keys} == {key: case["expected"][key] for key in keys}
    assert deciding == case["expected"]["rules"]


def test_there_are_fourteen_cases():
    assert len(CASES) == 14


def test_every_rule_has_a_spec_and_every_spec_a_rule():
    assert set(specs()) == set(screening.rules())


def test_a_spec_is_told_in_words():
    assert specs()["keloid_personal"] == ["A keloid refers"]
    assert len(specs()["pregnant"]) == 4
