"""How a patient may be reached, read for pages and for the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from needlework.patients.models import Channel, ContactChoice, Patient, Purpose
from needlework.patients.queries.people import same_person

Latest = Mapping[tuple[Channel, Purpose], ContactChoice]


@dataclass(frozen=True)
class Reach:
    """What holds for one channel: the latest answers, and what follows where nobody asked."""

    channel: Channel
    care: ContactChoice | None
    marketing: ContactChoice | None

    @property
    def care_allowed(self) -> bool:
        """Care may reach a patient unless they said no."""
        return self.care is None or self.care.allowed

    @property
    def marketing_allowed(self) -> bool:
        """Marketing may reach a patient only if they said yes."""
        return self.marketing is not None and self.marketing.allowed


def latest(patient: Patient) -> Latest:
    """Return the newest answer for each channel and purpose, over all records of the person."""
    choices = ContactChoice.objects.filter(patient__in=same_person(patient)).select_related("recorded_by")
    return {(Channel(c.channel), Purpose(c.purpose)): c for c in choices.order_by("recorded_at", "id")}


def version(patient: Patient) -> int:
    """Return how many answers there are: a page made with fewer is stale."""
    return ContactChoice.objects.filter(patient__in=same_person(patient)).count()


def reaches(patient: Patient) -> list[Reach]:
    """Return what holds for each channel."""
    answers = latest(patient)
    return [Reach(c, answers.get((c, Purpose.CARE)), answers.get((c, Purpose.MARKETING))) for c in Channel]


def answers(patient: Patient) -> dict[str, object]:
    """Return what the form about contact starts with."""
    standing = reaches(patient)
    return {
        "version": version(patient),
        Purpose.CARE: [reach.channel for reach in standing if reach.care_allowed],
        Purpose.MARKETING: [reach.channel for reach in standing if reach.marketing_allowed],
    }


def may_send(patient_id: UUID, channel: str, *, marketing: bool) -> bool:
    """Say whether a message may go to a patient by a channel; unknown patients get nothing."""
    patient = Patient.objects.filter(pk=patient_id).first()
    if patient is None or channel not in Channel.values:
        return False
    reach = next(r for r in reaches(patient) if r.channel == channel)
    return reach.marketing_allowed if marketing else reach.care_allowed


def care_addresses(patient: Patient) -> dict[str, str | None]:
    """Return the e-mail address and phone that a letter about care may use: `Letter(…, **care_addresses(patient))`."""
    allowed = {reach.channel: reach.care_allowed for reach in reaches(patient)}
    return {
        "email": patient.email if patient.email and allowed[Channel.EMAIL] else None,
        "phone": patient.phone if patient.phone and allowed[Channel.SMS] else None,
    }
