"""The model fitted to the published numbers: the mode with Laplace's approximation around it."""

from collections.abc import Iterator

from bench.forecast.table import Row
from bench.forecast.timing import cpu_seconds
from needlework.forecast.calibration.laplace import laplace


def rows() -> Iterator[Row]:
    """Return the CPU seconds of one fit."""
    yield Row("mode and Laplace's approximation", f"{cpu_seconds(laplace):.1f} s", "60 s", "one run, one thread")
