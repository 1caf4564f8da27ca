"""The access log: who did or opened what, in the clinics somebody answers for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.apps import apps

from needlework.accounts.capabilities import clinics_where
from needlework.accounts.models import User
from needlework.audit.models import ORGANISATION, Event
from needlework.audit.queries import Filter, events_in
from needlework.patients.models import Patient
from needlework.patients.queries.people import patients_for

PAGE = 50


@dataclass(frozen=True)
class Entry:
    """One line of the log, in words."""

    number: int
    at: datetime
    who: str
    what: str
    patient: Patient | None
    about: str


@dataclass(frozen=True)
class Log:
    """One page of the log; `older` is where the next page starts."""

    entries: list[Entry]
    older: int | None


def log(user: User, narrowed: Filter, *, before: int | None, at: datetime) -> Log:
    """Return a page of the log; a patient's name only to those who may see the patient."""
    clinics = clinics_where(user, "see-access-log")
    events = list(events_in([*clinics, ORGANISATION], narrowed, before=before)[: PAGE + 1])
    shown = events[:PAGE]
    patients = patients_for(user, at).in_bulk({event.patient_id for event in shown if event.patient_id})
    staff = names(event.actor_id for event in shown)
    entries = [_entry(event, staff, patients) for event in shown]
    return Log(entries, shown[-1].pk if len(events) > PAGE else None)


def people(user: User) -> list[User]:
    """Return the staff of the clinics whose log somebody may see."""
    clinics = clinics_where(user, "see-access-log")
    return list(User.objects.filter(memberships__clinic__in=clinics).distinct().order_by("name"))


def names(ids: Iterable[UUID | None]) -> Mapping[UUID, str]:
    """Return the names of staff by id."""
    return dict(User.objects.filter(pk__in={i for i in ids if i}).values_list("pk", "name"))


def _entry(event: Event, staff: Mapping[UUID, str], patients: Mapping[UUID, Patient]) -> Entry:
    patient = patients.get(event.patient_id) if event.patient_id else None
    return Entry(event.pk, event.at, _who(event, staff), _what(event), patient, _about(event))


def _who(event: Event, staff: Mapping[UUID, str]) -> str:
    kinds = {"system": "Needlework itself", "patient": "The patient"}
    return kinds.get(event.actor_kind) or staff.get(event.actor_id) or f"Account {event.actor_id}"  # type: ignore[arg-type]


def _what(event: Event) -> str:
    """Say a verb in words: "patient-added" is "Patient added"."""
    words = "opened" if event.verb == "viewed" else event.verb.replace("-", " ")
    return words.capitalize()


def _about(event: Event) -> str:
    """Name the record by kind and the first digits of its id: enough to tell two apart, no more."""
    return f"{_kinds().get(event.subject_kind, event.subject_kind)} {event.subject_id[:8]}"


@cache
def _kinds() -> Mapping[str, str]:
    """Return the kinds of records in words: "contactchoice" is "contact choice"."""
    return {model._meta.model_name or "": str(model._meta.verbose_name) for model in apps.get_models()}
