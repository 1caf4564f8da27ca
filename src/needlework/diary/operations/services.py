"""Services: what a clinic offers, on which terms, and who does it."""

from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from needlework.accounts.models import Clinic, User
from needlework.audit import record as audit
from needlework.diary import permissions
from needlework.diary.models import Performer, Service
from needlework.diary.operations.resources import resource_of
from needlework.diary.problems import StaleError
from needlework.diary.queries.practitioners import refuse_strangers
from needlework.diary.terms import Terms, wrong_terms
from needlework.diary.wrong import refuse


@transaction.atomic
def add_service(
    *, service_id: UUID, clinic: Clinic, terms: Terms, performers: Collection[User], by: User, at: datetime
) -> Service:
    """Offer something; a second call with the same id finds the first."""
    permissions.may_manage_diary(user=by, clinic=clinic).or_raise()
    if again := Service.objects.filter(pk=service_id, clinic=clinic).first():
        return again
    terms = _tidied(terms)
    refuse(wrong_terms(terms) | _wrong_people(performers) | _wrong_name(clinic, terms.name, but=service_id))
    service = Service.objects.create(id=service_id, clinic=clinic, recorded_at=at, recorded_by=by, **asdict(terms))
    _set_performers(service, performers)
    audit.record("service-added", service, by=by, at=at)
    return service


@transaction.atomic
def change_service(
    *, service: Service, version: int, terms: Terms, performers: Collection[User], by: User, at: datetime
) -> Service:
    """Change the terms of a service or who offers it; what was booked keeps its length and its price."""
    service = Service.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=service.pk)
    permissions.may_manage_diary(user=by, clinic=service.clinic).or_raise()
    if service.version != version or service.ended_at:
        raise StaleError("this service")
    terms = _tidied(terms)
    refuse(wrong_terms(terms) | _wrong_people(performers) | _wrong_name(service.clinic, terms.name, but=service.pk))
    different = [name for name, value in asdict(terms).items() if getattr(service, name) != value]
    for name in different:
        setattr(service, name, getattr(terms, name))
    service.version += 1
    service.save(update_fields=[*different, "version"])
    different += ["performers"] if _set_performers(service, performers) else []
    audit.record("service-changed", service, by=by, at=at, fields=different)
    return service


@transaction.atomic
def end_service(*, service: Service, by: User, at: datetime) -> Service:
    """Offer a service no longer; what was booked stays booked."""
    service = Service.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=service.pk)
    permissions.may_manage_diary(user=by, clinic=service.clinic).or_raise()
    if not service.ended_at:
        service.ended_at, service.ended_by = at, by
        service.save(update_fields=["ended_at", "ended_by"])
        audit.record("service-ended", service, by=by, at=at)
    return service


def _tidied(terms: Terms) -> Terms:
    return replace(terms, room_type=terms.room_type.lower(), device_type=terms.device_type.lower())


def _wrong_people(performers: Collection[User]) -> dict[str, str]:
    return {"performers": "" if performers else "Choose who offers it: at least one person"}


def _wrong_name(clinic: Clinic, name: str, *, but: UUID) -> dict[str, str]:
    taken = Service.objects.filter(clinic=clinic, name=name, ended_at=None).exclude(pk=but).exists()
    return {"name": f"{clinic} offers “{name}” already. Give this one another name"} if taken else {}


def _set_performers(service: Service, performers: Collection[User]) -> bool:
    """Let these people offer a service and no others; say whether that changed anything."""
    refuse_strangers(performers, service.clinic)
    asked = {resource_of(person) for person in performers}
    now = set(service.performers.all())
    Performer.objects.filter(service=service, resource__in=now - asked).delete()
    Performer.objects.bulk_create([Performer(service=service, resource=one) for one in asked - now])
    return asked != now
