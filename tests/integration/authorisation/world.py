"""Two clinics with the same things in each, every thing with a secret of its own."""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from needlework.accounts import operations as accounts_operations
from needlework.accounts.models import Clinic, CredentialKind, LicenceKind, Membership, Passkey, Role, User
from needlework.messages.operations import queue
from needlework.patients import operations
from needlework.patients.models import FactKind, Patient
from tests.factories import accounts, patients
from tests.integration.authorisation import cast, diary
from tests.integration.authorisation.cast import HERE, THERE
from tests.integration.authorisation.crawl import World
from tests.integration.authorisation.rules import Canary, either, patients_own, roles, roles_anywhere

LEAD = (Role.LEAD,)
CARERS = (Role.LEAD, Role.PRACTITIONER, Role.PRESCRIBER)
WITH_PATIENTS = (*CARERS, Role.FRONT_DESK)
ROLES = tuple(Role)
NAMES = {HERE: "Linthorpe Road", THERE: "Marton"}
CSV = b"given_names,family_name,date_of_birth\nMo,Imported,1970-01-31\n"


def build() -> World:
    """Make both clinics, everybody, and one of everything in each."""
    clinics = {place: accounts.clinic(name) for place, name in NAMES.items()}
    users = cast.staff(clinics)
    helper = accounts.member(Role.PRACTITIONER, at=accounts.clinic("Elsewhere"), name="Helper from elsewhere")
    things = {place: Things(place, clinic, users, helper) for place, clinic in clinics.items()}
    known = {place: one.patient for place, one in things.items()}
    people = [*cast.nobodies(clinics[HERE]), *cast.at_work(users), cast.lead_of_both(clinics), *cast.patients(known)]
    objects = {word: {place: made.keys[word] for place, made in things.items()} for word in things[HERE].keys}
    return World(people, [one for place in clinics for one in canaries(place)], objects | CONSTANT)


CONSTANT = {"kind": dict.fromkeys((HERE, THERE, None), "allergy")}
"""URL keywords that name no object."""

EMPTY = World([], [], CONSTANT)


def canaries(place: str) -> list[Canary]:
    """Return the secrets of one clinic, and who may read each."""
    record = either(roles(*WITH_PATIENTS), patients_own)
    health = either(roles(*CARERS), patients_own)
    return [
        Canary(f"Canary-name-{place}", place, record),
        Canary(f"Canary-notes-{place}", place, record),
        Canary(f"Canary-other-{place}", place, roles(*WITH_PATIENTS)),
        Canary(f"Canary-allergy-{place}", place, health),
        Canary(f"Canary-grant-{place}", place, roles(*LEAD)),
        Canary(f"Canary-glass-{place}", place, roles(*LEAD)),
        Canary(f"Canary-colleague-{place}", place, either(roles(*ROLES), roles_anywhere(*LEAD))),
        Canary(f"Canary-credential-{place}", place, roles(*ROLES)),
        Canary(f"Canary-licence-{place}", place, roles(*ROLES)),
        *diary.canaries(place),
    ]


class Things:
    """One of everything in one clinic, made as the pages make it; `keys` is what addresses call them by."""

    def __init__(self, place: str, clinic: Clinic, users: Mapping[str, User], helper: User) -> None:
        self.place, self.clinic, self.helper = place, clinic, helper
        self.lead, self.practitioner = users[f"lead {place}"], users[f"practitioner {place}"]
        self.at = timezone.now()
        self.patient = patients.patient(
            clinic, family_name=f"Canary-name-{place}", notes=f"Canary-notes-{place}", email=f"{place}@example.test"
        )
        self.keys: dict[str, Any] = {"clinic_id": clinic.pk, "patient_id": self.patient.pk}
        self.keys |= self.about_the_patient() | self.other_records() | self.about_staff() | self.paperwork()
        self.keys |= diary.made(self)

    def about_the_patient(self) -> dict[str, Any]:
        """Facts, a grant, broken glass: with canaries in what is typed."""
        common = {"patient": self.patient, "by": self.lead, "at": self.at}
        fact = operations.record_fact(**common, kind=FactKind.ALLERGY, text=f"Canary-allergy-{self.place}")
        tomorrow = self.at + timedelta(days=1)
        grant = operations.grant_access(**common, to=self.helper, until=tomorrow, reason=f"Canary-grant-{self.place}")
        glass = operations.break_glass(
            patient=self.patient, reason=f"Canary-glass-{self.place} in an emergency", by=self.helper, at=self.at
        )
        return {"fact_id": fact.pk, "grant_id": grant.pk, "access_id": glass.pk}

    def other_records(self) -> dict[str, Any]:
        """A second patient to merge with, and one who is merged already."""
        other, twin = (self.someone(name) for name in ("other", "twin"))
        merge = operations.merge_patients(kept=self.patient, merged=twin, by=self.lead, at=self.at)
        return {"other_id": other.pk, "merge_id": merge.pk}

    def someone(self, name: str) -> Patient:
        """Register another patient."""
        return patients.patient(self.clinic, family_name=f"Canary-{name}-{self.place}")

    def about_staff(self) -> dict[str, Any]:
        """A colleague with a document, and the practitioner's own passkey and sign-in."""
        colleague = accounts.member(Role.FRONT_DESK, at=self.clinic, name=f"Canary-colleague-{self.place}")
        credential = accounts_operations.record_credential(
            user=colleague,
            kind=CredentialKind.INSURANCE,
            valid_from=date(2026, 1, 1),
            valid_until=date(2099, 1, 1),
            number=f"Canary-credential-{self.place}",
            by=self.lead,
            at=self.at,
        )
        passkey = Passkey.objects.create(
            user=self.practitioner,
            credential_id=urlsafe_b64encode(self.place.encode()).rstrip(b"=").decode(),
            public_key="key",
            sign_count=0,
            name="Desk",
            added_at=self.at,
        )
        sign_in = accounts_operations.start_sign_in(
            user=self.practitioner,
            session_key=f"elsewhere-{self.place}",
            factor="totp",
            address="",
            browser="",
            at=self.at,
        )
        return {
            "user_id": colleague.pk,
            "membership_id": Membership.objects.get(user=colleague).pk,
            "credential_id": credential.pk,
            "passkey_id": passkey.pk,
            "sign_in_id": sign_in.pk,
        }

    def paperwork(self) -> dict[str, Any]:
        """A licence, a checked import, a message."""
        licence = accounts_operations.record_clinic_licence(
            clinic=self.clinic,
            kind=LicenceKind.COUNCIL,
            valid_from=date(2026, 1, 1),
            valid_until=date(2099, 1, 1),
            number=f"Canary-licence-{self.place}",
            by=self.lead,
            at=self.at,
        )
        imported = operations.check_import(clinic=self.clinic, content=CSV, by=self.lead, at=self.at)
        return {"licence_id": licence.pk, "file_id": imported.pk, "message_id": self.message().pk}

    def message(self) -> Any:
        """Something that waits in the clinic's outbox."""
        with transaction.atomic():
            return queue(
                "credential-expiring",
                key=f"matrix:{self.place}",
                about_kind="credential",
                about_id=self.patient.pk,
                to_kind="patient",
                to_id=self.patient.pk,
                due_at=self.at,
                clinic_id=self.clinic.pk,
                by=self.lead,
                at=self.at,
            )
