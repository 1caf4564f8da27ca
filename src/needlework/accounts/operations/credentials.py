"""Record what lets somebody treat and what lets a clinic; nothing is deleted, a mistake is marked as one."""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from needlework.accounts import permissions
from needlework.accounts.actors import StaffOrSystem, person
from needlework.accounts.models import Answer, Clinic, ClinicLicence, Credential, Role, User
from needlework.audit.record import record
from needlework.messages import operations as messages

REMIND_BEFORE = timedelta(days=30)


@transaction.atomic
def record_credential(
    *,
    user: User,
    kind: str,
    valid_from: date,
    by: StaffOrSystem,
    at: datetime,
    valid_until: date | None = None,
    body: str = "",
    number: str = "",
    device: str = "",
    note: str = "",
    id: UUID | None = None,  # noqa: A002 - the column's name
) -> Credential:
    """Record a document that somebody showed; owner and leads are reminded a month before it ends."""
    permissions.may_record_credentials(user=by, person=user).or_raise()
    if again := user.credentials.filter(pk=id or uuid4()).first():
        return again
    credential = Credential.objects.create(
        id=id or uuid4(),
        user=user,
        kind=kind,
        body=body,
        number=number,
        device=device,
        note=note,
        valid_from=valid_from,
        valid_until=valid_until,
        recorded_at=at,
        recorded_by=person(by),
    )
    record("credential-recorded", credential, by=by, at=at, fields=[kind])
    if valid_until:
        _remind(credential, valid_until, by=by, at=at)
    return credential


@transaction.atomic
def withdraw_credential(*, credential: Credential, by: User, at: datetime) -> None:
    """Mark a credential as entered in error."""
    permissions.may_record_credentials(user=by, person=credential.user).or_raise()
    standing = Credential.objects.filter(pk=credential.pk, entered_in_error_at=None)
    if standing.update(entered_in_error_at=at, entered_in_error_by=by):
        record("credential-entered-in-error", credential, by=by, at=at)


@transaction.atomic
def record_clinic_licence(
    *,
    clinic: Clinic,
    kind: str,
    valid_from: date,
    by: StaffOrSystem,
    at: datetime,
    valid_until: date | None = None,
    answer: str = Answer.REGISTERED,
    body: str = "",
    number: str = "",
    id: UUID | None = None,  # noqa: A002 - the column's name
) -> ClinicLicence:
    """Record what a council or regulator answered to a clinic."""
    permissions.may_manage_clinic(user=by, clinic=clinic).or_raise()
    if again := clinic.licences.filter(pk=id or uuid4()).first():
        return again
    licence = ClinicLicence.objects.create(
        id=id or uuid4(),
        clinic=clinic,
        kind=kind,
        answer=answer,
        body=body,
        number=number,
        valid_from=valid_from,
        valid_until=valid_until,
        recorded_at=at,
        recorded_by=person(by),
    )
    record("licence-recorded", licence, by=by, at=at, fields=[kind])
    return licence


@transaction.atomic
def withdraw_clinic_licence(*, licence: ClinicLicence, by: User, at: datetime) -> None:
    """Mark a clinic's licence as entered in error."""
    permissions.may_manage_clinic(user=by, clinic=licence.clinic).or_raise()
    standing = ClinicLicence.objects.filter(pk=licence.pk, entered_in_error_at=None)
    if standing.update(entered_in_error_at=at, entered_in_error_by=by):
        record("licence-entered-in-error", licence, by=by, at=at)


def _remind(credential: Credential, ends: date, *, by: StaffOrSystem, at: datetime) -> None:
    """Queue the reminders: at nine in the morning thirty days before the end, or now where that has passed."""
    zone = timezone.get_current_timezone()
    nine = datetime.combine(ends - REMIND_BEFORE, time(9), tzinfo=zone)
    for reader in {credential.user, *_leads_of(credential.user)}:
        messages.queue(
            "credential-expiring",
            key=f"credential-expiring:{credential.pk}:{reader.pk}",
            about_kind="credential",
            about_id=credential.pk,
            to_kind=User.audit_kind,
            to_id=reader.pk,
            due_at=max(nine, at),
            useful_until=datetime.combine(ends, time(23, 59), tzinfo=zone),
            channels=["email"],
            by=by,
            at=at,
        )


def _leads_of(user: User) -> set[User]:
    clinics = permissions.clinics_of(user)
    leading = User.objects.filter(
        memberships__clinic__in=clinics, memberships__role=Role.LEAD, memberships__ended_at=None, ended_at=None
    )
    return set(leading.distinct())
