"""The core: evidence, clinical and the slots of the diary stand on the standard library alone, and read no clock."""

import ast
import sys

import pytest

from tests.repo.tree import name, parsed, product_modules

CORE = [path for path in product_modules() if {"evidence", "clinical", "slots"} & set(path.parts)]


def imported(tree: ast.Module) -> set[str]:
    """Return the first part of every module that is imported."""
    nodes = list(ast.walk(tree))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return {
        one.split(".")[0] for one in plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    }


@pytest.mark.parametrize("path", CORE, ids=name)
def test_the_core_imports_the_standard_library_alone(path):
    assert imported(parsed(path)) - sys.stdlib_module_names <= {"needlework"}


@pytest.mark.parametrize("path", CORE, ids=name)
def test_the_core_reads_no_clock(path):
    called = {node.attr for node in ast.walk(parsed(path)) if isinstance(node, ast.Attribute)}
    assert called & {"today", "now", "utcnow", "monotonic", "perf_counter"} == set()
    assert "time" not in imported(parsed(path))
