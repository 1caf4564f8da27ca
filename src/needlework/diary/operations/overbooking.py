"""Where an appointment goes that staff put beside another on purpose: it shares practitioner and room, no more."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from needlework.diary.models import Appointment, Occupancy, Resource, ResourceKind, Service
from needlework.diary.problems import NotDoneError, NotOfferedError, TakenError
from needlework.diary.queries.availability import why_never
from needlework.diary.slots.offering import Start

WITH_WHOM = "Say with whom: an appointment is put beside another only with a practitioner of your choice."
NO_DEVICE = "No {type} is free at this time, and one cannot be shared. Choose another time."
STEP_MINUTES = 5
DAY = timedelta(days=1)


def beside(
    service: Service,
    begins: datetime,
    practitioner: Resource | None,
    *,
    at: datetime,
    instead_of: Appointment | None = None,
) -> Start:
    """Return where an appointment of a service goes at a time that others have already.

    Raises NotOfferedError for a time that has passed, never comes or lies too far ahead, and TakenError where no
    device is free.
    """
    doing = Resource.objects.filter(services=service, ended_at=None, user__ended_at=None)
    if practitioner is None or not doing.filter(pk=practitioner.pk).exists():
        raise NotDoneError(WITH_WHOM)
    if refused := why_never(service, begins, at=at):
        raise NotOfferedError(refused)
    if begins.minute % STEP_MINUTES or begins.second or begins.microsecond:
        raise NotOfferedError(f"Choose a time on a step of {STEP_MINUTES} minutes.")
    begins = begins.astimezone(UTC)  # by a clock on the wall, the sum below would leave out an hour in spring
    ends = begins + (instead_of.ends - instead_of.begins if instead_of else timedelta(minutes=service.minutes))
    taken = Occupancy.objects.exclude(hold__until__lte=at).exclude(appointment__isnull=False, appointment=instead_of)

    def busy(thing: Resource) -> bool:
        until = ends + timedelta(minutes=thing.clean_down_minutes)
        return taken.filter(resource=thing, begins__lt=until, begins__gt=begins - DAY, ends__gt=begins).exists()

    room = min(_of(service, ResourceKind.ROOM, service.room_type), key=busy, default=None)
    device = next((one for one in _of(service, ResourceKind.DEVICE, service.device_type) if not busy(one)), None)
    if service.device_type and device is None:
        raise TakenError(NO_DEVICE.format(type=service.device_type))
    return Start(begins, ends, practitioner.pk, room.pk if room else None, device.pk if device else None)


def _of(service: Service, kind: str, wanted: str) -> Iterable[Resource]:
    """Return the rooms or devices with which a service can be done; none where it needs none."""
    return Resource.objects.filter(clinic=service.clinic_id, kind=kind, type=wanted, ended_at=None).order_by("pk")
