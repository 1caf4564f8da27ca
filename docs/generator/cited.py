"""How a generated page writes sources."""

from collections.abc import Iterable

from needlework.evidence.sources import Source


def cited(sources: Iterable[Source]) -> str:
    """Return sources as links with their strength."""
    return "; ".join(_one(source) for source in sources)


def _one(source: Source) -> str:
    title = source.title.replace("[", "\\[").replace("]", "\\]")
    linked = f"[{title}](<{source.url}>)" if source.url else title
    return linked if source.strength_class in {"policy", "memory"} else f"{linked} ({source.strength})"
