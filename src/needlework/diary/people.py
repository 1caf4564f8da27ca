"""The people who come, as something that can be in one place at a time."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from needlework.accounts.models import Clinic
from needlework.diary.models import Resource, ResourceKind, Visitor
from needlework.diary.problems import NotDoneError
from needlework.patients.models import Patient
from needlework.patients.queries.people import follow

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

    @property
    def stands_for(self) -> Q:
        """The condition of what stands for this person: all records of one patient, and the visitor they were."""
        if self.patient is None:
            return Q(visitor=self.visitor)
        return (
            Q(patient=self.patient)
            | Q(patient__merged_into=self.patient)
            | Q(visitor__patient=self.patient)
            | Q(visitor__patient__merged_into=self.patient)
        )

    @property
    def resources(self) -> QuerySet[Resource]:
        """Everything that stands for this person."""
        return Resource.objects.filter(self.stands_for)


def person_of(patient: Patient | None = None, visitor: Visitor | None = None) -> Person:
    """Return who comes, with a place of their own among the resources; a visitor who was matched is the patient."""
    patient = patient or (visitor.patient if visitor else None)
    if patient is not None:
        patient = follow(patient)
        Resource.objects.get_or_create(patient=patient, defaults={"kind": ResourceKind.PATIENT})
    elif visitor is not None:
        Resource.objects.get_or_create(visitor=visitor, defaults={"kind": ResourceKind.VISITOR})
    return Person(patient, visitor)


def somebody(clinic: Clinic, who: Patient | VisitorDetails | None, *, at: datetime) -> Person:
    """Return who comes to a clinic, a visitor by what they typed; raise NotDoneError for nobody."""
    if who is None:
        raise NotDoneError(NOBODY)
    return person_of(who) if isinstance(who, Patient) else person_of(visitor=visitor_of(clinic, who, at=at))


def visitor_of(clinic: Clinic, details: VisitorDetails, *, at: datetime) -> Visitor:
    """Return the visitor who typed these details, known from before or new."""
    known = {name: getattr(details, name) for name in ("given_names", "family_name", "email", "phone")}
    new = {"clinic": clinic, "details": known, "recorded_at": at}
    visitor, is_new = Visitor.objects.get_or_create(person_key=details.key, defaults=new)
    if not is_new and visitor.details != known:  # the same name and address: a telephone number that changed
        visitor.details = known
        visitor.save(update_fields=["details"])
    return visitor
