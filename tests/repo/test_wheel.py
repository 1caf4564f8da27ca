"""The package installs from its wheel into a clean environment, without a network, and the demo works from there."""

import os
import re
import signal
import socket
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.needs import needs
from tests.repo.tree import ROOT

pytestmark = pytest.mark.slow
WHEELS = Path(sys.prefix) / "wheels"
LINK = re.compile(r"http://localhost:\d+/\S{8,}")


def pip(python: Path, *arguments: object) -> None:
    command = [python, "-m", "pip", "--quiet", "--disable-pip-version-check", *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """The folder of commands of a clean environment that holds our wheel and what it depends on."""
    needs(WHEELS.is_dir(), "The wheel's test needs the wheelhouse that script/test makes in .venv/wheels.")
    folder = tmp_path_factory.mktemp("clean")
    pip(Path(sys.executable), "wheel", ".", "--no-deps", "--no-build-isolation", "--no-index", "-w", folder)
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
    pip(folder / "env/bin/python", "install", "--no-index", "--find-links", WHEELS, *folder.glob("*.whl"))
    return folder / "env/bin"


@pytest.fixture
def environment(tmp_path: Path, installed: Path) -> dict[str, str]:
    """What somebody has who never saw the checkout."""
    return {"HOME": str(tmp_path), "PATH": f"{installed}:/usr/bin:/bin", "LANG": "C.UTF-8"}


@contextmanager
def running(command: list[str], folder: Path, environment: dict[str, str]) -> Iterator[Path]:
    """Run a command that goes on until it is interrupted; yield the file of what it prints."""
    printed = folder / "printed"
    with printed.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            yield printed
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(20)


def waited_for(find, seconds: float):
    """Return what `find` finds, trying until it does."""
    end = monotonic() + seconds
    while not (found := find()) and monotonic() < end:
        sleep(0.1)
    return found


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def answer(link: str) -> int | None:
    """Return the status of a page, or None while nobody listens."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor())
    try:
        with opener.open(link, timeout=10) as response:
            return response.status
    except urllib.error.HTTPError as refused:
        return refused.code
    except urllib.error.URLError:
        return None


def test_the_installed_package_holds_every_file_that_others_made(installed):
    (package,) = installed.parent.glob("lib/*/site-packages/needlework")
    listed = tomllib.loads((package / "vendored.toml").read_text("utf-8"))["package"]
    assert [path for one in listed for path in one["files"] if not (package / path).is_file()] == []


def test_the_installed_command_says_what_it_can(installed, environment, tmp_path):
    said = subprocess.run(
        [installed / "needlework", "--help"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert {"serve", "demo"} <= set(said.stdout.split())


def test_the_installed_demo_prints_links_that_open(installed, environment, tmp_path):
    command = [str(installed / "needlework"), "demo", "--port", str(free_port())]
    with running(command, tmp_path, environment) as printed:
        links = waited_for(lambda: LINK.findall(printed.read_text()), 120)
        assert len(links) >= 5, printed.read_text()
        assert waited_for(lambda: answer(links[0]), 30) == 200
