"""`script/bench` runs all benchmarks; `script/bench web` runs one; `script/bench --list` names them."""

import ast
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(arguments: list[str]) -> int:
    """Run, or list, the benchmarks beside this file."""
    names = sorted(path.stem for path in HERE.iterdir() if is_benchmark(path))
    unknown = sorted(set(arguments) - {*names, "--list"})
    if unknown:
        print(f"There is no benchmark called {', '.join(unknown)}. There are: {', '.join(names)}.", file=sys.stderr)
        return 2
    if "--list" in arguments:
        print("\n".join(f"{name:16} {summary(name)}" for name in names))
        return 0
    return max(run(name) for name in arguments or names)


def is_benchmark(path: Path) -> bool:
    """Tell whether a path is a benchmark: a file, or a folder with a `__main__.py`, that is not shared."""
    return not path.stem.startswith("_") and (path.suffix == ".py" or (path / "__main__.py").is_file())


def summary(name: str) -> str:
    """Return the first line of a benchmark's docstring."""
    folder = HERE / name / "__main__.py"
    text = ast.get_docstring(ast.parse((folder if folder.is_file() else HERE / f"{name}.py").read_text())) or ""
    return text.partition("\n")[0]


def run(name: str) -> int:
    """Run one benchmark in a process of its own."""
    print(f"\n== {name}: {summary(name)}", flush=True)
    return subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
