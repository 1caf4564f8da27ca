"""`needlework demo`: a believable clinic on an embedded database; built once a day, copied at every start."""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import needlework
from needlework.cli.errors import BadInputError

EXAMPLE = "needlework demo --port 8000"
LINKS = "demo.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--port", type=int, default=8000, help="where to listen on this machine (8000)")
    parser.add_argument("--home", type=Path, help="keep the demo's data in this folder, and go on with it next time")


def run(options: argparse.Namespace) -> int:
    """Prepare the clinic, print the ways in, and serve it."""
    today = datetime.now(UTC).astimezone().date()
    kept = options.home is not None
    home = options.home.expanduser().resolve() if kept else Path(tempfile.mkdtemp(prefix="needlework-demo-")) / "home"
    try:
        prepare(home, built(today))
        announce(home, options.port)
        return serve(home, options.port)
    finally:
        if not kept:
            shutil.rmtree(home.parent, ignore_errors=True)


def prepare(home: Path, built_home: Path) -> None:
    """Copy the built clinic into an empty folder; go on with a demo that is there; refuse anything else."""
    if (home / LINKS).exists():
        return
    if home.exists() and any(home.iterdir()):
        raise BadInputError(f"{home} holds something that is not a demo. Name an empty folder with --home.")
    try:
        shutil.copytree(built_home, home, dirs_exist_ok=True)
        shutil.copy2(key_of(built_home), key_of(home))
    except OSError as problem:
        raise BadInputError(
            f"{home} cannot be written ({problem.strerror}). Name another folder with --home."
        ) from None


def built(today: date) -> Path:
    """Return the folder of today's clinic, building it first where this version has none yet."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "needlework" / "demo"
    folder = cache / f"{today}-{source_digest()}"
    if not folder.exists():
        shutil.rmtree(cache, ignore_errors=True)
        cache.mkdir(parents=True)
        passing = Path(tempfile.mkdtemp(dir=cache))
        build(passing / "home", today)
        passing.rename(folder)
    return folder / "home"


def build(home: Path, today: date) -> None:
    """Build the clinic in a process of its own, with its progress shown."""
    home.mkdir()
    print("Building the demo clinic (once a day) …", file=sys.stderr)
    command = [sys.executable, "-m", "needlework.front.demo", str(today)]
    done = subprocess.run(command, env=environment(home), check=False)  # noqa: S603 - our own module
    if done.returncode:
        raise RuntimeError("The demo clinic could not be built; what went wrong stands above.")


def announce(home: Path, port: int) -> None:
    """Print one way in for each role."""
    print(f"\nThe demo clinic opens at http://localhost:{port}/ . Sign in as")
    for link in json.loads((home / LINKS).read_text("utf-8")):
        print(f"  {link['role']:<13} {link['name']:<14} http://localhost:{port}{link['path']}")
    print("\nEverybody here is fictional, and no message leaves this machine. Stop with Ctrl+C.\n", flush=True)


def serve(home: Path, port: int) -> int:
    """Serve the clinic as `needlework serve` does."""
    os.environ.clear()
    os.environ.update(environment(home))
    from needlework.cli import main

    return main.main(["serve", "--port", str(port)])


def environment(home: Path) -> dict[str, str]:
    """Return the environment in which the demo's processes run: its own home and key, no other database."""
    ours = {"NEEDLEWORK_HOME": str(home), "NEEDLEWORK_KEY_FILE": str(key_of(home)), "NEEDLEWORK_DEMO": "1"}
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | ours


def key_of(home: Path) -> Path:
    """Return where a demo's key lies: beside its data, never in it."""
    return home.with_name(f"{home.name}.key")


def source_digest() -> str:
    """Return what tells one version of the code from another, as 12 hexadecimal digits."""
    root = Path(needlework.__file__).parent
    files = sorted(path for pattern in ("*.py", "*.toml") for path in root.rglob(pattern))
    content = b"\0".join(path.read_bytes() for path in files)
    return hashlib.sha256(content).hexdigest()[:12]
