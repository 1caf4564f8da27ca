"""Who has access from outside, and what was opened in need."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from needlework.accounts.capabilities import clinics_where
from needlework.accounts.models import Clinic, Role, User
from needlework.patients import reach
from needlework.patients.folding import full_name
from needlework.patients.models import BreakGlass, Grant, Patient
from needlework.patients.problems import NotDoneError
from needlework.patients.queries.people import follow, patient_for, patients_for, same_person

NOBODY = "No record of any clinic has exactly this name and date of birth. Check the spelling with the patient."
NOBODY_SIGNS_IN = "Nobody signs in with this e-mail address. Ask the person which one they use."
SEVERAL = "More than one record has this name and date of birth. Ring the other clinic."


def grants_of(patient: Patient) -> QuerySet[Grant]:
    """Return every grant there ever was for a person, newest first."""
    grants = Grant.objects.filter(patient__in=same_person(patient))
    return grants.select_related("clinic", "user", "granted_by", "ended_by").order_by("-granted_at", "id")


@dataclass(frozen=True)
class GrantLine:
    """A grant with whether it holds now."""

    grant: Grant
    in_force: bool

    @property
    def last_day(self) -> datetime:
        """The last moment at which it holds."""
        return self.grant.until - timedelta(seconds=1)


def grant_lines(patient: Patient, at: datetime) -> list[GrantLine]:
    """Return every grant there ever was, with whether it holds."""
    return [GrantLine(grant, grant.ended_at is None and grant.until > at) for grant in grants_of(patient)]


def grant_for(user: User, patient_id: UUID, grant_id: UUID, at: datetime | None = None) -> Grant:
    """Return one grant of a patient whom somebody sees."""
    patient = patient_for(user, patient_id, at)
    grant = grants_of(patient).select_related("patient").filter(pk=grant_id).first()
    if grant is None:
        raise Http404("There is no such grant.")
    return grant


def other_clinics(patient: Patient) -> dict[str, str]:
    """Return the clinics that a grant may name, as choices."""
    clinics = Clinic.objects.exclude(patients__in=same_person(patient)).order_by("name")
    return {str(clinic.pk): clinic.name for clinic in clinics}


def receiver(*, clinic: str, person: str) -> Clinic | User:
    """Return the clinic that somebody chose, or the person whose address they know."""
    if clinic:
        return Clinic.objects.get(pk=clinic)
    user = User.objects.filter(email__iexact=person, ended_at=None).first()
    if user is None:
        raise NotDoneError(NOBODY_SIGNS_IN)
    return user


def leads_of(patient: Patient) -> QuerySet[User]:
    """Return the leads of every clinic that registered this person."""
    clinics = Patient.objects.filter(pk__in=same_person(patient)).values("clinic")
    roles = {"memberships__role": Role.LEAD, "memberships__clinic__in": clinics, "memberships__ended_at": None}
    return User.objects.filter(ended_at=None, **roles).distinct().order_by("id")


def unseen_for(user: User) -> QuerySet[BreakGlass]:
    """Return the accesses taken in need that a lead has still to look at."""
    accesses = BreakGlass.objects.filter(seen_at=None, patient__clinic__in=clinics_where(user, "grant-access"))
    return accesses.select_related("patient", "opened_by").order_by("opened_at", "id")


def access_for(user: User, access_id: UUID) -> BreakGlass:
    """Return one access taken in need, for a lead of the patient's clinic."""
    accesses = BreakGlass.objects.filter(patient__clinic__in=clinics_where(user, "grant-access"))
    access = accesses.select_related("patient").filter(pk=access_id).first()
    if access is None:
        raise Http404("There is no such access.")
    return access


def taken_in_need(user: User, patient: Patient, at: datetime | None = None) -> BreakGlass | None:
    """Return the broken glass through which somebody sees a patient now, if that is how."""
    return reach.glass_in_force(user, at or timezone.now()).filter(patient__in=same_person(patient)).first()


def exact(*, given_names: str, family_name: str, date_of_birth: date) -> list[Patient]:
    """Return the people of any clinic with exactly this name and birthday: break-glass asks it, nothing else may."""
    wanted = full_name(given_names, family_name)
    born = Patient.objects.filter(date_of_birth=date_of_birth).select_related("clinic", "merged_into__clinic")
    found = {follow(p).pk: follow(p) for p in born if full_name(p.given_names, p.family_name) == wanted}
    return list(found.values())


def sees(user: User, patient: Patient, at: datetime | None = None) -> bool:
    """Say whether somebody can open a record without breaking glass."""
    return patients_for(user, at).filter(pk=patient.pk).exists()


def ticketed(patient_id: UUID) -> Patient:
    """Return the patient whom somebody's own exact search found."""
    return Patient.objects.select_related("clinic").get(pk=patient_id)
