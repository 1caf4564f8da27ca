"""CPU time, and memory of this process."""

import resource
import time
from collections.abc import Callable
from statistics import median

ROUNDS = 21


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds that this process spends on something, threads contained."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def usual_ms(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median CPU milliseconds of many calls, after one that is not counted."""
    work()
    return 1000 * median(cpu_seconds(work) for _ in range(rounds))


def peak_mb() -> float:
    """Return the most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
