"""What the books hold about one person: for a copy of the record, and for erasing it."""

from collections.abc import Iterable

from django.db.models import QuerySet

from needlework.care import references
from needlework.diary.models import Appointment, AppointmentSeries
from needlework.patients.models import Patient
from needlework.payments import queries as books
from needlework.payments.models import Checkout, Entry


def references_of_person(people: Iterable[Patient]) -> list[str]:
    """Return the references of all appointments and courses of a person's records."""
    own = list(people)
    appointments = Appointment.objects.filter(patient__in=own).values_list("pk", flat=True)
    courses = AppointmentSeries.objects.filter(patient__in=own).values_list("pk", flat=True)
    return [
        *(f"{references.APPOINTMENT}:{key}" for key in appointments),
        *(f"{references.SERIES}:{key}" for key in courses),
    ]


def entries_of_person(people: Iterable[Patient]) -> QuerySet[Entry]:
    """Return what was charged and paid for a person's appointments and courses, or by the person."""
    own = list(people)
    return books.entries_of(references_of_person(own), [one.pk for one in own])


def checkouts_of_person(people: Iterable[Patient]) -> QuerySet[Checkout]:
    """Return a person's visits to the payment provider's page."""
    own = list(people)
    return books.checkouts_of(references_of_person(own), [one.pk for one in own])
