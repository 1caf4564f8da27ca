"""Appointments as staff and the holders of private links see them."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from needlework.accounts.capabilities import clinics_where
from needlework.accounts.models import User
from needlework.diary import tokens
from needlework.diary.models import Appointment
from needlework.patients.models import Patient
from needlework.patients.queries.people import same_person

MISSING = "There is no such appointment at one of your clinics."
DEAD_LINK = "This link no longer works. Look in your newest letter from the clinic, or ring the clinic."
LINKS_LAST = timedelta(days=30)
"""How long a private link still opens after its appointment has ended."""


def appointments_for(user: User) -> QuerySet[Appointment]:
    """Return the appointments of the clinics whose diary somebody sees, with what a page says of each."""
    return _related(Appointment.objects.filter(clinic__in=clinics_where(user, "see-diary")))


def appointment_for(user: User, appointment_id: UUID) -> Appointment:
    """Return one appointment; outside somebody's clinics it is missing."""
    found = appointments_for(user).filter(pk=appointment_id).first()
    if found is None:
        raise Http404(MISSING)
    return found


def appointment_by_token(token: str, at: datetime) -> Appointment:
    """Return the appointment that a private link opens; 404 for one that is wrong, or older than its days."""
    found = _related(Appointment.objects.filter(link_hash=tokens.hash_of(token))).first()
    if found is None or found.ends + LINKS_LAST < at:
        raise Http404(DEAD_LINK)
    return found


def appointments_of(patient: Patient) -> QuerySet[Appointment]:
    """Return the appointments of a patient, those of merged records included, the first one first."""
    return _related(Appointment.objects.filter(patient__in=same_person(patient))).order_by("begins", "pk")


def _related(found: QuerySet[Appointment]) -> QuerySet[Appointment]:
    people = ("patient", "visitor", "practitioner__user")
    return found.select_related("clinic", "service", "room", "device", "series", *people)
