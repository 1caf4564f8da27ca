"""What somebody without an account asks for, beside an appointment."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from needlework.diary.actors import acting
from needlework.diary.models import Service
from needlework.diary.operations import waiting as operations
from needlework.diary.people import VisitorDetails, visitor_of
from needlework.diary.queries.waiting import waits_already


@transaction.atomic
def join_waiting_as_visitor(
    *,
    entry_id: UUID,
    service: Service,
    details: VisitorDetails,
    first_day: date,
    last_day: date,
    weekdays: Collection[int] = (),
    at: datetime,
) -> None:
    """Put a visitor on the waiting list; who waits for the service already stays as they are, and is not told."""
    visitor = visitor_of(service.clinic, details, at=at)
    if waits_already(service_id=service.pk, patient=None, visitor=visitor):
        return
    operations.join_waiting(
        entry_id=entry_id,
        service=service,
        visitor=visitor,
        first_day=first_day,
        last_day=last_day,
        weekdays=weekdays,
        by=acting(visitor),
        at=at,
    )
