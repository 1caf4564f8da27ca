"""What can be booked online: clinics, their services, and why a service is not for visitors."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from needlework.accounts.models import Clinic
from needlework.diary.models import ForWhom, Performer, Resource, Service, State
from needlework.patients.models import Patient

CONSULTATION_FIRST = (
    "This treatment starts with a consultation: we look at your skin, answer your questions, and plan it with you."
)
RETURNING = "This is for patients who have been here before."
MISSING = "There is nothing to book at this address."


def services() -> QuerySet[Service]:
    """Return the services that can be booked online: those that are offered, and that somebody does."""
    doing = Performer.objects.filter(service=OuterRef("pk"), resource__ended_at=None)
    offered = Service.objects.filter(Exists(doing), online=True, ended_at=None)
    return offered.select_related("clinic").order_by("-is_consultation", "name")


def clinics() -> QuerySet[Clinic]:
    """Return the clinics where something can be booked online."""
    return Clinic.objects.filter(pk__in=services().order_by().values("clinic")).order_by("name")


def services_of(clinic: Clinic) -> QuerySet[Service]:
    """Return what can be booked online at one clinic."""
    return services().filter(clinic=clinic)


def clinic(clinic_id: UUID) -> Clinic:
    """Return a clinic where something can be booked online; 404 for any other."""
    found = clinics().filter(pk=clinic_id).first()
    if found is None:
        raise Http404(MISSING)
    return found


def service(service_id: UUID) -> Service:
    """Return a service that can be booked online, whether or not somebody does it now; 404 for any other."""
    offered = Service.objects.filter(pk=service_id, online=True, ended_at=None)
    found = next(iter(offered.select_related("clinic")), None)
    if found is None:
        raise Http404(MISSING)
    return found


def service_for(patient: Patient, service_id: UUID) -> Service:
    """Return a service of a patient's own clinic; 404 for any other."""
    found = services_of(patient.clinic).filter(pk=service_id).first()
    if found is None:
        raise Http404(MISSING)
    return found


def practitioners(service: Service) -> list[Resource]:
    """Return who does a service, by name."""
    doing = service.performers.filter(ended_at=None).select_related("user")
    return sorted(doing, key=str)


def practitioner(service: Service, practitioner_id: int | None) -> Resource | None:
    """Return one of those who do a service."""
    return next((one for one in practitioners(service) if one.pk == practitioner_id), None)


def not_for_visitors(service: Service) -> str:
    """Return why somebody without an account cannot book a service; nothing where they can."""
    if service.consultation_first:
        return CONSULTATION_FIRST
    return RETURNING if service.for_whom == ForWhom.RETURNING else ""


def has_consulted(patient: Patient) -> bool:
    """Return whether somebody came to a consultation, so that what begins with one is open to them."""
    return patient.appointments.filter(state=State.ATTENDED, service__is_consultation=True).exists()


def first_visits(clinic: Clinic) -> list[Service]:
    """Return the services of a clinic with which somebody new begins."""
    return [one for one in services_of(clinic) if one.is_consultation and not not_for_visitors(one)]
