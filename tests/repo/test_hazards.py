"""The hazard log and the intended purpose: every test that they name is there, and no hazard is left without a word."""

import ast
from functools import cache
from itertools import chain

import pytest

from needlework.clinical import purpose
from tests.repo.tree import ROOT, parsed

MINIMUM = {f"H{number}" for number in range(1, 13)}
"""The hazards that the safety dossier asks for at least."""


@cache
def named_in(path: str) -> frozenset[str]:
    """Return the names of a file's tests; one in a class as `Class::test`."""
    if not (ROOT / path).is_file():
        return frozenset()
    return frozenset(chain.from_iterable(named(node, "") for node in parsed(ROOT / path).body))


def named(node: ast.stmt, prefix: str) -> list[str]:
    if isinstance(node, ast.ClassDef):
        return [name for inner in node.body for name in named(inner, f"{node.name}::")]
    is_test = isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    return [prefix + node.name] if is_test else []


def missing(ids: tuple[str, ...]) -> list[str]:
    """Return those of some ids that no test has."""
    return [one for one in ids if one.partition("::")[2] not in named_in(one.partition("::")[0])]


@pytest.mark.parametrize("hazard", purpose.hazards().values(), ids=lambda one: one.id)
def test_every_test_that_a_hazard_names_exists(hazard):
    assert missing(hazard.tests) == []


@pytest.mark.parametrize("hazard", purpose.hazards().values(), ids=lambda one: one.id)
def test_a_hazard_is_held_by_a_test_or_says_that_none_can_yet(hazard):
    assert hazard.tests or hazard.open


@pytest.mark.parametrize("line", purpose.purpose().lines, ids=lambda one: one.feature)
def test_every_test_that_the_purpose_names_exists(line):
    assert missing(line.tests) == []


def test_the_minimum_log_is_there():
    numbers = [one.number for one in purpose.hazards().values() if one.number]
    assert sorted(numbers) == sorted(MINIMUM)


def test_no_test_is_named_twice_for_one_hazard():
    assert [one.id for one in purpose.hazards().values() if len(set(one.tests)) < len(one.tests)] == []


@pytest.mark.parametrize(
    ("id", "found"),
    [
        ("tests/repo/test_hazards.py::test_the_minimum_log_is_there", True),
        ("tests/repo/test_hazards.py::missing", False),
        ("tests/repo/test_hazards.py::test_that_is_not_there", False),
        ("tests/repo/test_not_there.py::test_the_minimum_log_is_there", False),
        ("tests/integration/outbox/test_people.py::TestNothing::test_once_only", False),
        ("tests/repo/test_hazards.py", False),
    ],
)
def test_the_search_for_tests_finds_them(id, found):  # noqa: A002
    assert (missing((id,)) == []) is found
