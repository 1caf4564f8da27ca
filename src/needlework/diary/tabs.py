"""What the diary adds to the navigation of staff and of patients, and to a patient's record."""

from django.http import HttpRequest

from needlework.accounts.decision import Decision
from needlework.accounts.models import User
from needlework.diary import permissions
from needlework.patients import links
from needlework.patients.models import Patient
from needlework.web.shell import register_tab


def register() -> None:
    """Add the tabs, and the page of a patient's appointments."""
    register_tab("Diary", "diary", may=_sees_diary, order=15, audience="staff")
    register_tab("Appointments", "me-appointments", may=_is_patient, order=20, audience="patient")
    links.register("Appointments", "patient-appointments", may=_sees_appointments)


def _sees_diary(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and bool(permissions.may_see_diary(user=request.user))


def _is_patient(request: HttpRequest) -> bool:
    return getattr(request, "patient", None) is not None


def _sees_appointments(*, user: User, **_: Patient) -> Decision:
    return permissions.may_see_diary(user=user)
