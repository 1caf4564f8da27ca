"""What surrounds every page: the clinic's name, the tabs, who is signed in. Rooms above register it at start-up.

Everything here runs for pages of every kind, so nothing is asked of a record until a template needs it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from needlework.web.brand import Brand

Audience = Literal["staff", "patient"]
May = Callable[[HttpRequest], bool]


@dataclass(frozen=True)
class Tab:
    """One entry of the main navigation."""

    label: str
    url_name: str
    may: May
    order: int
    audience: Audience


@dataclass(frozen=True)
class ShownTab:
    """A tab as one page shows it."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Idle:
    """After how many quiet seconds the server will ask who is there, and the address that says "still here"."""

    seconds: int
    stay_url: str


@dataclass
class Shell:
    """What the rooms above have registered."""

    tabs: dict[str, Tab]
    brand: Callable[[HttpRequest], Brand]
    idle: Callable[[HttpRequest], Idle | None]
    corner: str = "web/corner.html"


SHELL = Shell(tabs={}, brand=lambda _: Brand(), idle=lambda _: None)


def register_tab(label: str, url_name: str, *, may: May, order: int, audience: Audience) -> None:
    """Add an entry to the main navigation of staff or of patients, for those who `may`."""
    SHELL.tabs[f"{audience}:{url_name}"] = Tab(label, url_name, may, order, audience)


def set_brand(provider: Callable[[HttpRequest], Brand]) -> None:
    """Ask this function how the clinic looks."""
    SHELL.brand = provider


def set_idle(provider: Callable[[HttpRequest], Idle | None]) -> None:
    """Ask this function when a quiet page will be locked."""
    SHELL.idle = provider


def set_corner(template: str) -> None:
    """Show this template at the end of the top bar: who is signed in, and the way out."""
    SHELL.corner = template


def context(request: HttpRequest) -> Mapping[str, Any]:
    """Return what the base template needs, each part worked out only when it is drawn."""
    return {
        "brand": SimpleLazyObject(lambda: SHELL.brand(request)),
        "tabs": SimpleLazyObject(lambda: tabs(request)),
        "idle": SimpleLazyObject(lambda: SHELL.idle(request)),
        "corner": SHELL.corner,
    }


def audience(request: HttpRequest) -> Audience | None:
    """Tell who is reading: staff, a patient, or nobody the clinic knows yet."""
    if getattr(request, "patient", None) is not None:
        return "patient"
    user = getattr(request, "user", None)
    return "staff" if user is not None and user.is_authenticated else None


def tabs(request: HttpRequest) -> list[ShownTab]:
    """Return the tabs that this reader may use; the one whose address leads here is current."""
    reader = audience(request)
    mine = [tab for tab in SHELL.tabs.values() if tab.audience == reader and tab.may(request)]
    ordered = sorted(mine, key=lambda tab: (tab.order, tab.label))
    addresses = [reverse(tab.url_name) for tab in ordered]
    here = current(request.path, addresses)
    return [ShownTab(tab.label, url, url == here) for tab, url in zip(ordered, addresses, strict=True)]


def current(path: str, addresses: list[str]) -> str | None:
    """Return the longest of the addresses that the path lies under; "/" counts only for itself."""
    above = [address for address in addresses if path == address or (address != "/" and path.startswith(address))]
    return max(above, key=len, default=None)
