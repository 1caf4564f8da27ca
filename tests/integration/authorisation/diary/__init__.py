"""What the matrix knows of the diary and of payments: rows of the policy, and one of everything."""

from typing import Any

from tests.integration.authorisation.diary import courses, feeds, money, own, public, staff, waiting, working
from tests.integration.authorisation.rules import Canary

PAGES = (working, staff, courses, waiting, feeds, public, own, money)
"""In the order in which their things are made."""

ROWS = {name: row for pages in PAGES for name, row in pages.ROWS.items()}


def made(thing: Any) -> dict[str, Any]:
    """Make one of everything in one clinic; what is made first stands in `thing.keys` for what is made later."""
    for pages in PAGES:
        thing.keys |= pages.made(thing)
    return dict(thing.keys)


def canaries(place: str) -> list[Canary]:
    """Return the secrets that these pages know of in one clinic."""
    return money.canaries(place)
