"""What a patient's record says, as one plain value between form, file and operation."""

import re
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from needlework.patients.folding import search_text
from needlework.patients.models import Patient

SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Details:
    """The details of a patient; the phone in E.164, the rest as written."""

    family_name: str
    given_names: str
    date_of_birth: date
    known_as: str = ""
    title: str = ""
    sex: str = ""
    gender: str = ""
    pronouns: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    external_number: str = ""
    notes: str = ""

    def tidied(self) -> "Details":
        """Return them without stray spaces, the e-mail in small letters as it is compared."""
        spaced: dict[str, Any] = {name: SPACES.sub(" ", getattr(self, name)).strip() for name in ONE_LINE}
        return replace(self, **spaced, email=self.email.strip().casefold())

    def columns(self) -> dict[str, Any]:
        """Return the columns of a Patient that hold these details, the searched line included."""
        names = (self.family_name, self.given_names, self.known_as)
        return asdict(self) | {"search": search_text(names, phone=self.phone, email=self.email)}

    def snapshot(self) -> dict[str, str]:
        """Return them as JSON holds them."""
        return asdict(self) | {"date_of_birth": self.date_of_birth.isoformat()}


NAMES = tuple(f.name for f in fields(Details))
ONE_LINE = frozenset(NAMES) - {"date_of_birth", "email", "address", "notes"}


def of(patient: Patient) -> Details:
    """Return the details a record holds now."""
    return Details(**{name: getattr(patient, name) for name in NAMES})


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Return the names of the fields that differ between two snapshots."""
    return [name for name in NAMES if before.get(name, "") != after.get(name, "")]


def age(born: date, on: date) -> int:
    """Return how many birthdays somebody has had."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
