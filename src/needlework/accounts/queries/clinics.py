"""Clinics in which somebody works: outside of those they do not exist."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from needlework.accounts import treating
from needlework.accounts.capabilities import clinics_where
from needlework.accounts.models import Clinic, ClinicLicence, User
from needlework.accounts.queries.staff import SOON


@dataclass(frozen=True)
class ShownLicence:
    """A licence as a page shows it: with its status on a day."""

    licence: ClinicLicence
    status: str


@dataclass(frozen=True)
class ShownClinic:
    """A clinic as a page shows it: with its licences and why nobody may treat there, if so."""

    clinic: Clinic
    licences: list[ShownLicence]
    sentence: str


def clinics_for(user: User, *, on: date) -> list[ShownClinic]:
    """Return the clinics in which somebody works."""
    return [shown(clinic, on=on) for clinic in _visible(user).order_by("name")]


def clinic_for(user: User, clinic_id: UUID) -> Clinic:
    """Return a clinic, or 404 where somebody does not work in it."""
    return get_object_or_404(_visible(user), pk=clinic_id)


def shown(clinic: Clinic, *, on: date) -> ShownClinic:
    """Return how a clinic stands on a day."""
    licences = sorted(clinic.licences.all(), key=lambda one: (one.kind, one.valid_from), reverse=True)
    sentence = treating.unlicensed(clinic.name, clinic.nation, licences, on=on)
    return ShownClinic(clinic, [ShownLicence(one, _status(one, on)) for one in licences], sentence)


def licence_for(user: User, clinic_id: UUID, licence_id: UUID) -> ClinicLicence:
    """Return a clinic's licence, or 404 where somebody does not work in the clinic."""
    return get_object_or_404(ClinicLicence, pk=licence_id, clinic=clinic_for(user, clinic_id))


def _visible(user: User) -> QuerySet[Clinic]:
    return Clinic.objects.filter(pk__in=clinics_where(user, "see-staff")).prefetch_related("licences")


def _status(licence: ClinicLicence, on: date) -> str:
    if licence.entered_in_error_at:
        return "entered-in-error"
    if licence.valid_until and licence.valid_until < on:
        return "expired"
    return "expires-soon" if licence.valid_until and licence.valid_until <= on + SOON else "in-force"
