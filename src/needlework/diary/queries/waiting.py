"""The waiting list: who waits for what, in order, and what was offered to whom."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from needlework.accounts.capabilities import clinics_where
from needlework.accounts.models import Clinic, User
from needlework.diary import tokens
from needlework.diary.models import OfferOutcome, Visitor, WaitingEntry, WaitingOffer
from needlework.diary.queries.appointments import LINKS_LAST
from needlework.diary.queries.rules import zones_of
from needlework.patients.models import Patient
from needlework.patients.queries.people import same_person

MISSING = "There is nobody waiting here, or not at one of your clinics."
NO_OFFER = "There is no offer at this address."
WHO = ("clinic", "service", "patient", "visitor", "practitioner__user", "instead_of")


def entries_for(user: User) -> QuerySet[WaitingEntry]:
    """Return everybody who waits at somebody's clinics, the first to join first, each with the offer still open."""
    return in_order(WaitingEntry.objects.filter(clinic__in=clinics_where(user, "see-diary"), ended_at=None))


def by_clock(entries: Iterable[WaitingEntry]) -> list[tuple[WaitingEntry, ZoneInfo]]:
    """Return entries with the time zones of their clinics."""
    found = list(entries)
    zones = zones_of({entry.clinic_id for entry in found})
    return [(entry, zones[entry.clinic_id]) for entry in found]


def entry_for(user: User, entry_id: UUID) -> WaitingEntry:
    """Return one entry of the list; outside somebody's clinics, or ended, it is missing."""
    entry = entries_for(user).filter(pk=entry_id).first()
    if entry is None:
        raise Http404(MISSING)
    return entry


def entries_of(patient: Patient) -> QuerySet[WaitingEntry]:
    """Return what a patient waits for."""
    return in_order(WaitingEntry.objects.filter(patient__in=same_person(patient), ended_at=None))


def entry_of(patient: Patient, entry_id: UUID) -> WaitingEntry:
    """Return one of the things a patient waits for; somebody else's is missing."""
    entry = entries_of(patient).filter(pk=entry_id).first()
    if entry is None:
        raise Http404(MISSING)
    return entry


def entries_at(clinic: Clinic) -> QuerySet[WaitingEntry]:
    """Return everybody who waits at a clinic, the first to join first."""
    return in_order(WaitingEntry.objects.filter(clinic=clinic, ended_at=None))


def in_order(entries: QuerySet[WaitingEntry]) -> QuerySet[WaitingEntry]:
    """Return entries, the first to join first, each with its open offer at `open_offers`."""
    open_offers = Prefetch("offers", WaitingOffer.objects.filter(outcome=OfferOutcome.OPEN), to_attr="open_offers")
    return entries.select_related(*WHO).prefetch_related(open_offers).order_by("joined_at", "pk")


def waits_already(
    *, service_id: UUID, patient: Patient | None, visitor: Visitor | None, among: Iterable[UUID] = ()
) -> bool:
    """Say whether somebody waits for a service already, in another entry than these."""
    whose = {"patient__in": same_person(patient)} if patient else {"visitor": visitor}
    found = WaitingEntry.objects.filter(service=service_id, ended_at=None, **whose)
    return found.exclude(pk__in=among).exists()


def offer_by_token(token: str, at: datetime) -> WaitingOffer:
    """Return the offer that a private link leads to, whatever became of it; 404 for a link that is wrong or old."""
    found = WaitingOffer.objects.filter(link_hash=tokens.hash_of(token))
    offer = found.select_related("practitioner__user", *(f"entry__{name}" for name in WHO)).first()
    if offer is None or offer.begins + LINKS_LAST < at:
        raise Http404(NO_OFFER)
    return offer


def offers_to(patient: Patient, at: datetime) -> QuerySet[WaitingOffer]:
    """Return the offers a patient can take now."""
    found = WaitingOffer.objects.filter(entry__patient__in=same_person(patient), outcome=OfferOutcome.OPEN)
    return found.filter(until__gt=at).select_related("practitioner__user", "entry__service", "entry__clinic")
