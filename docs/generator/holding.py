"""The specs that hold a page, read off the names of their tests."""

import ast
from pathlib import Path

SPEC = Path(__file__).parents[2] / "tests" / "spec"


def specs(file: str) -> str:
    """Return the specs of one file under tests/spec as a list."""
    tree = ast.parse((SPEC / file).read_text("utf-8"))
    names = [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    return "\n".join(f"- {name.removeprefix('test_').replace('_', ' ')}" for name in names)
