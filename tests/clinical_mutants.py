"""Break the rules of care one small way at a time, and count how many breaks a test notices: `script/mutate`.

mutmut works in a folder of its own, on a copy of the core and of the tests that need neither Django nor a database.
Name modules to judge those alone: `script/mutate terms fields`.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
CORE = Path("src/needlework/clinical")
TESTS = [Path("tests/spec"), Path("tests/unit/clinical"), Path("tests/property/clinical")]
NOT_COUNTED = {"skipped", "not checked"}
NOTICED = {"killed", "timeout", "segfault", "suspicious"}

SETTINGS = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = {only}
also_copy = ["src", "tests", "docs", "GLOSSARY.md"]
pytest_add_cli_args = ["-p", "no:cacheprovider"]
pytest_add_cli_args_test_selection = {tests}
track_dependencies = false
use_git_change_detection = false
timeout_constant = 5.0

[tool.pytest.ini_options]
pythonpath = ["src", "."]
addopts = "--import-mode=importlib --strict-markers"
filterwarnings = ["error"]
markers = ["slow: long proofs"]
"""


def main() -> int:
    """Run it and return 0 when enough was noticed."""
    options = arguments()
    prepare(options.folder, options.modules, options.tests)
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(options.processes)]
    # a test that starts a process of its own finds the unbroken code there
    env = os.environ | {"PYTHONPATH": str(options.folder.resolve() / "src")}
    with (options.folder / "log").open("w") as log:
        done = subprocess.run(command, cwd=options.folder, env=env, stdout=log, stderr=log, check=False)
    if done.returncode:
        say(f"mutmut could not run: the tests must pass on the unbroken code first. See {options.folder / 'log'}.")
        return 1
    return 0 if report(options.folder) >= options.least else 1


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="script/mutate", description=__doc__)
    parser.add_argument("modules", nargs="*", help="modules of needlework.clinical; without any, all of them")
    parser.add_argument("--tests", nargs="*", default=TESTS, help="the tests that judge; without any, all of the core")
    parser.add_argument("--folder", type=Path, default=ROOT / ".mutants", help="where to work; emptied first")
    parser.add_argument("--least", type=float, default=90.0, help="fail below this percentage (90)")
    parser.add_argument("--processes", type=int, default=os.cpu_count(), help="how many at once")
    return parser.parse_args()


def prepare(folder: Path, modules: list[str], judges: list[Path]) -> None:
    """Lay out a copy that mutmut may break."""
    shutil.rmtree(folder, ignore_errors=True)
    unwanted = shutil.ignore_patterns("__pycache__", "*.pyc")
    for part in [Path("src"), *TESTS, Path("docs")]:
        shutil.copytree(ROOT / part, folder / part, ignore=unwanted)
    shutil.copy(ROOT / "tests" / "__init__.py", folder / "tests" / "__init__.py")
    shutil.copy(ROOT / "GLOSSARY.md", folder / "GLOSSARY.md")
    only = [f"{CORE}/{module}*" for module in modules] or [f"{CORE}/*"]
    text = SETTINGS.format(only=only, tests=[str(path) for path in judges])
    (folder / "pyproject.toml").write_text(text, "utf-8")


def report(folder: Path) -> float:
    """Print a row for each module and every break that nothing noticed; return the percentage noticed."""
    os.chdir(folder)
    from mutmut.mutation.data import SourceFileMutationData
    from mutmut.mutation.diff_apply import get_diff_for_mutant
    from mutmut.stats import status_by_exit_code

    total: Counter[str] = Counter()
    say(f"\n{'module':<34}{'noticed':>9}{'survived':>10}{'timeouts':>10}{'percent':>9}")
    missed: list[tuple[Path, str]] = []
    for path in sorted(CORE.rglob("*.py")):
        data = SourceFileMutationData(path=path)
        data.load()
        told = {name: status_by_exit_code[code] for name, code in data.exit_code_by_key.items()}
        counted = Counter(status for status in told.values() if status not in NOT_COUNTED)
        missed += [(path, name) for name, status in told.items() if status not in NOT_COUNTED | NOTICED]
        total += counted
        if counted:
            say(row(path.relative_to(CORE).as_posix(), counted))
    say(row("all", total))
    for path, name in missed:
        say(f"\nSurvived: {name}\n{get_diff_for_mutant(name, path=path)}")
    return percent(total)


def say(line: str) -> None:
    """Write a line to standard output."""
    sys.stdout.write(f"{line}\n")


def row(name: str, counted: Counter[str]) -> str:
    """Return a line of the table."""
    noticed = sum(counted[status] for status in NOTICED)
    survived = counted.total() - noticed
    return f"{name:<34}{noticed:>9}{survived:>10}{counted['timeout']:>10}{percent(counted):>9.1f}"


def percent(counted: Counter[str]) -> float:
    """Return how many of a hundred breaks were noticed; where there was none to notice, all."""
    return 100 * sum(counted[status] for status in NOTICED) / counted.total() if counted else 100.0


if __name__ == "__main__":
    sys.exit(main())
