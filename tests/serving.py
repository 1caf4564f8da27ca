"""A real `needlework serve` on a free port: started, asked, watched and ended, each within bounds."""

import http.client
import json
import os
import re
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

import psutil

SECONDS = 30


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Message
    text: str


@dataclass(frozen=True)
class Served:
    """A running installation."""

    process: "subprocess.Popen[bytes]"
    address: str
    said: Path
    log: Path

    @property
    def port(self) -> int:
        """Where it listens; behind a proxy its own address does not tell."""
        found = psutil.Process(self.process.pid).net_connections("inet")
        return next(one.laddr.port for one in found if one.status == psutil.CONN_LISTEN)

    @property
    def code(self) -> str | None:
        """The one-time code that it showed on the terminal, if it did."""
        found = re.search(r"one-time code: (\S+)", self.said.read_text())
        return found.group(1) if found else None

    @property
    def logged(self) -> list[dict[str, Any]]:
        """Its log, which is nothing but JSON lines."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def ask(
        self, path: str, headers: Mapping[str, str] | None = None, context: ssl.SSLContext | None = None
    ) -> "Answer":
        """Send one GET and return the answer."""
        if context is None:
            connection = http.client.HTTPConnection("localhost", self.port, timeout=SECONDS)
        else:
            connection = http.client.HTTPSConnection("localhost", self.port, timeout=SECONDS, context=context)
        with closing(connection):
            connection.request("GET", path, headers=dict(headers or {}))
            got = connection.getresponse()
            return Answer(got.status, got.headers, got.read().decode())

    def ready(self) -> dict[str, str]:
        """Return what /readyz says."""
        return json.loads(self.ask("/readyz").text)

    def processes(self) -> list[psutil.Process]:
        """Return the process and all that it started."""
        own = psutil.Process(self.process.pid)
        return [own, *own.children(recursive=True)]


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of an installation in a folder, and nothing of the test run's own."""
    ours = ("NEEDLEWORK_", "DJANGO_", "DATABASE_URL", "XDG_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "NEEDLEWORK_HOME": str(home), **more}


def command(*arguments: str) -> list[str]:
    """Return the command line of `needlework …` with this interpreter."""
    return [sys.executable, "-c", "import sys; from needlework.cli.main import main; sys.exit(main())", *arguments]


def refused(*arguments: str, environment: Mapping[str, str]) -> str:
    """Run a command that must refuse its input, and return its one line."""
    done = subprocess.run(
        command(*arguments), env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr.removeprefix("needlework: ").strip()


@contextmanager
def serving(*arguments: str, environment: Mapping[str, str], folder: Path) -> Iterator[Served]:
    """Serve on a free port until the test is over; what it says and logs goes to two files in the folder."""
    said, log = folder / "said", folder / "log"
    with said.open("w") as stdout, log.open("w") as stderr:
        line = command("serve", "--port", "0", *arguments)
        process = subprocess.Popen(line, env=environment, stdout=stdout, stderr=stderr)
    try:
        yield _announced(process, said, log)
    finally:
        process.terminate()
        try:
            process.wait(SECONDS)
        finally:
            process.kill()


def _announced(process: "subprocess.Popen[bytes]", said: Path, log: Path) -> Served:
    assert wait_until(lambda: "Needlework is at" in said.read_text() or process.poll() is not None), log.read_text()
    found = re.search(r"Needlework is at (\S+)/ ", said.read_text())
    assert found, log.read_text()
    served = Served(process, found.group(1), said, log)
    assert wait_until(lambda: len(served.processes()) > 1), log.read_text()
    return served


def wait_until(condition: Callable[[], object], seconds: float = SECONDS) -> bool:
    """Say whether a condition came true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False
