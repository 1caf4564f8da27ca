"""Bringing in a list of patients: checked first, then all of it or nothing."""

import hashlib
from datetime import datetime, timedelta

from django.db import transaction

from needlework.accounts.models import Clinic, User
from needlework.audit import record as audit
from needlework.audit.record import SYSTEM
from needlework.patients import permissions
from needlework.patients.details import Details
from needlework.patients.importing.decoding import decoded
from needlework.patients.models import ImportedFile, Patient, PatientVersion
from needlework.patients.problems import NotDoneError
from needlework.patients.queries import importing as queries

BAD_ROWS = "Nothing was imported: {} rows need a correction. Correct the file and choose it again."
BATCH = 500
KEPT = timedelta(days=1)


@transaction.atomic
def check_import(*, clinic: Clinic, content: bytes, by: User, at: datetime) -> ImportedFile:
    """Keep a file, sealed, that somebody wants to import; one that cannot be read at all is refused."""
    permissions.may_import_patients(user=by, clinic=clinic).or_raise()
    text, encoding = decoded(content)
    queries.report(clinic.pk, text, encoding)
    digest = hashlib.sha256(content).hexdigest()
    kept = ImportedFile.objects.filter(clinic=clinic, digest=digest).exclude(applied_at=None, text__empty=True).first()
    if kept:
        return kept
    imported = ImportedFile.objects.create(
        clinic=clinic, digest=digest, text=text, encoding=encoding, checked_at=at, checked_by=by
    )
    audit.record("import-checked", imported, by=by, at=at)
    return imported


@transaction.atomic
def apply_import(*, imported: ImportedFile, by: User, at: datetime) -> ImportedFile:
    """Register everybody in a checked file who is not there yet; a second time changes nothing."""
    permissions.may_import_patients(user=by, clinic=imported.clinic).or_raise()
    imported = ImportedFile.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=imported.pk)
    if imported.applied_at is not None:
        return imported
    if not imported.text:
        raise NotDoneError("This file is no longer kept. Choose it again.")
    found = queries.report_of(imported)
    if found.problems:
        raise NotDoneError(BAD_ROWS.format(found.bad_rows))
    _add([details for _, details in found.new], imported.clinic, by=by, at=at)
    imported.applied_at, imported.applied_by, imported.added = at, by, len(found.new)
    imported.text = ""
    imported.save(update_fields=["applied_at", "applied_by", "added", "text"])
    audit.record("patients-imported", imported, by=by, at=at)
    return imported


@transaction.atomic
def forget_imports(*, at: datetime) -> int:
    """Forget the text of files that were checked a day ago and never applied; say how many."""
    old = ImportedFile.objects.filter(checked_at__lt=at - KEPT, text__empty=False)
    for imported in old:
        imported.text = ""
        imported.save(update_fields=["text"])
        audit.record("import-forgotten", imported, by=SYSTEM, at=at)
    return len(old)


def _add(everybody: list[Details], clinic: Clinic, *, by: User, at: datetime) -> None:
    people = [Patient(clinic=clinic, recorded_at=at, recorded_by=by, **details.columns()) for details in everybody]
    versions = [
        PatientVersion(patient=person, number=1, details=details.snapshot(), recorded_at=at, recorded_by=by)
        for person, details in zip(people, everybody, strict=True)
    ]
    Patient.objects.bulk_create(people, batch_size=BATCH)
    PatientVersion.objects.bulk_create(versions, batch_size=BATCH)
    for person in people:
        audit.record("patient-added", person, by=by, at=at)
