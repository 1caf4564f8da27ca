"""A small Dask cluster within the process of a test."""

from collections.abc import Iterator
from contextlib import contextmanager

from distributed import LocalCluster

DASHBOARD = "127.0.0.1:0"
"""Any free port: without an address it is 8787, which tests in two processes at once would both want."""


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster of one worker, and give its scheduler's address."""
    with LocalCluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=DASHBOARD) as started:
        yield started.scheduler_address
