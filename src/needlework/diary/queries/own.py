"""Appointments as the people whose they are see them: by the clinic's clock, in words, with what they may still do."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404

from needlework.accounts.models import Clinic
from needlework.diary.actors import VisitorActor, acting
from needlework.diary.minutes import MINUTE
from needlework.diary.models import Appointment, DiaryRules, OfferOutcome, State, WaitingEntry, WaitingOffer
from needlework.diary.queries.appointments import appointment_by_token, appointments_of
from needlework.diary.queries.rules import rules_of, zone_of
from needlework.diary.queries.waiting import entries_of, offers_to
from needlework.diary.tokens import token_of
from needlework.patients.models import Patient

WORDS = {
    State.BOOKED: "Booked",
    State.ARRIVED: "You are here",
    State.ATTENDED: "You came",
    State.NO_SHOW: "You did not come",
    State.CANCELLED: "Cancelled",
}
MISSING = "There is no such appointment of yours."
MOST = 200
HOME = ("Europe/London", "UK time")


@dataclass(frozen=True)
class Shown:
    """An appointment, with its times by the clinic's clock."""

    appointment: Appointment
    begins: datetime
    ends: datetime
    minutes: int
    booked_at: datetime
    change_until: datetime
    """Up to when its person may move or cancel it."""
    may_change: bool
    is_coming: bool
    is_today: bool
    is_cancelled: bool
    state: str
    zone: str
    waits: WaitingEntry | None = None
    """That its person waits for an earlier time."""


def by_link(token: str, *, at: datetime) -> Shown | None:
    """Return the appointment that a private link opens; None for one that is wrong or too old."""
    try:
        return shown(appointment_by_token(token, at), at=at)
    except Http404:
        return None


def made_of(hold_id: UUID) -> Appointment | None:
    """Return the appointment that a hold has become."""
    return Appointment.objects.filter(pk=hold_id).first()


def shown(appointment: Appointment, *, at: datetime, rules: DiaryRules | None = None) -> Shown:
    """Return an appointment as its own person sees it."""
    rules = rules or rules_of(appointment.clinic)
    zone = ZoneInfo(rules.time_zone)
    change_until = appointment.begins - timedelta(hours=rules.cancel_hours)
    is_open = appointment.state == State.BOOKED
    return Shown(
        appointment=appointment,
        begins=wall_clock(appointment.begins, zone),
        ends=wall_clock(appointment.ends, zone),
        minutes=(appointment.ends - appointment.begins) // MINUTE,
        booked_at=wall_clock(appointment.booked_at, zone),
        change_until=wall_clock(change_until, zone),
        may_change=is_open and at <= change_until,
        is_coming=appointment.state in (State.BOOKED, State.ARRIVED) and at < appointment.ends,
        is_today=appointment.begins.astimezone(zone).date() == at.astimezone(zone).date(),
        is_cancelled=appointment.state == State.CANCELLED,
        state=WORDS[State(appointment.state)],
        zone=zone_words(zone, appointment.begins),
    )


@dataclass(frozen=True)
class Offered:
    """A freed time that is kept for one person, by the clinic's clock."""

    offer: WaitingOffer
    begins: datetime
    until: datetime
    token: str
    is_open: bool


def offered(offer: WaitingOffer, *, at: datetime) -> Offered:
    """Return a freed time as the person sees it to whom it is offered."""
    zone = zone_of(offer.entry.clinic)
    return Offered(
        offer=offer,
        begins=wall_clock(offer.begins, zone),
        until=wall_clock(offer.until, zone),
        token=token_of("waiting-offer", offer.pk),
        is_open=offer.outcome == OfferOutcome.OPEN and at < offer.until,
    )


@dataclass(frozen=True)
class Own:
    """All appointments of one patient."""

    coming: list[Shown]
    """The next one first."""
    past: list[Shown]
    """The latest first; cancelled ones are among them."""
    waiting: list[WaitingEntry]
    """Where the patient waits for a time, not in place of an appointment."""
    offers: list[Offered]
    """Freed times that the patient can take now."""


def own(patient: Patient, *, at: datetime) -> Own:
    """Return a patient's appointments and waits, those of merged records included."""
    rows = list(appointments_of(patient).reverse()[:MOST])
    rules = {clinic.pk: rules_of(clinic) for clinic in {row.clinic for row in rows}}
    entries = list(entries_of(patient))
    waits = {entry.instead_of_id: entry for entry in entries}
    known = [replace(shown(row, at=at, rules=rules[row.clinic_id]), waits=waits.get(row.pk)) for row in rows]
    return Own(
        coming=[one for one in reversed(known) if one.is_coming],
        past=[one for one in known if not one.is_coming],
        waiting=[entry for entry in entries if entry.instead_of_id is None],
        offers=[offered(one, at=at) for one in offers_to(patient, at)],
    )


def own_appointment(patient: Patient, appointment_id: UUID) -> Appointment:
    """Return one appointment of a patient; 404 for anybody else's."""
    found = appointments_of(patient).filter(pk=appointment_id).first()
    if found is None:
        raise Http404(MISSING)
    return found


def waits_for_earlier(appointment: Appointment) -> bool:
    """Say whether somebody waits for an earlier time than an appointment has."""
    return appointment.waiting.filter(ended_at=None).exists()


def days_ahead(clinic: Clinic, *, weeks: int, at: datetime) -> tuple[date, date]:
    """Return a clinic's today, and the last day of so many weeks from it."""
    today = at.astimezone(zone_of(clinic)).date()
    return today, today + timedelta(weeks=weeks)


def days_before(appointment: Appointment, *, at: datetime) -> tuple[date, date]:
    """Return the days in which a time would be earlier than an appointment's: from today to its own."""
    zone = zone_of(appointment.clinic)
    return at.astimezone(zone).date(), appointment.begins.astimezone(zone).date()


def person_behind(thing: Appointment | WaitingEntry) -> Patient | VisitorActor:
    """Return who acts where somebody holds the private link of an appointment or an offer."""
    return acting(thing.visitor) if thing.visitor else cast(Patient, thing.patient)


def wall_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return what the clinic's clock shows at a moment: a time without a zone, which pages write as it is."""
    return moment.astimezone(zone).replace(tzinfo=None)


def zone_words(zone: ZoneInfo, moment: datetime) -> str:
    """Return by which clock times are meant, in words: UK time (GMT)."""
    name, words = HOME
    called = words if zone.key == name else zone.key.replace("_", " ")
    return f"{called} ({moment.astimezone(zone).tzname()})"
