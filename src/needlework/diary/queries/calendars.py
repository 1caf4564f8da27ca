"""What calendar programs read: when appointments last changed, and the appointments of a feed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from needlework.diary.models import Appointment, AppointmentChange


def changed_at(appointments: Sequence[Appointment]) -> Mapping[UUID, datetime]:
    """Return when each of some appointments was last changed: when it was booked, where nothing came after."""
    changes = AppointmentChange.objects.filter(appointment__in=appointments).values_list("appointment")
    latest = dict(changes.annotate(Max("recorded_at")))
    return {each.pk: latest.get(each.pk, each.booked_at) for each in appointments}
