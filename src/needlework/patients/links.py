"""Pages of rooms above that belong to one patient's record: registered at start-up, listed on the patient's page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from needlework.accounts.decision import Decision
from needlework.accounts.models import User
from needlework.patients.models import Patient

May = Callable[..., Decision]


@dataclass(frozen=True)
class Link:
    """A page about a patient, and who may open it."""

    label: str
    url_name: str
    may: May


LINKS: list[Link] = []


def register(label: str, url_name: str, *, may: May) -> None:
    """List a page on every patient's page for those whom `may(user=…, patient=…)` allows."""
    LINKS.append(Link(label, url_name, may))


def links_for(user: User, patient: Patient) -> list[tuple[str, str]]:
    """Return label and address of the pages that somebody may open about a patient."""
    allowed = [link for link in LINKS if link.may(user=user, patient=patient)]
    return [(link.label, reverse(link.url_name, args=[patient.pk])) for link in allowed]
