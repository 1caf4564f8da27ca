"""Add and change clinics."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from needlework.accounts import permissions
from needlework.accounts.actors import StaffOrSystem, person
from needlework.accounts.editing import change
from needlework.accounts.models import Clinic, Membership, Nation, Organisation, Role, User
from needlework.accounts.taken import refuse_taken_name
from needlework.audit.record import record


@transaction.atomic
def add_clinic(
    *,
    organisation: Organisation,
    name: str,
    nation: str = Nation.ENGLAND,
    address: str = "",
    phone: str = "",
    email: str = "",
    by: StaffOrSystem,
    at: datetime,
    id: UUID | None = None,  # noqa: A002 - the column's name
) -> Clinic:
    """Add a site; a lead who adds one leads it."""
    permissions.may_manage_clinics(user=by).or_raise()
    if again := Clinic.objects.filter(pk=id or uuid4()).first():
        return again
    refuse_taken_name(name, but=id or uuid4())
    clinic = Clinic.objects.create(
        id=id or uuid4(),
        organisation=organisation,
        name=name,
        nation=nation,
        address=address,
        phone=phone,
        email=email,
    )
    record("clinic-added", clinic, by=by, at=at)
    if lead := person(by):
        _lead_it(clinic, lead, at)
    return clinic


@transaction.atomic
def change_clinic(
    *, clinic: Clinic, version: int, changes: dict[str, object], by: StaffOrSystem, at: datetime
) -> Clinic:
    """Change a clinic's name, nation, address, phone or e-mail."""
    permissions.may_manage_clinic(user=by, clinic=clinic).or_raise()
    refuse_taken_name(str(changes.get("name", clinic.name)), but=clinic.pk)
    fields = change(clinic, version=version, changes=changes)
    if fields:
        record("clinic-changed", clinic, by=by, at=at, fields=fields)
    return clinic


def _lead_it(clinic: Clinic, lead: User, at: datetime) -> None:
    membership = Membership.objects.create(user=lead, clinic=clinic, role=Role.LEAD, started_at=at, started_by=lead)
    record("role-given", membership, by=lead, at=at, fields=[Role.LEAD])
    lead.roles_in_force = None
