"""Nothing is left for later, silenced or swallowed."""

import ast
import re

import pytest

from tests.repo.tree import files, name, parsed, product_modules

MARKS = re.compile(r"\b(TO[D]O|FIX[M]E|X[X]X|HA[C]K)\b")
SKIPS = re.compile(r"pytest\.(mark\.)?(skip|skipif|xfail|importorskip)\b|unittest\.skip")


def test_no_file_is_marked_as_unfinished():
    texts = [
        path for path in files(".py", ".html", ".css", ".js", ".md", ".toml", ".sh", "") if "vendor" not in path.parts
    ]
    assert [name(path) for path in texts if MARKS.search(path.read_text("utf-8", errors="replace"))] == []


MAY_SKIP = {
    "needs.py": "the one place",
    "test_needs.py": "its tests",
    "test_finished.py": "this search",
    "photographs.py": "licensed photographs of real people lie beside some checkouts and may never be copied into one",
}


def test_a_test_that_cannot_run_says_so_through_needs_alone():
    tests = [path for path in files(".py") if path.name not in MAY_SKIP]
    assert [name(path) for path in tests if SKIPS.search(path.read_text("utf-8"))] == []


def swallows(node: ast.AST) -> bool:
    """Say whether a handler catches everything."""
    if not isinstance(node, ast.ExceptHandler):
        return False
    everything = node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"}
    return everything and not reraises(node)


def reraises(handler: ast.ExceptHandler) -> bool:
    """Say whether a handler passes on what it caught."""
    return any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler))


WALLS = {
    "src/needlework/imaging/files/serving.py": "decoders raise whatever comes over a hostile file: it is one refusal",
    "src/needlework/imaging/series.py": "whatever one visit raises is that visit's fault alone: the others go on",
    "src/needlework/work/worker.py": "whatever one job raises is that job's fault alone: the others go on",
}
"""Modules that may catch everything, once, and why."""


def blanket_handlers() -> list[str]:
    return [name(path) for path in product_modules() for node in ast.walk(parsed(path)) if swallows(node)]


def test_no_handler_swallows_everything():
    assert blanket_handlers() == sorted(WALLS)


def test_nothing_raises_not_implemented():
    raising = [path for path in product_modules() if "NotImplemented" + "Error" in path.read_text("utf-8")]
    assert [name(path) for path in raising] == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("try:\n    a()\nexcept Exception:\n    pass", True),
        ("try:\n    a()\nexcept:\n    pass", True),
        ("try:\n    a()\nexcept ValueError:\n    pass", False),
    ],
)
def test_the_search_for_blanket_handlers_finds_them(code, found):
    assert any(swallows(node) for node in ast.walk(ast.parse(code))) is found
