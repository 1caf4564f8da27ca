"""The fourteen cases that were agreed beforehand, and that every rule is spoken for."""

import ast
import json
from pathlib import Path

import pytest

from needlework.clinical import screening

HERE = Path(__file__).parent
CASES = {case["id"]: case for case in json.loads((HERE / "cases.json").read_text("utf-8"))}
ASKING = {"spec", "waits", "locally", "everywhere", "face_alone", "found", "refused"}


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


def asked():
    """Return every rule that a spec asks about."""
    trees = [ast.parse(file.read_text("utf-8")) for file in HERE.glob("test_*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in ASKING]
    return {word.value for call in named for word in call.args if isinstance(word, ast.Constant)}


def test_every_rule_has_a_spec():
    assert asked() == set(screening.rules())
