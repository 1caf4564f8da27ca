"""What the outbox page shows. This room knows no user: the caller says which clinics may be seen."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from needlework.messages.models import Attempt, Message, State


def messages_in(clinics: Collection[UUID], *, organisation: bool = False, state: str = "") -> QuerySet[Message]:
    """Return the messages of some clinics, latest first; with `organisation` also those that belong to no clinic."""
    seen = Message.objects.filter(_seen(clinics, organisation=organisation))
    return (seen.filter(state=state) if state else seen).order_by("-due_at", "-queued_at")


def message_in(clinics: Collection[UUID], message_id: UUID, *, organisation: bool = False) -> Message:
    """Return one message, or answer 404 outside the clinics."""
    found = Message.objects.filter(_seen(clinics, organisation=organisation), pk=message_id).first()
    if found is None:
        raise Http404
    return found


def counts_in(clinics: Collection[UUID], *, organisation: bool = False) -> dict[str, int]:
    """Return how many messages there are in each state."""
    seen = Message.objects.filter(_seen(clinics, organisation=organisation))
    counted = dict(seen.values_list("state").annotate(Count("pk")).order_by())
    return {state: counted.get(state, 0) for state in State.values}


def needing_a_person_in(clinics: Collection[UUID], *, organisation: bool = False) -> QuerySet[Message]:
    """Return the messages that failed or are parked."""
    return messages_in(clinics, organisation=organisation).filter(state__in=[State.FAILED, State.PARKED])


def attempts_of(message: Message) -> QuerySet[Attempt]:
    """Return a message's attempts in order, each with its answer: the proof of what was sent, when and how."""
    return message.attempts.select_related("answer").order_by("number")


def messages_about(about_id: UUID) -> QuerySet[Message]:
    """Return every message that one thing has caused."""
    return Message.objects.filter(about_id=about_id).order_by("due_at")


def _seen(clinics: Collection[UUID], *, organisation: bool) -> Q:
    theirs = Q(clinic_id__in=clinics)
    return theirs | Q(clinic_id=None) if organisation else theirs
