"""Let somebody into the demo without password or second factor: only `needlework demo` has the page that calls this."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from needlework.accounts import presence as staff
from needlework.accounts.models import Factor, User
from needlework.front.demo.links import PATIENT
from needlework.patients import operations, presence
from needlework.patients.models import Patient


def name(kind: str, key: str) -> str:
    """Return who a link lets in."""
    return str(_patient(key)) if kind == PATIENT else _user(key).name


def enter(request: HttpRequest, kind: str, key: str, *, at: datetime) -> HttpResponse:
    """Sign somebody in and send them to their first page."""
    if kind == PATIENT:
        return _enter_as_patient(_patient(key), at=at)
    staff.finish(request, _user(key), factor=Factor.DEMO, at=at)
    return redirect("home")


def _enter_as_patient(patient: Patient, *, at: datetime) -> HttpResponse:
    """Ask for a link and spend it, as the patient would by e-mail."""
    link = operations.ask_for_link(email=patient.email, at=at)
    operations.spend_link(link=link, date_of_birth=patient.date_of_birth, first_name=patient.given_names, at=at)
    answer = redirect("me")
    presence.stamp(answer, link, at=at)
    return answer


def _user(key: str) -> User:
    return get_object_or_404(User, pk=UUID(key), ended_at=None)


def _patient(key: str) -> Patient:
    return get_object_or_404(Patient, pk=UUID(key))
