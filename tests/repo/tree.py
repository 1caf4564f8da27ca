"""The repository as its promises see it: tracked files and parsed modules."""

import ast
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.needs import needs

ROOT = Path(__file__).parents[2]
PRODUCT = ROOT / "src" / "needlework"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def _listed() -> tuple[Path, ...]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    paths = (ROOT / line for line in listing.stdout.splitlines())
    return tuple(sorted(path for path in paths if path.is_file()))


def files(*suffixes: str) -> list[Path]:
    """Return the repository's own files, all or by suffix."""
    needs(shutil.which("git") and (ROOT / ".git").exists(), "The repository's promises are judged in a git checkout.")
    return [path for path in _listed() if not suffixes or path.suffix in suffixes]


def name(path: Path) -> str:
    """Return a file's path as people write it."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def product_modules(*, migrations: bool = False) -> list[Path]:
    """Return the package's modules."""
    paths = sorted(PRODUCT.rglob("*.py"))
    return [path for path in paths if migrations or "migrations" not in path.parts]


def functions(tree: ast.AST) -> Iterator[Function]:
    """Yield every function in a tree, nested ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def imports(path: Path) -> Iterator[str]:
    """Yield the full name of everything a module imports."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)
