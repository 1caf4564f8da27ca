"""The specs of each rule by name, read off the tests: a spec belongs to the rules that its calls name first."""

import ast
from functools import cache
from pathlib import Path

ASKING = {"spec", "waits", "locally", "everywhere", "face_alone", "found", "refused"}


@cache
def specs() -> dict[str, list[str]]:
    """Return the names of the specs, in words, by the id of the rule that they ask."""
    named: dict[str, list[str]] = {}
    for file in sorted(Path(__file__).parent.glob("test_*.py")):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for rule in sorted(_asked(node)):
                    named.setdefault(rule, []).append(_words(node.name))
    return named


def _asked(test: ast.FunctionDef) -> set[str]:
    calls = [node for node in ast.walk(test) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    words = [word for call in calls if call.func.id in ASKING for word in call.args if isinstance(word, ast.Constant)]
    return {word.value for word in words}


def _words(name: str) -> str:
    words = name.removeprefix("test_").replace("_", " ")
    return words[:1].upper() + words[1:]
