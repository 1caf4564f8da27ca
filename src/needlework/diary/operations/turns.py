"""Waiting for one's turn at the waiting list: what may be occupied first, then rows, always in the same order.

Cancelling locks an appointment, then who waits for an earlier one, then what was offered; leaving goes the same way.
"""

from needlework.accounts.models import Clinic
from needlework.diary import locks
from needlework.diary.models import Appointment, Visitor, WaitingEntry, WaitingOffer
from needlework.diary.people import person_of
from needlework.diary.queries import waiting


def wait_to_offer(clinic: Clinic) -> None:
    """Wait for whoever writes the diary of a clinic: several who wait there may be offered a time at once."""
    people = [person_of(entry.patient) for entry in waiting.entries_at(clinic) if entry.patient]
    locks.take_clinic(clinic, and_also=(number for person in people for number in person.resources))


def wait_to_take(offer: WaitingOffer) -> WaitingOffer:
    """Return an offer as it stands now; until the transaction ends nobody changes what taking it changes."""
    entry = WaitingEntry.objects.select_related(*waiting.WHO).get(pk=offer.entry_id)
    visitor = entry.visitor and Visitor.objects.select_for_update(no_key=True).get(pk=entry.visitor.pk)
    person, old = person_of(entry.patient, visitor), entry.instead_of
    left = (old.practitioner_id, old.room_id, old.device_id) if old else ()
    locks.take_clinic(entry.clinic, and_also=(*person.resources, *left))
    if old:
        Appointment.objects.select_for_update(no_key=True).get(pk=old.pk)
    WaitingEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    return locked(offer)


def locked(offer: WaitingOffer) -> WaitingOffer:
    """Return an offer as it stands now; until the transaction ends nobody else settles it."""
    found = WaitingOffer.objects.select_for_update(of=("self",))
    return found.select_related("practitioner", *(f"entry__{name}" for name in waiting.WHO)).get(pk=offer.pk)
