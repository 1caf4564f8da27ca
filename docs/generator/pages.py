"""Finds the pages: every module of this folder that has `pages() -> {path under docs/reference: Markdown}`."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

REFERENCE = Path(__file__).parents[1] / "reference"
HEAD = "<!-- Written by script/reference: change the rules or the tests, not this page. -->\n\n"
INDEX = "README.md"


def pages() -> dict[str, str]:
    """Return every generated page, and the index of all reference pages."""
    found = {path: HEAD + text.rstrip() + "\n" for module in _modules() for path, text in module.pages().items()}
    return dict(sorted(found.items())) | {INDEX: _index(found)}


def _modules() -> list:
    names = sorted(one.name for one in iter_modules([str(Path(__file__).parent)]))
    modules = [import_module(f"docs.generator.{name}") for name in names if name not in {"__main__", "pages"}]
    return [module for module in modules if hasattr(module, "pages")]


def _index(found: dict[str, str]) -> str:
    lines = [f"- [{_title(text)}]({path})" for path, text in sorted(found.items())]
    return (
        HEAD + "# Reference\n\nBy hand: [Environment](environment.md).\n\nFrom the rules:\n\n" + "\n".join(lines) + "\n"
    )


def _title(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("# ")).removeprefix("# ")
