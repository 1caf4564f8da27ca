"""Why patients cannot book online, for the colleagues who may still book for them."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from needlework.diary.models import OnlineBlock
from needlework.patients.models import Patient
from needlework.patients.queries.people import same_person

MISSING = "There is no such entry on this record."


def standing(patient: Patient, on: date) -> list[OnlineBlock]:
    """Return what keeps a patient from booking online on a day."""
    return list(_of(patient).filter(Q(until_day=None) | Q(until_day__gte=on), ended_at=None))


def block_of(patient: Patient, block_id: UUID) -> OnlineBlock:
    """Return one entry of a patient's; 404 for anybody else's."""
    found = _of(patient).filter(pk=block_id).first()
    if found is None:
        raise Http404(MISSING)
    return found


def _of(patient: Patient) -> QuerySet[OnlineBlock]:
    rows = OnlineBlock.objects.filter(patient__in=same_person(patient)).select_related("patient", "recorded_by")
    return rows.order_by("recorded_at", "pk")
