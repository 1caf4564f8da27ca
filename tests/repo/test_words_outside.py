"""Subjects and short texts can be read on a locked phone: none says there what somebody is treated for."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from needlework.messages import kinds
from tests.repo.tree import PRODUCT

HEALTH = re.compile(
    "aftercare|acne|allerg|anaesth|botox|bruis|bleed|condition|consent|consult|course|derma|diagnos|disease|dose|drug"
    "|hair|health|heal|infect|lidocaine|medic|melasma|needl|numb|patient|photo|pigment|pregnan|prescri|reaction"
    "|redness|scar|screening|session|skin|striae|stretch|symptom|therap|treat|tretinoin|wound|wrinkle",
    re.IGNORECASE,
)
SEEN_OUTSIDE = {"subject": 0, "short_text": 4}


def letters(tree: ast.AST) -> Iterator[ast.Call]:
    """Find every place that makes a Letter."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "Letter":
            yield node


def said_outside(letter: ast.Call, tree: ast.AST) -> Iterator[str]:
    """Return all that may stand in a letter's subject or short text."""
    for name, position in SEEN_OUTSIDE.items():
        given = [keyword.value for keyword in letter.keywords if keyword.arg == name]
        for value in given or letter.args[position : position + 1]:
            yield from words(value, tree)


def words(value: ast.expr, tree: ast.AST) -> Iterator[str]:
    """Return an expression as it is written; for a name, also every text that could have been given to it."""
    yield ast.unparse(value)
    if isinstance(value, ast.Name):
        texts = [
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        yield from (text for text in texts if len(text) <= 100 and "\n" not in text and " " in text)


def health_words(source: str) -> set[str]:
    """Return the health words that the letters of a module say outside."""
    tree = ast.parse(source)
    said = (text for letter in letters(tree) for text in said_outside(letter, tree))
    return {word for text in said for word in HEALTH.findall(text)}


def renderers() -> list[Path]:
    return sorted({Path(inspect.getsourcefile(kind.render) or "") for kind in kinds.KINDS.values()})


def test_every_kind_of_message_is_written_where_this_test_looks():
    assert renderers()
    for path in renderers():
        assert path.is_relative_to(PRODUCT)
        assert list(letters(ast.parse(path.read_text()))), f"{path} registers a renderer but writes no Letter"


def test_no_letter_says_a_health_word_outside():
    found = {str(path.relative_to(PRODUCT)): health_words(path.read_text()) for path in PRODUCT.rglob("*.py")}
    assert {path: sorted(words) for path, words in found.items() if words} == {}


@pytest.mark.parametrize(
    "source",
    [
        'Letter("Your acne scars", "…")',
        'Letter(subject=f"{session.zone} tomorrow", text="…")',
        'letters.Letter("Tomorrow", "…", None, None, "Your microneedling is tomorrow")',
        'Letter("Tomorrow", "…", short_text="No aftercare today" if late else "")',
        'SUBJECTS = {"a": "After your treatment"}\nsubject = SUBJECTS[kind]\nLetter(subject, "…")',
    ],
)
def test_a_planted_word_is_found(source):
    assert health_words(source)


def test_what_is_said_inside_is_nobodys_business_but_the_readers():
    assert not health_words('Letter("Tomorrow", "Your treatment begins at ten", email=patient.email)')
