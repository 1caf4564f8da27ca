"""Standing facts as the reader may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from needlework.accounts.models import User
from needlework.patients import permissions
from needlework.patients.models import FactKind, Patient, StandingFact
from needlework.patients.models.facts import ABSENCE, CLINICAL
from needlework.patients.queries.people import patient_for, same_person


@dataclass(frozen=True)
class Section:
    """One kind of fact: what is recorded, that there is none, or that nobody asked."""

    kind: FactKind
    facts: Sequence[StandingFact]

    @property
    def none_known(self) -> bool:
        """Whether the patient was asked and has none."""
        return any(fact.none_known for fact in self.facts)

    @property
    def known(self) -> Sequence[StandingFact]:
        """What is recorded."""
        return [fact for fact in self.facts if not fact.none_known]

    @property
    def clinical(self) -> bool:
        """Whether only clinical roles read it."""
        return self.kind in CLINICAL

    @property
    def may_be_none(self) -> bool:
        """Whether "none" is an answer to it."""
        return self.kind in ABSENCE


@dataclass(frozen=True)
class Standing:
    """Everything in force that one reader may see; `safety_note` tells the others that there is more."""

    sections: Sequence[Section]
    sees_clinical: bool
    safety_note: bool

    @property
    def clinical(self) -> Sequence[Section]:
        """Allergies, medicines and conditions, as far as the reader may see them."""
        return [section for section in self.sections if section.clinical]

    @property
    def tone(self) -> str:
        """How loud the banner is: something is known, something was not asked, or all is known to be none."""
        if any(section.known for section in self.clinical):
            return "stop"
        return "ok" if all(section.none_known for section in self.clinical) else "wait"

    @property
    def headline(self) -> str:
        """What the banner says first."""
        return {"stop": "Mind this", "ok": "Asked: nothing known", "wait": "Not everything was asked"}[self.tone]

    def section(self, kind: FactKind) -> Section | None:
        """Return one kind, if the reader may see it."""
        return next((section for section in self.sections if section.kind == kind), None)


def standing(user: User, patient: Patient, at: datetime | None = None) -> Standing:
    """Return what holds about a patient, as far as somebody may read it."""
    at = at or timezone.now()
    facts = list(of_person(patient).filter(ended_at=None, entered_in_error_at=None))
    sees = bool(permissions.may_see_clinical_facts(user=user, patient=patient, at=at))
    kinds = [kind for kind in FactKind if sees or kind not in CLINICAL]
    return Standing(
        sections=[Section(kind, [fact for fact in facts if fact.kind == kind]) for kind in kinds],
        sees_clinical=sees,
        safety_note=not sees and any(fact.kind in CLINICAL and not fact.none_known for fact in facts),
    )


def past(user: User, patient: Patient, at: datetime | None = None) -> list[StandingFact]:
    """Return facts that were ended or entered in error, as far as somebody may read them."""
    sees = permissions.may_see_clinical_facts(user=user, patient=patient, at=at or timezone.now())
    facts = of_person(patient).exclude(ended_at=None, entered_in_error_at=None)
    return list(facts if sees else facts.exclude(kind__in=CLINICAL))


def fact_for(user: User, patient_id: UUID, fact_id: UUID, at: datetime | None = None) -> StandingFact:
    """Return one fact of a patient; one that somebody may not read is missing."""
    at = at or timezone.now()
    patient = patient_for(user, patient_id, at)
    fact = of_person(patient).filter(pk=fact_id).first()
    if fact is None or not permissions.may_see_fact(user=user, patient=patient, kind=FactKind(fact.kind), at=at):
        raise Http404("There is no such entry.")
    return fact


def kind_named(name: str) -> FactKind:
    """Return the kind of fact that an address names."""
    if name not in FactKind.values:
        raise Http404("There is no such kind of entry.")
    return FactKind(name)


def own(patient: Patient) -> list[Section]:
    """Return what holds about a patient, as they read it themselves."""
    facts = list(of_person(patient).filter(ended_at=None, entered_in_error_at=None))
    return [Section(kind, [fact for fact in facts if fact.kind == kind]) for kind in FactKind]


def of_person(patient: Patient) -> QuerySet[StandingFact]:
    """Return all facts of a person, in the order they were written down."""
    facts = StandingFact.objects.filter(patient__in=same_person(patient))
    people = ("patient", "recorded_by", "performed_by", "ended_by", "entered_in_error_by")
    return facts.select_related(*people).order_by("recorded_at", "id")
