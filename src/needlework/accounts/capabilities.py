"""What each role may do, and where: a capability is held in a clinic, and a role only ever adds."""

from uuid import UUID

from needlework.accounts.models import Clinic, Membership, Role, User

CAPABILITIES: dict[str, frozenset[str]] = {
    "see-patients": frozenset({Role.LEAD, Role.PRACTITIONER, Role.PRESCRIBER, Role.FRONT_DESK}),
    "edit-patients": frozenset({Role.LEAD, Role.PRACTITIONER, Role.PRESCRIBER, Role.FRONT_DESK}),
    "see-clinical-facts": frozenset({Role.LEAD, Role.PRACTITIONER, Role.PRESCRIBER}),
    "edit-clinical-facts": frozenset({Role.LEAD, Role.PRACTITIONER, Role.PRESCRIBER}),
    "merge-patients": frozenset({Role.LEAD}),
    "import-patients": frozenset({Role.LEAD}),
    "export-patients": frozenset({Role.LEAD}),
    "erase-patients": frozenset({Role.LEAD}),
    "grant-access": frozenset({Role.LEAD}),
    "break-glass": frozenset({Role.LEAD, Role.PRACTITIONER, Role.PRESCRIBER}),
    "see-staff": frozenset({Role.LEAD, Role.PRACTITIONER, Role.PRESCRIBER, Role.FRONT_DESK, Role.AUDITOR}),
    "manage-staff": frozenset({Role.LEAD}),
    "manage-clinics": frozenset({Role.LEAD}),
    "change-settings": frozenset({Role.LEAD}),
    "see-diary": frozenset({Role.LEAD, Role.PRACTITIONER, Role.PRESCRIBER, Role.FRONT_DESK}),
    "book-appointments": frozenset({Role.LEAD, Role.PRACTITIONER, Role.PRESCRIBER, Role.FRONT_DESK}),
    "manage-diary": frozenset({Role.LEAD}),
    "take-payments": frozenset({Role.LEAD, Role.FRONT_DESK}),
    "refund-payments": frozenset({Role.LEAD}),
    "see-outbox": frozenset({Role.LEAD, Role.FRONT_DESK}),
    "see-access-log": frozenset({Role.LEAD, Role.AUDITOR}),
}
"""Capability → the roles that carry it."""


def clinics_where(user: User, capability: str) -> frozenset[UUID]:
    """Return the clinics in which somebody holds a capability: none for nobody, never all by default."""
    return frozenset(clinic for clinic, role in _roles(user) if role in CAPABILITIES[capability])


def holds(user: User, capability: str) -> bool:
    """Say whether somebody holds a capability in any clinic."""
    return bool(clinics_where(user, capability))


def roles_in(user: User, clinic: Clinic) -> frozenset[str]:
    """Return the roles that somebody holds in a clinic."""
    return frozenset(role for held_in, role in _roles(user) if held_in == clinic.pk)


def _roles(user: User) -> frozenset[tuple[UUID, str]]:
    """Read the roles in force once per user object, that is once per request."""
    if user.roles_in_force is None:
        rows = Membership.objects.filter(user_id=user.pk, ended_at=None, user__ended_at=None)
        user.roles_in_force = frozenset(rows.values_list("clinic_id", "role"))
    return user.roles_in_force
