"""Where an appointment goes that staff put beside another on purpose: practitioner and room are shared, nothing else."""

from datetime import datetime, timedelta

from needlework.diary.models import Appointment, Occupancy, Resource, ResourceKind, Service
from needlework.diary.problems import NotDoneError, NotOfferedError, TakenError
from needlework.diary.slots.offering import Start

WITH_WHOM = "Say with whom: an appointment is put beside another only with a practitioner of your choice."
PAST = "This time has passed. Choose a later one."
STEP_MINUTES = 5


def beside(
    service: Service,
    begins: datetime,
    practitioner: Resource | None,
    *,
    at: datetime,
    instead_of: Appointment | None = None,
) -> Start:
    """Return where an appointment of a service goes at a time that others have already.

    Raises NotOfferedError for a time that has passed, and TakenError where no device is free.
    """
    if practitioner is None or not practitioner.services.filter(pk=service.pk).exists():
        raise NotDoneError(WITH_WHOM)
    if begins <= at:
        raise NotOfferedError(PAST)
    if begins.minute % STEP_MINUTES or begins.second or begins.microsecond:
        raise NotOfferedError(f"Choose a time on a step of {STEP_MINUTES} minutes.")
    ends = begins + (instead_of.ends - instead_of.begins if instead_of else timedelta(minutes=service.minutes))
    rooms = _free(service, ResourceKind.ROOM, service.room_type, begins, ends, at, instead_of)
    devices = _free(service, ResourceKind.DEVICE, service.device_type, begins, ends, at, instead_of)
    if service.device_type and not devices[0]:
        raise TakenError(
            f"No {service.device_type} is free at this time, and one cannot be shared. Choose another time."
        )
    room = next(iter(rooms[0] or rooms[1]), None)
    return Start(begins, ends, practitioner.pk, room, next(iter(devices[0]), None))


def _free(
    service: Service,
    kind: str,
    wanted: str,
    begins: datetime,
    ends: datetime,
    at: datetime,
    instead_of: Appointment | None,
) -> tuple[list[int], list[int]]:
    """Return the rooms or devices that are free, and those that others use."""
    if not wanted:
        return [], []
    there = Resource.objects.filter(clinic=service.clinic_id, kind=kind, type=wanted, ended_at=None).order_by("pk")
    free, used = [], []
    for one in there:
        until = ends + timedelta(minutes=one.clean_down_minutes)
        met = Occupancy.objects.filter(
            resource=one, begins__lt=until, begins__gt=begins - timedelta(days=1), ends__gt=begins
        )
        if instead_of:
            met = met.exclude(appointment=instead_of)
        (used if met.exclude(hold__until__lte=at).exists() else free).append(one.pk)
    return free, used
