"""Days as people write them."""

from datetime import date


def in_words(day: date) -> str:
    """Return a day as it stands in a sentence.

    >>> in_words(date(2026, 12, 1))
    '1 December 2026'
    """
    return f"{day.day} {day:%B %Y}"
