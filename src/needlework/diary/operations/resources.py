"""Rooms, devices, and the people who treat: what can be busy."""

from datetime import datetime

from django.db import transaction

from needlework.accounts.models import Clinic, User
from needlework.audit import record as audit
from needlework.diary import permissions
from needlework.diary.hours import GRID
from needlework.diary.models import Resource, ResourceKind
from needlework.diary.problems import StaleError
from needlework.diary.wrong import refuse

LONGEST_CLEANING = 120
KINDS = (ResourceKind.ROOM, ResourceKind.DEVICE)


def resource_of(person: User) -> Resource:
    """Return a member of staff as something that can be busy; made at their first hours or service."""
    return Resource.objects.get_or_create(user=person, defaults={"kind": ResourceKind.PRACTITIONER})[0]


@transaction.atomic
def add_resource(
    *, clinic: Clinic, kind: str, name: str, sort: str, clean_down_minutes: int = 0, by: User, at: datetime
) -> Resource:
    """Add a room or a device; the same one sent twice is added once."""
    permissions.may_manage_diary(user=by, clinic=clinic).or_raise()
    sort = sort.lower()
    again = _standing(clinic, kind, name)
    if again and (again.type, again.clean_down_minutes) == (sort, clean_down_minutes):
        return again
    refuse(_wrong(kind, name, sort, clean_down_minutes, other=again))
    made = Resource.objects.create(
        clinic=clinic, kind=kind, name=name, type=sort, clean_down_minutes=clean_down_minutes
    )
    audit.record("resource-added", made, by=by, at=at)
    return made


@transaction.atomic
def change_resource(
    *, resource: Resource, version: int, name: str, sort: str, clean_down_minutes: int, by: User, at: datetime
) -> Resource:
    """Change what a room or a device is called, its sort, or how long it is cleaned."""
    resource, clinic = _locked(resource)
    permissions.may_manage_diary(user=by, clinic=clinic).or_raise()
    if resource.version != version or resource.ended_at:
        raise StaleError("this entry")
    other = _standing(clinic, resource.kind, name)
    refuse(_wrong(resource.kind, name, sort, clean_down_minutes, other=None if other == resource else other))
    resource.name, resource.type, resource.clean_down_minutes = name, sort.lower(), clean_down_minutes
    resource.version += 1
    resource.save(update_fields=["name", "type", "clean_down_minutes", "version"])
    audit.record("resource-changed", resource, by=by, at=at)
    return resource


@transaction.atomic
def end_resource(*, resource: Resource, by: User, at: datetime) -> Resource:
    """Take a room or a device out of use from now on; what was booked for it stays booked."""
    resource, clinic = _locked(resource)
    permissions.may_manage_diary(user=by, clinic=clinic).or_raise()
    if not resource.ended_at:
        resource.ended_at, resource.ended_by = at, by
        resource.save(update_fields=["ended_at", "ended_by"])
        audit.record("resource-ended", resource, by=by, at=at)
    return resource


def _locked(resource: Resource) -> tuple[Resource, Clinic]:
    """Return a room or a device as it stands now, and where it stands; LookupError for anything else."""
    found = Resource.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=resource.pk)
    if found.clinic is None:
        raise LookupError(f"{found.kind} {found.pk} stands in no clinic")
    return found, found.clinic


def _standing(clinic: Clinic, kind: str, name: str) -> Resource | None:
    """Return what of this kind is called so and in use."""
    return Resource.objects.filter(clinic=clinic, kind=kind, name=name, ended_at=None).first()


def _wrong(kind: str, name: str, sort: str, minutes: int, *, other: Resource | None) -> dict[str, str]:
    good_length = 0 <= minutes <= LONGEST_CLEANING and not minutes % GRID
    return {
        "kind": "" if kind in KINDS else "Choose whether it is a room or a device",
        "name": f"There is a {kind} called “{name}” already. Give this one another name" if other else "",
        "sort": "" if sort else "Enter what sort it is, for example treatment room or pen",
        "clean_down_minutes": "" if good_length else "Enter the cleaning in steps of 5 minutes, from 0 to 120",
    }
