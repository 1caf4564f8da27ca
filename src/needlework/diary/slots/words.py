"""Days and times in the sentences of the diary."""

from collections.abc import Sequence
from datetime import date, datetime

from needlework.evidence.days import in_words


def named(day: date) -> str:
    """Return a day with its weekday: Tuesday 12 January 2027."""
    return f"{day:%A} {in_words(day)}"


def at_clock(there: datetime) -> str:
    """Return the time of a clock: 14:05."""
    return f"{there:%H:%M}"


def one_of(choices: Sequence[str]) -> str:
    """Return choices as a sentence names them: Monday, Tuesday or Friday."""
    return " or ".join([", ".join(choices[:-1]), choices[-1]]) if len(choices) > 1 else "".join(choices)
