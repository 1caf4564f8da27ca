"""Everything held about one patient, as open JSON: the answer to an access request."""

import io
import json
import zipfile
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from needlework.audit.models import Event
from needlework.care.queries.record import checkouts_of_person, entries_of_person
from needlework.diary.models import Visitor
from needlework.front.record import walk
from needlework.messages.models import Message
from needlework.patients.models import Patient
from needlework.patients.queries.people import same_person

README = """Everything this clinic holds about one person, {at:%d %B %Y}.

Each file is a JSON list, one object a row, named after the kind of record. Dates and times are ISO 8601 in UTC.
event.json lists who opened or changed the record, and when; message.json what was sent; entry.json what was charged
and paid, in pence.
"""
Records = dict[str, list[dict[str, Any]]]


def archive(patient: Patient, *, at: datetime) -> bytes:
    """Return a ZIP of every row that belongs to a patient, one JSON file per kind of record, and a README."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("README.txt", README.format(at=at))
        for name, rows in sorted(records(patient).items()):
            file.writestr(f"{name}.json", json.dumps(rows, cls=DjangoJSONEncoder, indent=1, ensure_ascii=False))
    return buffer.getvalue()


def records(patient: Patient) -> Records:
    """Return the rows by kind: the patient, all that points at them (and at that), payments, events and messages."""
    people = same_person(patient)
    own = list(Patient.objects.filter(pk__in=people))
    found = {rows[0]._meta.model_name or "": _open(rows) for rows in walk(own)}
    found["entry"], found["checkout"] = _open(entries_of_person(own)), _open(checkouts_of_person(own))
    found["event"] = _open(Event.objects.filter(patient_id__in=people).order_by("pk"))
    found["message"] = _open(messages_of(people))
    return {kind: rows for kind, rows in found.items() if rows}


def messages_of(people: Any) -> models.QuerySet[Message]:
    """Return the messages to or about a person, also those to the visitor that they were before."""
    about = Q(to_kind="patient", to_id__in=people) | Q(about_kind="patient", about_id__in=people)
    before = Visitor.objects.filter(patient__in=people)
    return Message.objects.filter(about | Q(to_kind="visitor", to_id__in=before.values("pk"))).order_by(
        "queued_at", "pk"
    )


def find(text: str) -> Patient | None:
    """Return the patient of an id as pages show it, or None."""
    try:
        return Patient.objects.filter(pk=UUID(text)).first()
    except ValueError:
        return None


def _open(rows: Any) -> list[dict[str, Any]]:
    """Return rows as columns by name, opened where they are sealed."""
    return [{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} for row in rows]
