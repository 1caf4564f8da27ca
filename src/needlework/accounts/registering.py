"""What this room gives to the rooms below it at start-up."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.urls import reverse

from needlework.accounts import operations, throttle
from needlework.accounts.capabilities import holds
from needlework.accounts.models import User
from needlework.accounts.operations.passwords import SEND_LINK
from needlework.accounts.presence import presence
from needlework.accounts.queries.organisation import organisation
from needlework.web import shell as web
from needlework.web.brand import Brand
from needlework.work import kinds
from needlework.work.kinds import Task


def work() -> None:
    """Register the background work of accounts."""
    kinds.register(SEND_LINK, send_link)
    kinds.register("forget-old-sign-in-data", forget_old, every=timedelta(hours=1))


def send_link(task: Task) -> None:
    """Send a link for a forgotten password, where the address that was typed belongs to somebody."""
    user = User.objects.filter(pk=task.subject["user"], ended_at=None).first()
    if user:
        operations.send_reset(user=user, at=task.clock())


def forget_old(task: Task) -> None:
    """Remove tries to get in that no limit counts any more, and sessions that have ended by themselves."""
    throttle.forget_old(at=task.clock())
    Session.objects.filter(expire_date__lt=task.clock()).delete()


def shell() -> None:
    """Register the tabs, the look of the organisation, the idle lock and the corner of the page."""
    web.register_tab("Staff", "staff", may=_holding("see-staff"), order=40, audience="staff")
    web.register_tab("Clinics", "clinics", may=_holding("see-staff"), order=50, audience="staff")
    web.register_tab("Settings", "settings", may=_holding("change-settings"), order=90, audience="staff")
    web.set_brand(brand)
    web.set_idle(idle)
    web.set_corner("accounts/corner.html")


def brand(request: HttpRequest) -> Brand:
    """Return how the organisation looks; before the first set-up, the house's own look."""
    ours = organisation(request)
    if ours is None:
        return Brand()
    logo = getattr(ours, "logo", None)
    address = reverse("logo", args=[logo.digest[:16]]) if logo else None
    return Brand(ours.name, ours.colour, ours.colour_deep, ours.colour_wash, address)


def idle(request: HttpRequest) -> web.Idle | None:
    """Return after how long a quiet page of this browser is locked; None where nobody is signed in."""
    found, ours = presence(request), organisation(request)
    if ours is None or found.sign_in is None or found.locked:
        return None
    return web.Idle(ours.idle_minutes * 60, reverse("stay"))


def _holding(capability: str) -> web.May:
    return lambda request: isinstance(request.user, User) and holds(request.user, capability)
