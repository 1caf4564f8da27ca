"""The smallest valid patient, and what belongs to one."""

from datetime import date
from typing import Any

from needlework.accounts.models import Clinic, Role, User
from needlework.patients.details import Details
from needlework.patients.models import Patient
from needlework.patients.operations import add_patient
from tests.factories import accounts

AT = accounts.AT


def details(**fields: Any) -> Details:
    """The details of Jo Ellison, or of somebody like them."""
    return Details(**{"family_name": "Ellison", "given_names": "Jo", "date_of_birth": date(1988, 6, 12)} | fields)


def lead(clinic: Clinic | None = None) -> User:
    """The lead of a clinic, made once."""
    clinic = clinic or accounts.clinic()
    name = f"Rowan Hale of {clinic}"
    return User.objects.filter(name=name).first() or accounts.member(Role.LEAD, at=clinic, name=name)


def patient(clinic: Clinic | None = None, **fields: Any) -> Patient:
    """Somebody registered in a clinic by its lead, as the pages do it."""
    clinic = clinic or accounts.clinic()
    return add_patient(clinic=clinic, details=details(**fields), by=lead(clinic), at=AT)
