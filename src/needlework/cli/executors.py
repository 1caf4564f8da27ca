"""Where a command's pieces of work are done: a pool of processes on this machine, or a Dask cluster."""

import argparse
import asyncio
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from needlework.cli.errors import BadInputError

LOST = (BrokenExecutor, CancelledError)
"""What is raised where the workers themselves are gone."""
KILLED = "needlework: A worker was killed, perhaps for want of memory."
PATIENCE_SECONDS = 10
"""How long a Dask scheduler may take to answer."""


def add_arguments(parser: argparse.ArgumentParser, *, goes_with: str = "") -> None:
    """Declare `--workers` and `--cluster`; help says first what they go with."""
    several = f"{goes_with}so many processes; one per core if not said"
    parser.add_argument("--workers", metavar="N", type=_count, help=several)
    parser.add_argument("--cluster", metavar="ADDRESS", help=f"{goes_with}work on the Dask scheduler at this address")


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[Executor]:
    """Open the executor that the options name, and close it at the end."""
    if options.cluster:
        with _cluster(options.cluster) as executor:
            yield executor
    else:
        # Not a fork: this process has threads, of OpenCV and of the progress bar.
        with ProcessPoolExecutor(options.workers, multiprocessing.get_context("spawn")) as pool:
            yield pool


def _count(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError("at least one worker is needed")
    return number


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        dask: Any = import_module("distributed")  # which has no types
    except ImportError:
        raise BadInputError("--cluster needs Dask. Install it: pip install 'needlework[cluster]'.") from None
    try:
        with ThreadPoolExecutor(1) as thread:  # this one may have a loop of its own, as in a notebook
            thread.submit(lambda: asyncio.run(_reach(dask, address))).result()
    except (OSError, ValueError, MemoryError):  # nobody there, no address, or somebody who talks of something else
        raise BadInputError(
            f"--cluster: No Dask scheduler answers at {address}. Start one, or leave --cluster out."
        ) from None
    with dask.Client(address) as client:
        yield client.get_executor()


async def _reach(dask: Any, address: str) -> None:
    """Connect once: a client that cannot connect complains again when it is thrown away."""
    security = dask.Security().get_connection_args("client")
    comm = await dask.comm.connect(address, PATIENCE_SECONDS, **security)
    comm.abort()
