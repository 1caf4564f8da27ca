"""The people who come, as something that can be in one place at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.crypto import salted_hmac

from needlework.accounts.models import Clinic
from needlework.diary.models import Resource, ResourceKind, Visitor
from needlework.diary.problems import NotDoneError
from needlework.diary.queries.statements import key, read
from needlework.patients.models import Patient
from needlework.patients.queries.people import follow

STANDS_FOR = """
SELECT id, 1 FROM diary_resource WHERE patient_id = %(patient)s
UNION ALL
SELECT id, 1 FROM diary_resource WHERE visitor_id = %(visitor)s
UNION ALL
SELECT one.id, 0 FROM diary_resource AS one JOIN patients_patient AS merged ON merged.id = one.patient_id
WHERE merged.merged_into_id = %(patient)s
UNION ALL
SELECT one.id, 0 FROM diary_resource AS one JOIN diary_visitor AS once ON once.id = one.visitor_id
WHERE once.patient_id = %(patient)s
    OR once.patient_id IN (SELECT id FROM patients_patient WHERE merged_into_id = %(patient)s)
"""
NOBODY = "Say who comes: choose a patient, or enter a name and an e-mail address."


@dataclass(frozen=True)
class VisitorDetails:
    """What somebody who is no patient yet types to book."""

    given_names: str
    family_name: str
    email: str
    phone: str = ""

    @property
    def key(self) -> str:
        """The keyed digest by which the same person is found who types the same name and address again."""
        typed = (self.email or self.phone, self.given_names, self.family_name)
        folded = "\n".join(" ".join(part.casefold().split()) for part in typed)
        return salted_hmac("needlework.diary.visitor", folded, algorithm="sha256").hexdigest()


@dataclass(frozen=True)
class Person:
    """Who comes: a patient by the record that is kept, or a visitor."""

    patient: Patient | None
    visitor: Visitor | None
    resources: tuple[int, ...]
    """Everything that stands for this person: all records of one patient, and the visitor they were."""


def person_of(patient: Patient | None = None, visitor: Visitor | None = None) -> Person:
    """Return who comes, with a place of their own among the resources; a visitor who was matched is the patient."""
    patient = patient or (visitor.patient if visitor else None)
    if patient is not None:
        patient = follow(patient)
        return Person(patient, visitor, _resources({"patient": patient}, ResourceKind.PATIENT))
    if visitor is not None:
        return Person(patient, visitor, _resources({"visitor": visitor}, ResourceKind.VISITOR))
    return Person(patient, visitor, ())


def _resources(who: Mapping[str, Patient | Visitor], kind: ResourceKind) -> tuple[int, ...]:
    """Return what stands for somebody, with a row of their own made where there is none."""
    rows = read(STANDS_FOR, {"patient": None, "visitor": None} | {name: key(one.pk) for name, one in who.items()})
    if not any(own for _, own in rows):
        made, _ = Resource.objects.get_or_create(**who, defaults={"kind": kind})
        rows.append((made.pk, 1))
    return tuple(number for number, _ in rows)


def somebody(clinic: Clinic, who: Patient | VisitorDetails | None, *, at: datetime) -> Person:
    """Return who comes to a clinic, a visitor by what they typed; raise NotDoneError for nobody."""
    if who is None:
        raise NotDoneError(NOBODY)
    return person_of(who) if isinstance(who, Patient) else person_of(visitor=visitor_of(clinic, who, at=at))


def visitor_of(clinic: Clinic, details: VisitorDetails, *, at: datetime) -> Visitor:
    """Return the visitor who typed these details, known from before or new; nobody matches them meanwhile.

    Their row is locked before any resource.
    """
    known = {name: getattr(details, name) for name in ("given_names", "family_name", "email", "phone")}
    new = {"clinic": clinic, "details": known, "recorded_at": at}
    visitor, is_new = Visitor.objects.select_for_update(no_key=True).get_or_create(person_key=details.key, defaults=new)
    if not is_new and visitor.details != known:  # the same name and address: a telephone number that changed
        visitor.details = known
        visitor.save(update_fields=["details"])
    return visitor
