"""Pages of the running product: waiting at 1, 8 and 64 clients, CPU and queries per request, memory, cold start.

The server is `needlework serve` as a clinic runs it, on the demo clinic; clients run on the same machine and take
their share of it, so waiting is the machine's, and CPU per request the server's alone.
"""

import json
import signal
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench._homes import DATABASES, Environment, cookies, home, python, queries

PUBLIC = "/sign-in/"
PAGES = {"sign-in": PUBLIC, "day": "/today/", "patient search": "/patients/?q=el"}
CLIENTS = (1, 8, 64)
SECONDS = 3.0
MANY = 10_000


@dataclass(frozen=True)
class Server:
    """A running `needlework serve`."""

    process: psutil.Process
    port: int
    cold_start: float

    def family(self) -> list[psutil.Process]:
        """Return the command's own process and all it started."""
        return [self.process, *self.process.children(recursive=True)]

    def cpu(self) -> float:
        """Return the CPU seconds spent so far."""
        return sum(times.user + times.system for times in (one.cpu_times() for one in self.family()))

    def memory(self) -> float:
        """Return the megabytes held, pages shared between processes counted once."""
        return sum(one.memory_full_info().pss for one in self.family()) / 2**20


@contextmanager
def serving(environment: Environment) -> Iterator[Server]:
    """Start the server and wait for its first page."""
    begun = time.perf_counter()
    command = [Path(sys.executable).with_name("needlework"), "serve", "--port", "0"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        said = process.stdout.readline()
        port = int(said.split("localhost:")[1].split("/")[0])
        with urllib.request.urlopen(f"http://localhost:{port}/sign-in/", timeout=30) as answer:
            answer.read()
        yield Server(psutil.Process(process.pid), port, time.perf_counter() - begun)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)
        process.stdout.close()


def load(
    environment: Environment, server: Server, path: str, sent: dict[str, str], clients: int, **limits: float
) -> dict:
    """Load one page from a process of the clients' own."""
    asked = {
        "port": server.port,
        "path": path,
        "cookies": {} if path == PUBLIC else sent,
        "clients": clients,
        "seconds": SECONDS,
        "most": MANY,
    }
    return json.loads(python(["-m", "bench._load", json.dumps(asked | limits)], environment))


def measure(database: str) -> None:
    """Print everything about one database."""
    with home(database) as environment:
        sent = cookies(environment)
        counted = queries(environment, sent, list(PAGES.values()))
        starts = []
        for _ in range(4):
            with serving(environment) as server:
                starts.append(server.cold_start)
        with serving(environment) as server:
            waiting(database, environment, server, sent)
            cost(database, environment, server, sent, counted)
            for path in PAGES.values():
                load(environment, server, path, sent, 8, seconds=600, most=MANY // len(PAGES))
            time.sleep(5)
            print(
                f"\n{database}: memory {server.memory():.0f} MB in {len(server.family())} processes, idle after",
                end=" ",
            )
            print(f"{MANY} requests; cold start {statistics.median(starts[1:]):.2f} s (median of 3)")


def waiting(database: str, environment: Environment, server: Server, sent: dict[str, str]) -> None:
    """Print how long clients wait."""
    print(f"\n{database:11} {'page':15} {'clients':>7} {'req/s':>7} {'median ms':>10} {'95th ms':>9} {'worst ms':>9}")
    for name, path in PAGES.items():
        load(environment, server, path, sent, 8, seconds=1)
        for clients in CLIENTS:
            told = load(environment, server, path, sent, clients)
            row = f"{told['per second']:7.0f} {told['median']:10.1f} {told['95th']:9.1f} {told['worst']:9.1f}"
            print(f"{'':11} {name:15} {clients:7} {row}", flush=True)


def cost(database: str, environment: Environment, server: Server, sent: dict[str, str], counted: dict) -> None:
    """Print what one request costs the server."""
    print(f"\n{database:11} {'page':15} {'CPU ms/request':>14} {'queries':>8} {'status':>7}")
    for name, path in PAGES.items():
        samples = []
        for _ in range(3):
            before = server.cpu()
            told = load(environment, server, path, sent, 1)
            samples.append(1000 * (server.cpu() - before) / told["answers"])
        status, number = counted[path]
        print(f"{'':11} {name:15} {statistics.median(samples):14.1f} {number:8} {status:7}", flush=True)


def main() -> None:
    """Measure both databases."""
    for database in DATABASES:
        measure(database)


if __name__ == "__main__":
    main()
