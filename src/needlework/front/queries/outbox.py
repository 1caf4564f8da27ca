"""The outbox: what goes out, went out, or could not, from the clinics somebody looks after."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404

from needlework.accounts.capabilities import clinics_where
from needlework.accounts.models import Membership, User
from needlework.diary.models import Visitor
from needlework.front.queries.access_log import names
from needlework.messages.models import Attempt, Message, State
from needlework.patients.queries.people import patients_for

PAGE = 50
STUCK = (State.FAILED, State.PARKED)
LINK = re.compile(r"https?://\S+")
HIDDEN = "(the personal link is shown only to its receiver)"


@dataclass(frozen=True)
class Line:
    """A message as the list shows it."""

    message: Message
    title: str
    receiver: str
    stuck: bool


@dataclass(frozen=True)
class Outbox:
    """What the outbox page shows."""

    stuck: list[Line]
    to_come: list[Line]
    settled: list[Line]


@dataclass(frozen=True)
class Copy:
    """One attempt with what was handed over; personal links are masked, for they let in whoever holds them."""

    attempt: Attempt
    to: str
    subject: str
    text: str
    files: list[str]


def messages_for(user: User) -> QuerySet[Message]:
    """Return the messages of the clinics whose outbox somebody may see, and to the staff whom they lead."""
    led = Membership.objects.filter(clinic__in=clinics_where(user, "manage-staff"), ended_at=None)
    to_staff = Q(clinic_id=None, to_kind=User.audit_kind, to_id__in=led.values("user"))
    return Message.objects.filter(Q(clinic_id__in=clinics_where(user, "see-outbox")) | to_staff)


def message_for(user: User, message_id: UUID) -> Message:
    """Return one message; outside somebody's clinics it is missing."""
    message = messages_for(user).filter(pk=message_id).first()
    if message is None:
        raise Http404("There is no message here, or not one of your clinics.")
    return message


def outbox(user: User, *, at: datetime) -> Outbox:
    """Return what needs a person, what is to come, soonest first, and what is settled, newest first."""
    mine = messages_for(user)
    stuck = mine.filter(state__in=STUCK).order_by("due_at", "pk")
    to_come = mine.filter(state=State.WAITING).order_by("due_at", "pk")
    settled = mine.exclude(state__in=[*STUCK, State.WAITING]).order_by("-settled_at", "pk")
    return Outbox(*(lines(user, messages[:PAGE], at=at) for messages in (stuck, to_come, settled)))


def lines(user: User, messages: Iterable[Message], *, at: datetime) -> list[Line]:
    """Name each message's receiver, a patient's or a visitor's only to those who may see them."""
    messages = list(messages)
    patients = patients_for(user, at).in_bulk({m.to_id for m in messages if m.to_kind == "patient"})
    visitors = _visitors(user, {m.to_id for m in messages if m.to_kind == "visitor"})
    staff = names(m.to_id for m in messages if m.to_kind == User.audit_kind)
    receivers: Mapping[UUID, object] = {**staff, **visitors, **patients}
    return [Line(m, title(m), str(receivers.get(m.to_id, "A patient")), m.state in STUCK) for m in messages]


def _visitors(user: User, ids: Iterable[UUID]) -> Mapping[UUID, str]:
    seen = Visitor.objects.filter(pk__in=ids, clinic__in=clinics_where(user, "see-diary"))
    return {visitor.pk: visitor.name for visitor in seen}


def title(message: Message) -> str:
    """Say a kind of message in words: "patient-sign-in" is "Patient sign in"."""
    return message.kind.replace("-", " ").capitalize()


def copies(message: Message) -> list[Copy]:
    """Return every attempt to send a message, with what was handed over."""
    return [_copy(attempt) for attempt in message.attempts.select_related("answer").order_by("number")]


def _copy(attempt: Attempt) -> Copy:
    said = attempt.copy
    text = said.get("text", "")
    shown = text if settings.DEMO else LINK.sub(HIDDEN, text)
    files = [file["name"] for file in said.get("attachments", [])]
    return Copy(attempt, said.get("to", ""), said.get("subject", ""), shown, files)
