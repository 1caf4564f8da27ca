"""Examples in docstrings: each does what it shows."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src"
SHOWN = sorted(
    ".".join(file.relative_to(SRC).with_suffix("").parts)
    for file in SRC.rglob("*.py")
    if ">>> " in file.read_text("utf-8")
)


@pytest.mark.parametrize("name", SHOWN)
def test_an_example_does_what_it_shows(name):
    found = doctest.testmod(import_module(name))
    assert found.attempted > 0
    assert found.failed == 0
