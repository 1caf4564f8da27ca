"""What this room adds to the navigation of staff and of patients."""

from django.http import HttpRequest

from needlework.accounts.models import User
from needlework.patients import permissions
from needlework.web.shell import register_tab


def register() -> None:
    """Add the tabs."""
    register_tab("Patients", "patients", may=_sees_patients, order=20, audience="staff")
    register_tab("My details", "me", may=_is_patient, order=10, audience="patient")
    register_tab("Contact", "me-contact", may=_is_patient, order=80, audience="patient")
    register_tab("Who opened my record", "me-opened", may=_is_patient, order=90, audience="patient")


def _sees_patients(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and bool(permissions.may_see_patients(user=request.user))


def _is_patient(request: HttpRequest) -> bool:
    return getattr(request, "patient", None) is not None
