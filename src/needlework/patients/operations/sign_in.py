"""A patient's sign-in: asking for a link, spending it with the birthday, leaving."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import transaction

from needlework.audit import record as audit
from needlework.audit.record import SYSTEM
from needlework.messages import operations as messages
from needlework.patients.folding import words
from needlework.patients.models import Patient, SignInLink
from needlework.patients.queries.people import follow
from needlework.patients.tokens import hash_of, token_of

VALID_FOR = timedelta(minutes=30)
TRIES = 5
WRONG = "That does not match what the clinic has. Check it and try again."
DEAD = "This link no longer works. Ask for a new one."
FIRST_NAME = "Enter your first name too: more than one person uses this e-mail address and birthday."
RING = "The clinic has to sort something out before you can sign in. Ring the clinic."


@dataclass(frozen=True)
class Answer:
    """What came of an attempt to spend a link: somebody, or a sentence, and whether the first name is needed."""

    patient: Patient | None = None
    sentence: str = ""
    asks_first_name: bool = False
    dead: bool = False


@transaction.atomic
def ask_for_link(*, email: str, at: datetime) -> SignInLink:
    """Queue a sign-in link for an address; known and unknown ones take the same steps."""
    pk = uuid4()
    link = SignInLink.objects.create(
        id=pk,
        email=email.strip().casefold(),
        token_hash=hash_of(token_of(pk)),
        valid_from=at,
        valid_until=at + VALID_FOR,
    )
    audit.record("sign-in-link-asked", link, by=SYSTEM, at=at)
    messages.queue(
        "patient-sign-in",
        key=f"patient-sign-in:{pk}",
        about_kind="sign-in-link",
        about_id=pk,
        to_kind="sign-in-link",
        to_id=pk,
        due_at=at,
        useful_until=link.valid_until,
        channels=("email",),
        by=SYSTEM,
        at=at,
    )
    return link


@transaction.atomic
def spend_link(*, link: SignInLink, date_of_birth: date, first_name: str = "", at: datetime) -> Answer:
    """Sign a patient in by the birthday that goes with the address, once; the fifth wrong one kills the link."""
    link = SignInLink.objects.select_for_update().get(pk=link.pk)
    if link.spent_at is not None or link.valid_until <= at or link.wrong_tries >= TRIES:
        return Answer(sentence=DEAD, dead=True)
    born = _people(link.email, date_of_birth)
    if len(born) > 1 and not first_name.strip():
        return Answer(sentence=FIRST_NAME, asks_first_name=True)
    matching = [patient for patient in born if len(born) == 1 or _called(patient, first_name)]
    if len(matching) != 1:
        return _refused(link, asks_first_name=len(born) > 1, ambiguous=len(matching) > 1, at=at)
    (patient,) = matching
    link.spent_at, link.spent_by = at, patient
    link.save(update_fields=["spent_at", "spent_by"])
    audit.record("patient-signed-in", link, by=patient, at=at)
    return Answer(patient)


@transaction.atomic
def sign_out(*, link: SignInLink, at: datetime) -> None:
    """End a patient's sign-in; its cookie is worth nothing afterwards."""
    link = SignInLink.objects.select_for_update(of=("self",)).select_related("spent_by").get(pk=link.pk)
    if link.spent_by is None or link.signed_out_at is not None:
        return
    link.signed_out_at, link.signed_out_by = at, link.spent_by
    link.save(update_fields=["signed_out_at", "signed_out_by"])
    audit.record("patient-signed-out", link, by=link.spent_by, at=at)


def _people(email: str, date_of_birth: date | None = None) -> list[Patient]:
    """Return whom an address belongs to, each person once, by the record that is kept for them."""
    records = Patient.objects.filter(email=email).exclude(email="")
    if date_of_birth is not None:
        records = records.filter(date_of_birth=date_of_birth)
    kept = {patient.pk: patient for patient in map(follow, records.select_related("clinic").order_by("search", "id"))}
    return list(kept.values())


def _called(patient: Patient, first_name: str) -> bool:
    typed = words(first_name)[:1]
    return bool(typed) and typed[0] in words(patient.given_names) + words(patient.known_as)


def _refused(link: SignInLink, *, asks_first_name: bool, ambiguous: bool, at: datetime) -> Answer:
    link.wrong_tries += 1
    link.save(update_fields=["wrong_tries"])
    audit.record("sign-in-refused", link, by=SYSTEM, at=at)
    if link.wrong_tries >= TRIES:
        return Answer(sentence=DEAD, dead=True)
    return Answer(sentence=RING if ambiguous else WRONG, asks_first_name=asks_first_name)
