"""What a lead sets up, one thing at a time; outside the clinics they lead it does not exist."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from needlework.accounts.capabilities import clinics_where
from needlework.accounts.models import Clinic, User
from needlework.diary.models import Absence, ChangedDay, Closure, Resource, Service, WorkingHours
from needlework.diary.queries.practitioners import practitioners_at


def clinics_for(user: User) -> QuerySet[Clinic]:
    """Return the clinics whose diary somebody may set up."""
    return Clinic.objects.filter(pk__in=clinics_where(user, "manage-diary")).order_by("name")


def clinic_for(user: User, clinic_id: UUID) -> Clinic:
    """Return one of them; 404 for any other."""
    return get_object_or_404(clinics_for(user), pk=clinic_id)


def service_for(user: User, service_id: UUID) -> Service:
    """Return a service that is offered at one of somebody's clinics; 404 for any other."""
    ours = Service.objects.filter(clinic__in=clinics_for(user), ended_at=None)
    return get_object_or_404(ours.select_related("clinic"), pk=service_id)


def resource_for(user: User, resource_id: int) -> Resource:
    """Return a room or device in use at one of somebody's clinics; 404 for any other."""
    ours = Resource.objects.filter(clinic__in=clinics_for(user), ended_at=None)
    return get_object_or_404(ours.select_related("clinic"), pk=resource_id)


def resource_at(clinic: Clinic, resource_id: int) -> Resource:
    """Return a room or device in use at a clinic; 404 for any other."""
    return get_object_or_404(Resource, clinic=clinic, ended_at=None, pk=resource_id)


def clinic_of(thing: Resource) -> Clinic:
    """Return where a room or device stands; 404 for a person."""
    return get_object_or_404(Clinic, resources=thing)


def person_for(clinic: Clinic, person_id: UUID) -> User:
    """Return somebody who treats at a clinic, or still has hours there; 404 for anybody else."""
    with_hours = WorkingHours.objects.filter(clinic=clinic, withdrawn_at=None).values("resource__user")
    known = Q(pk__in=practitioners_at(clinic).values("pk")) | Q(pk__in=with_hours)
    return get_object_or_404(User.objects.filter(known), pk=person_id)


def absence_for(clinic: Clinic, absence_id: UUID) -> Absence:
    """Return an absence that holds, of somebody or something of a clinic; 404 for any other."""
    of_clinic = Q(resource__clinic=clinic) | Q(resource__user__in=practitioners_at(clinic))
    standing = Absence.objects.filter(of_clinic, withdrawn_at=None).select_related("resource__user")
    return get_object_or_404(standing, pk=absence_id)


def changed_day_for(clinic: Clinic, changed_day_id: UUID) -> ChangedDay:
    """Return a changed day of a clinic that holds; 404 for any other."""
    standing = ChangedDay.objects.filter(clinic=clinic, withdrawn_at=None).select_related("resource__user", "clinic")
    return get_object_or_404(standing, pk=changed_day_id)


def closure_for(user: User, closure_id: UUID) -> Closure:
    """Return a closure of one of somebody's clinics that holds; 404 for any other."""
    standing = Closure.objects.filter(clinic__in=clinics_for(user), withdrawn_at=None)
    return get_object_or_404(standing.select_related("clinic"), pk=closure_id)
