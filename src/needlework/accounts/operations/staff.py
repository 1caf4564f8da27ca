"""Add staff, change them, give and end their roles, end their accounts."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from needlework.accounts import permissions
from needlework.accounts.actors import StaffOrSystem, person
from needlework.accounts.editing import change
from needlework.accounts.models import Clinic, Membership, Role, User
from needlework.accounts.operations.passwords import invite
from needlework.accounts.operations.sign_in import end_all_sign_ins
from needlework.accounts.taken import refuse_taken_email
from needlework.audit.record import record


@transaction.atomic
def add_staff(
    *,
    name: str,
    email: str,
    roles: Iterable[tuple[Clinic, str]],
    by: StaffOrSystem,
    at: datetime,
    id: UUID | None = None,  # noqa: A002 - the column's name
) -> User:
    """Add somebody with their roles; they cannot sign in before they have set a password."""
    permissions.may_add_staff(user=by).or_raise()
    refuse_taken_email(email.strip().lower(), but=id or uuid4())
    user = User(id=id or uuid4(), name=name, email=email.strip().lower())
    user.set_unusable_password()
    user.save(force_insert=True)
    record("staff-added", user, by=by, at=at)
    for clinic, role in roles:
        give_role(user=user, clinic=clinic, role=role, by=by, at=at)
    return user


@transaction.atomic
def invite_staff(
    *,
    name: str,
    email: str,
    roles: Iterable[tuple[Clinic, str]],
    by: User,
    at: datetime,
    id: UUID,  # noqa: A002 - the column's name
) -> User:
    """Add a colleague with their roles, and send the link with which they choose a password."""
    if again := User.objects.filter(pk=id).first():
        return again
    user = add_staff(name=name, email=email, roles=roles, by=by, at=at, id=id)
    invite(user=user, by=by, at=at)
    return user


@transaction.atomic
def change_staff(*, user: User, version: int, changes: dict[str, object], by: StaffOrSystem, at: datetime) -> User:
    """Change somebody's name or e-mail address."""
    permissions.may_manage_account(user=by, person=user).or_raise()
    refuse_taken_email(str(changes.get("email", user.email)), but=user.pk)
    fields = change(user, version=version, changes=changes)
    if fields:
        record("staff-changed", user, by=by, at=at, fields=fields)
    return user


@transaction.atomic
def give_role(*, user: User, clinic: Clinic, role: str, by: StaffOrSystem, at: datetime) -> Membership:
    """Give somebody a role in a clinic; giving it twice gives it once."""
    permissions.may_manage_staff_in(user=by, clinic=clinic).or_raise()
    membership, given = Membership.objects.get_or_create(
        user=user, clinic=clinic, role=role, ended_at=None, defaults={"started_at": at, "started_by": person(by)}
    )
    if given:
        record("role-given", membership, by=by, at=at, fields=[role])
        user.roles_in_force = None
    return membership


@transaction.atomic
def end_role(*, membership: Membership, by: User, at: datetime) -> None:
    """End a role; a clinic never loses its last lead."""
    Clinic.objects.select_for_update().get(pk=membership.clinic_id)
    permissions.may_end_role(user=by, membership=membership).or_raise()
    if Membership.objects.filter(pk=membership.pk, ended_at=None).update(ended_at=at, ended_by=by):
        record("role-ended", membership, by=by, at=at, fields=[membership.role])
    membership.user.roles_in_force = None


@transaction.atomic
def end_account(*, user: User, by: User, at: datetime) -> None:
    """End somebody's account and every sign-in; their name stays on what they did."""
    list(Clinic.objects.select_for_update().filter(memberships__in=user.memberships.filter(role=Role.LEAD)))
    permissions.may_end_account(user=by, person=user).or_raise()
    if User.objects.filter(pk=user.pk, ended_at=None).update(ended_at=at, ended_by=by):
        record("account-ended", user, by=by, at=at)
    end_all_sign_ins(user=user, by=by, at=at)
    user.ended_at, user.ended_by = at, by
