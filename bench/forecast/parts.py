"""One part of the table, as a fresh process is asked for it."""

from importlib import import_module

from bench.forecast.table import Row


def part(name: str) -> list[Row]:
    """Return the rows of a module; what cannot be run here says why."""
    try:
        return list(import_module(f"bench.forecast.rows.{name}").rows())
    except (ImportError, ValueError) as wrong:
        return [Row(name, f"not run: {wrong}")]
