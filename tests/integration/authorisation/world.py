"""Two clinics with the same things in each, every thing with a secret of its own."""

from collections.abc import Mapping
from typing import Any

from needlework.accounts.models import Clinic, Role
from needlework.patients.models import Patient
from tests.factories import accounts, patients
from tests.integration.authorisation import cast
from tests.integration.authorisation.cast import HERE, THERE
from tests.integration.authorisation.crawl import World
from tests.integration.authorisation.rules import Canary, either, patients_own, roles

CARERS = (Role.LEAD, Role.PRACTITIONER, Role.PRESCRIBER)
WITH_PATIENTS = (*CARERS, Role.FRONT_DESK)


def build() -> World:
    """Make both clinics, everybody, and one of everything in each."""
    clinics = {HERE: accounts.clinic("Linthorpe Road"), THERE: accounts.clinic("Marton")}
    known = {place: patient(place, clinic) for place, clinic in clinics.items()}
    return World(
        people=[*cast.nobodies(clinics[HERE]), *cast.staff(clinics), *cast.patients(known)],
        canaries=[canary for place in clinics for canary in canaries(place)],
        objects=objects(clinics, known),
    )


def patient(place: str, clinic: Clinic) -> Patient:
    """Register somebody whose every field is a canary."""
    return patients.patient(clinic, family_name=f"Canary-name-{place}", notes=f"Canary-notes-{place}")


def canaries(place: str) -> list[Canary]:
    """Return the secrets of one clinic, and who may read each."""
    return [
        Canary(f"Canary-name-{place}", place, either(roles(*WITH_PATIENTS), patients_own)),
        Canary(f"Canary-notes-{place}", place, either(roles(*WITH_PATIENTS), patients_own)),
    ]


def objects(clinics: Mapping[str, Clinic], known: Mapping[str, Patient]) -> dict[str, dict[str, Any]]:
    """Return each URL keyword's value in each clinic."""
    return {
        "clinic_id": {place: clinic.pk for place, clinic in clinics.items()},
        "patient_id": {place: one.pk for place, one in known.items()},
    }
