"""The core stands alone: what import contracts cannot say about it."""

import sys

import pytest

from tests.repo.tree import PRODUCT, imports, name, product_modules

ALONE = {"evidence": {"evidence"}, "clinical": {"clinical", "evidence"}}
"""Rooms that use the standard library and these rooms alone."""


def foreign(path, rooms):
    """Return what a module imports beyond the standard library and its rooms."""
    ours = tuple(f"needlework.{room}" for room in rooms)
    return [
        one
        for one in imports(path)
        if one.partition(".")[0] not in sys.stdlib_module_names and not one.startswith(ours)
    ]


@pytest.mark.parametrize("room", ALONE)
def test_a_core_room_uses_the_standard_library_alone(room):
    own = [path for path in product_modules() if (PRODUCT / room) in path.parents]
    assert {name(path): found for path in own if (found := foreign(path, ALONE[room]))} == {}


def test_the_search_finds_a_foreign_import():
    assert foreign(PRODUCT / "config" / "settings.py", {"evidence"})
