"""One word for one thing: the words that the glossary rules out name nothing in the product."""

import ast
import re

import pytest

from tests.repo.tree import ROOT, name, parsed, product_modules

ELSEWHERE = {
    "account", "action", "alert", "allowed flag", "appointment", "area", "batch", "calendar", "can", "capture",
    "command", "company", "created", "cron", "crypto", "deleted", "diary", "environment", "error", "event", "force",
    "frame", "goal", "group", "hash", "history", "inactive", "indication", "instance", "instructions", "issue", "lead",
    "lock", "log entry", "logic", "mail", "marker", "needle", "operator", "override", "package", "permission",
    "picture", "policy", "prediction", "problem", "product", "program", "protocol", "provider", "queue", "race", "ref",
    "reference", "region", "result", "right", "scan", "scope", "score", "secret key", "secrets", "service", "session",
    "share", "shot", "signature", "site", "success", "tag", "task", "test", "threshold", "tip", "tips", "treatment",
    "updated", "user", "validator", "visit", "void",
}  # fmt: skip
"""Ruled-out words that are right for something else (a user signs in, a queue of writers, a calendar program), so
that no search can judge them; the reader of a change does."""

TABLE = [
    line.split("|")[1:5] for line in (ROOT / "GLOSSARY.md").read_text("utf-8").splitlines() if line.startswith("|")
]


def ruled_out() -> set[str]:
    """Return the words of the glossary's last column."""
    words = {word for row in TABLE[2:] for word in re.sub(r"\([^)]*\)|`", "", row[3]).split(",")}
    return {word.strip().lower() for word in words} - {"", "–"}


SEARCHED = sorted(ruled_out() - ELSEWHERE)


def identifiers() -> dict[str, set[str]]:
    """Return every name that a module gives to a class, function, argument or field, split into words."""
    found = {}
    for path in product_modules():
        named = {node.name for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef | ast.FunctionDef)}
        named |= {node.arg for node in ast.walk(parsed(path)) if isinstance(node, ast.arg)}
        named |= {node.target.id for node in ast.walk(parsed(path)) if is_field(node)}
        named |= {target.id for node in ast.walk(parsed(path)) for target in assigned(node)}
        found[name(path)] = {spelt(one) for one in named}
    return found


def is_field(node: ast.AST) -> bool:
    return isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)


def assigned(node: ast.AST) -> list[ast.Name]:
    return [target for target in node.targets if isinstance(target, ast.Name)] if isinstance(node, ast.Assign) else []


def spelt(identifier: str) -> str:
    """Return an identifier as words: `ConsentText` and `consent_text` are both `consent text`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", identifier).replace("_", " ").strip().lower()


NAMED = identifiers()


@pytest.mark.parametrize("word", SEARCHED)
def test_no_name_uses_a_word_that_is_ruled_out(word):
    pattern = re.compile(rf"\b{re.escape(word)}s?\b")
    assert {path: found for path, names in NAMED.items() if (found := sorted(filter(pattern.search, names)))} == {}


def test_the_search_knows_the_glossary():
    assert {"client", "customer", "waiver", "booking", "tenant"} <= set(SEARCHED)


def test_no_exception_outlives_the_glossary():
    assert ELSEWHERE - ruled_out() == set()
