"""The patient's record: facts and constraints."""

from needlework.patients.models.access import BreakGlass, Grant
from needlework.patients.models.contact import Channel, ContactChoice, Purpose
from needlework.patients.models.facts import FactKind, StandingFact
from needlework.patients.models.importing import ImportedFile
from needlework.patients.models.merging import MergeRecord
from needlework.patients.models.person import Patient, PatientVersion, Sex
from needlework.patients.models.sign_in import SignInLink

__all__ = [
    "BreakGlass",
    "Channel",
    "ContactChoice",
    "FactKind",
    "Grant",
    "ImportedFile",
    "MergeRecord",
    "Patient",
    "PatientVersion",
    "Purpose",
    "Sex",
    "SignInLink",
    "StandingFact",
]
