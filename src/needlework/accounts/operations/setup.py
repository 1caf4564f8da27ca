"""The first set-up of an installation."""

from datetime import datetime

from django.db import transaction

from needlework.accounts.models import Role, User
from needlework.accounts.operations.clinics import add_clinic
from needlework.accounts.operations.organisation import open_organisation
from needlework.accounts.operations.passwords import set_password
from needlework.accounts.operations.staff import add_staff
from needlework.audit.record import SYSTEM, record


@transaction.atomic
def set_up(*, organisation: str, clinic: str, nation: str, name: str, email: str, hashed: str, at: datetime) -> User:
    """Open the organisation with its first clinic and its first lead, and return the lead."""
    ours = open_organisation(name=organisation, by=SYSTEM, at=at)
    place = add_clinic(organisation=ours, name=clinic, nation=nation, by=SYSTEM, at=at)
    lead = add_staff(name=name, email=email, roles=[(place, Role.LEAD)], by=SYSTEM, at=at)
    set_password(user=lead, hashed=hashed, by=SYSTEM, at=at)
    record("set-up", ours, by=SYSTEM, at=at)
    return lead
