"""Whether documents let somebody treat on a day: pure, from the rows that were read."""

from collections.abc import Iterable
from datetime import date

from needlework.accounts.models import Answer, Clinic, ClinicLicence, Credential, CredentialKind, LicenceKind, Nation
from needlework.evidence.days import in_words
from needlework.evidence.nations import licence_from


def in_force(document: Credential | ClinicLicence, on: date) -> bool:
    """Say whether a document holds on a day."""
    return (
        document.entered_in_error_at is None
        and document.valid_from <= on
        and (document.valid_until is None or on <= document.valid_until)
    )


def missing(name: str, kind: str, credentials: Iterable[Credential], *, on: date, device: str = "") -> str:
    """Return the sentence for a document that does not hold on a day, or nothing where one does."""
    same = [one for one in credentials if one.kind == kind and one.device == device and one.entered_in_error_at is None]
    if any(in_force(one, on) for one in same):
        return ""
    words = f"training for {device}" if device else CredentialKind(kind).label.lower()
    ended = max((one.valid_until for one in same if one.valid_until and one.valid_until < on), default=None)
    if ended:
        return f"{name}’s {words} ended on {in_words(ended)}: record the new one before treating"
    starts = min((one.valid_from for one in same if one.valid_from > on), default=None)
    if starts:
        return f"{name}’s {words} starts only on {in_words(starts)}"
    return f"{name}’s {words} is not recorded: record it before treating"


def why_not(
    name: str,
    clinic: Clinic,
    credentials: Iterable[Credential],
    licences: Iterable[ClinicLicence],
    *,
    on: date,
    device: str = "",
) -> str:
    """Return the sentence why somebody may not treat in a clinic on a day, or nothing where all documents hold."""
    held = list(credentials)
    needed = [(CredentialKind.REGISTRATION, ""), (CredentialKind.INSURANCE, "")]
    needed += [(CredentialKind.DEVICE_TRAINING, device)] if device else []
    sentences = (missing(name, kind, held, on=on, device=trained) for kind, trained in needed)
    return next(filter(None, sentences), "") or unlicensed(clinic.name, clinic.nation, licences, on=on)


def unlicensed(name: str, nation: str, licences: Iterable[ClinicLicence], *, on: date) -> str:
    """Return the sentence for a clinic whose licence has lapsed, or whose nation asks for one it lacks."""
    standing = [one for one in licences if one.entered_in_error_at is None]
    for kind in LicenceKind:
        lapsed = _lapsed([one for one in standing if one.kind == kind], on)
        if lapsed:
            return f"{name}’s {_name(kind)} ended on {in_words(lapsed)}: record the new one before treating"
    needed_from = licence_from(Nation(nation).label)  # a regulator's registration stands in for the council's licence
    licensed = any(in_force(one, on) and one.answer == Answer.REGISTERED for one in standing)
    if needed_from and on >= needed_from and not licensed:
        return f"{name} needs a licence of its council since {in_words(needed_from)}: record it before treating"
    return ""


def _lapsed(same: list[ClinicLicence], on: date) -> date | None:
    """Return when documents of one kind ended, where none holds any more."""
    if any(in_force(one, on) for one in same):
        return None
    return max((one.valid_until for one in same if one.valid_until and one.valid_until < on), default=None)


def _name(kind: LicenceKind) -> str:
    return {
        LicenceKind.COUNCIL: "council licence",
        LicenceKind.HIS: "registration with Healthcare Improvement Scotland",
        LicenceKind.CQC: "registration with the Care Quality Commission",
    }[kind]
