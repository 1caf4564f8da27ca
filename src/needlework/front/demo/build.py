"""Build the demo clinic: fictional people from people.toml, days counted back from today, the same every time."""

import random
import secrets
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from typing import Any
from uuid import UUID, uuid5

from pyotp import TOTP

from needlework.accounts import operations as accounts
from needlework.accounts.hashing import hashed
from needlework.accounts.models import Clinic, CredentialKind, LicenceKind, User
from needlework.audit.record import SYSTEM, viewed
from needlework.audit.sealing import seal
from needlework.front.demo import diary, money
from needlework.patients import operations as patients
from needlework.patients.details import Details
from needlework.patients.folding import fold
from needlework.patients.models import Channel, FactKind, Patient, Purpose

SEED = 1988
NAMESPACE = UUID("6e656564-6c65-776f-726b-64656d6f0001")
FACTS = {
    "allergies": FactKind.ALLERGY,
    "medicines": FactKind.MEDICINE,
    "conditions": FactKind.CONDITION,
    "accessibility": FactKind.ACCESSIBILITY,
    "chaperone": FactKind.CHAPERONE,
    "photo_id": FactKind.PHOTO_ID,
}
NONE_KNOWN = "None known"
OPENED_DAYS_AGO = 400
Say = Callable[[str], None]
Row = Mapping[str, Any]


def clinic(*, today: date, say: Say) -> None:
    """Make the organisation, its clinics, staff and patients, and what happened to them up to this morning."""
    people = tomllib.loads(files(__package__).joinpath("people.toml").read_text("utf-8"))
    say("the clinics")
    clinics = _organisation(people["organisation"], today)
    say("staff, with what they hold")
    staff = {row["name"]: _member(row, clinics, today) for row in people["staff"]}
    say(f"{len(people['patients'])} patients")
    added = [_patient(row, clinics, staff, today) for row in people["patients"]]
    say("what happened since")
    _history(added, clinics, staff, today)
    say("the diary")
    diary.fill(today=today, clinics=clinics, staff=staff, patients=added, id_of=_id)
    money.pay(desk=staff["Beth Sayer"])
    seal(at=_at(today))


def _organisation(row: Row, today: date) -> dict[str, Clinic]:
    at = _at(today, OPENED_DAYS_AGO)
    ours = accounts.open_organisation(name=row["name"], by=SYSTEM, at=at)
    clinics: dict[str, Clinic] = {}
    for place in row["clinics"]:
        made = accounts.add_clinic(organisation=ours, id=_id(place["name"]), **place, by=SYSTEM, at=at)
        accounts.record_clinic_licence(
            clinic=made,
            kind=LicenceKind.COUNCIL,
            number=f"MBC/SP/{1000 + len(clinics)}",
            body="Middlesbrough Council",
            valid_from=at.date(),
            valid_until=today + timedelta(days=120 + 200 * len(clinics)),
            by=SYSTEM,
            at=at,
        )
        clinics[made.name] = made
    return clinics


def _member(row: Row, clinics: Mapping[str, Clinic], today: date) -> User:
    """Add somebody with their roles, and record what they hold."""
    at = _at(today, OPENED_DAYS_AGO - 1)
    roles = [(clinics[place], role) for place, held in row["roles"].items() for role in held]
    email = f"{row['name'].split()[0].lower()}@example.com"
    user = accounts.add_staff(id=_id(row["name"]), name=row["name"], email=email, roles=roles, by=SYSTEM, at=at)
    _let_sign_in(user, at)
    for kind, details in _credentials(row, today):
        accounts.record_credential(user=user, kind=kind, valid_from=at.date(), by=SYSTEM, at=at, **details)
    return user


def _let_sign_in(user: User, at: datetime) -> None:
    """Give somebody a password that nobody knows and an authenticator: the demo's links need neither."""
    accounts.set_password(user=user, hashed=hashed(secrets.token_urlsafe()), by=user, at=at)
    authenticator = accounts.set_up_authenticator(user=user, at=at)
    accounts.confirm_authenticator(authenticator=authenticator, code=TOTP(authenticator.secret).at(at), at=at)


def _credentials(row: Row, today: date) -> Iterator[tuple[CredentialKind, dict[str, Any]]]:
    if registration := row.get("registration"):
        ends = today + timedelta(days=registration["ends_in"])
        kept = {"body": registration["body"], "number": registration["number"], "valid_until": ends}
        yield CredentialKind.REGISTRATION, kept
        insured = today + timedelta(days=row["insurance_ends_in"])
        yield CredentialKind.INSURANCE, {"body": "Hamilton Mutual", "valid_until": insured}
    for device in row.get("trained_on", ()):
        yield CredentialKind.DEVICE_TRAINING, {"device": device, "valid_until": None}
    if row.get("prescribes"):
        yield CredentialKind.PRESCRIBING, {"body": "General Medical Council", "valid_until": None}


def _patient(row: Row, clinics: Mapping[str, Clinic], staff: Mapping[str, User], today: date) -> Patient:
    """Add a patient as the front desk does, then what a practitioner asked."""
    given, family, born, place, days = row["row"]
    chance = random.Random(f"{SEED} {given} {family}")  # noqa: S311 - a fixed seed is the point
    at = _at(today, days, minutes=chance.randrange(8 * 60))
    details = Details(
        family_name=family,
        given_names=given,
        date_of_birth=born,
        known_as=row.get("known_as", ""),
        pronouns=row.get("pronouns", ""),
        phone=f"+447700900{chance.randrange(1000):03}",
        email=f"{_plain(given)}.{_plain(family)}@example.com",
        address=f"{chance.randrange(1, 180)} {chance.choice(STREETS)}\nMiddlesbrough",
    )
    patient = patients.add_patient(
        patient_id=_id(f"{given} {family}"), clinic=clinics[place], details=details, by=staff["Beth Sayer"], at=at
    )
    _contact(patient, staff["Beth Sayer"], at, marketing=chance.random() < 0.3)
    asked = staff["Tomasz Wolny"] if place == "Marton" else staff["Dana Reid"]
    for kind, text in _facts(row):
        _fact(patient, kind, text, by=asked, at=at + timedelta(minutes=20))
    return patient


def _contact(patient: Patient, by: User, at: datetime, *, marketing: bool) -> None:
    answers = {(channel, Purpose.CARE): channel != Channel.POST for channel in Channel}
    answers |= {(channel, Purpose.MARKETING): marketing and channel == Channel.EMAIL for channel in Channel}
    patients.record_contact_choices(patient=patient, answers=answers, version=0, by=by, at=at)


def _facts(row: Row) -> Iterator[tuple[FactKind, str]]:
    for name, kind in FACTS.items():
        texts = row.get(name, ())
        for text in [texts] if isinstance(texts, str) else texts:
            yield kind, text


def _fact(patient: Patient, kind: FactKind, text: str, *, by: User, at: datetime) -> None:
    if text == NONE_KNOWN:
        patients.record_none_known(patient=patient, kind=kind, by=by, at=at)
    else:
        patients.record_fact(patient=patient, kind=kind, text=text, by=by, at=at)


def _history(added: list[Patient], clinics: Mapping[str, Clinic], staff: Mapping[str, User], today: date) -> None:
    """Make records look lived in: openings, a grant, a broken glass, a merged duplicate."""
    jo, priya, sian, again = added[0], added[2], added[5], added[-1]
    patients.grant_access(
        patient=sian,
        to=clinics["Linthorpe Road"],
        until=_at(today, -60),
        reason="Treated at Linthorpe Road while Marton is being painted",
        by=staff["Amira Khan"],
        at=_at(today, 4),
    )
    patients.break_glass(
        patient=priya,
        reason="Priya rang Marton with a question about her bleeding; her own clinic was closed",
        by=staff["Tomasz Wolny"],
        at=_at(today, 1, minutes=540),
    )
    patients.merge_patients(kept=jo, merged=again, by=staff["Amira Khan"], at=_at(today, 1, minutes=45))
    for number, patient in enumerate(added[:12]):
        viewer = staff["Amira Khan"] if number % 2 or patient.clinic.name == "Marton" else staff["Dana Reid"]
        viewed(patient, by=viewer, at=_at(today, 1 + number % 4, minutes=30 + 11 * number), part="record")


def _at(today: date, days_ago: int = 0, *, minutes: int = 0) -> datetime:
    """Return a moment of the clinic's working day, which opens at nine."""
    return datetime.combine(today - timedelta(days=days_ago), time(9), UTC) + timedelta(minutes=minutes)


def _id(name: str) -> UUID:
    """Return the same key for the same name every time, so that addresses outlive a rebuilt demo."""
    return uuid5(NAMESPACE, name)


def _plain(name: str) -> str:
    """Return a name as it stands in an e-mail address."""
    return "".join(letter for letter in fold(name) if letter.isalnum())


STREETS = (
    "Borough Road",
    "Clairville Road",
    "Devonshire Road",
    "Ladgate Lane",
    "Oxford Road",
    "Roman Road",
    "The Vale",
)
