"""Let somebody into the demo without password or second factor: only `needlework demo` has the page that calls this."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from needlework.accounts import presence as staff
from needlework.accounts.models import Factor, User
from needlework.front.demo import links
from needlework.patients import operations, presence
from needlework.patients.models import Patient


def somebody(role: str) -> User | Patient:
    """Return who a role's link lets in."""
    found = links.patient() if role == links.PATIENT else links.holder(role)
    if found is None:
        raise Http404("The demo has nobody with that role. Use a link that the terminal shows.")
    return found


def enter(request: HttpRequest, who: User | Patient, *, at: datetime) -> HttpResponse:
    """Sign somebody in and send them to their first page."""
    if isinstance(who, Patient):
        return _enter_as_patient(who, at=at)
    staff.finish(request, who, factor=Factor.DEMO, at=at)
    return redirect("home")


def _enter_as_patient(patient: Patient, *, at: datetime) -> HttpResponse:
    """Ask for a link and spend it, as the patient would by e-mail."""
    link = operations.ask_for_link(email=patient.email, at=at)
    operations.spend_link(link=link, date_of_birth=patient.date_of_birth, first_name=patient.given_names, at=at)
    answer = redirect("me")
    presence.stamp(answer, link, at=at)
    return answer
