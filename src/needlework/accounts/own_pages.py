"""Pages of rooms above that belong to one's own account: registered at start-up, listed on the account page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from needlework.accounts.decision import Decision
from needlework.accounts.models import User


@dataclass(frozen=True)
class OwnPage:
    """A page about one's own account, and who may open it."""

    label: str
    url_name: str
    may: Callable[..., Decision]


OWN_PAGES: list[OwnPage] = []


def register(label: str, url_name: str, *, may: Callable[..., Decision]) -> None:
    """List a page on the account page of those whom `may(user=…)` allows."""
    OWN_PAGES.append(OwnPage(label, url_name, may))


def own_pages_of(user: User) -> list[tuple[str, str]]:
    """Return label and address of the pages that somebody has beside the account page."""
    return [(page.label, reverse(page.url_name)) for page in OWN_PAGES if page.may(user=user)]
