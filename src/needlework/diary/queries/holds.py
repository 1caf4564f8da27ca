"""Holds, as the people see them for whom a time is kept."""

from dataclasses import dataclass
from datetime import datetime

from needlework.diary.kept import Kept
from needlework.diary.models import Hold, Resource, Service
from needlework.diary.queries import online
from needlework.diary.queries.own import wall_clock
from needlework.diary.queries.rules import zone_of


@dataclass(frozen=True)
class Chosen:
    """A time that somebody chose, by the clinic's clock."""

    service: Service
    """At the price at which it is kept."""
    begins: datetime
    practitioner: Resource | None
    """With whom it is; None where nobody was asked for and the time is no longer kept."""
    until: datetime | None
    """Up to when it is kept; None where it no longer is."""
    seconds: int
    """For how long it is still kept."""


def chosen(kept: Kept, *, at: datetime) -> Chosen:
    """Return a chosen time and whether it is still kept; 404 where its service is no longer offered."""
    service = online.service(kept.service_id)
    hold = Hold.objects.filter(pk=kept.hold_id, until__gt=at).select_related("practitioner__user").first()
    if hold:  # what is kept is kept at the price of when it was chosen
        service.price_pence, service.deposit_pence = hold.price_pence, hold.deposit_pence
    zone = zone_of(service.clinic)
    return Chosen(
        service=service,
        begins=wall_clock(kept.begins, zone),
        practitioner=hold.practitioner if hold else online.practitioner(service, kept.practitioner_id),
        until=wall_clock(hold.until, zone) if hold else None,
        seconds=int((hold.until - at).total_seconds()) if hold else 0,
    )


def of_browser(key: str) -> Hold | None:
    """Return what is kept for a browser."""
    return Hold.objects.filter(browser_key=key).first() if key else None
