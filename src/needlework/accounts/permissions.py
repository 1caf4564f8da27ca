"""What somebody may do, or the sentence why not."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from needlework.accounts import treating
from needlework.accounts.actors import StaffOrSystem
from needlework.accounts.capabilities import clinics_where, holds, roles_in
from needlework.accounts.decision import Decision
from needlework.accounts.models import Clinic, CredentialKind, Membership, Role, User

YES = Decision()


def is_staff(*, user: User) -> Decision:  # noqa: ARG001 - asking this gate is asking for a member of staff
    """Yes to every member of staff who is signed in."""
    return YES


def may_see_staff(*, user: User) -> Decision:
    """Allow seeing the staff of one's clinics."""
    return _if(holds(user, "see-staff"), "Your roles do not include seeing staff. Ask a lead of your clinic.")


def may_add_staff(*, user: StaffOrSystem) -> Decision:
    """Allow adding staff to leads."""
    return _if(_anywhere(user, "manage-staff"), "Only a lead can add staff. Ask a lead of your clinic.")


def may_manage_staff_in(*, user: StaffOrSystem, clinic: Clinic) -> Decision:
    """Allow giving and ending roles in a clinic."""
    allowed = not isinstance(user, User) or clinic.pk in clinics_where(user, "manage-staff")
    return _if(allowed, f"Only a lead of {clinic} can change who works there.")


def may_manage_account(*, user: StaffOrSystem, person: User) -> Decision:
    """Allow changing or ending a colleague's account: only a lead of every clinic the colleague works in."""
    if not isinstance(user, User):
        return YES
    led = clinics_where(user, "manage-staff")
    places = clinics_of(person)
    return _if(
        bool(places) and places <= led,
        f"Only a lead of every clinic that {person} works in can change this account.",
    )


def may_reset_second_factor(*, user: StaffOrSystem, person: User) -> Decision:
    """Allow taking away a colleague's second factor, but never one's own: that would be a way round it."""
    if person == user:
        return Decision("You cannot reset your own second factor. Ask another lead to do it.")
    return may_manage_account(user=user, person=person)


def may_manage_clinics(*, user: StaffOrSystem) -> Decision:
    """Allow adding clinics to leads."""
    return _if(_anywhere(user, "manage-clinics"), "Only a lead can add a clinic.")


def may_manage_clinic(*, user: StaffOrSystem, clinic: Clinic) -> Decision:
    """Allow changing a clinic and its licences."""
    allowed = not isinstance(user, User) or clinic.pk in clinics_where(user, "manage-clinics")
    return _if(allowed, f"Only a lead of {clinic} can change it.")


def may_change_settings(*, user: StaffOrSystem) -> Decision:
    """Allow changing what holds for the whole organisation to every lead."""
    return _if(_anywhere(user, "change-settings"), "Only a lead can change the settings of the organisation.")


def may_end_role(*, user: StaffOrSystem, membership: Membership) -> Decision:
    """Allow ending a colleague's role, but never the last lead's."""
    managing = may_manage_staff_in(user=user, clinic=membership.clinic)
    if not managing:
        return managing
    return _if(
        membership.role != Role.LEAD or _other_leads(membership.user, membership.clinic_id),
        f"{membership.user} is the only lead of {membership.clinic}. Make somebody else lead first.",
    )


def may_end_account(*, user: StaffOrSystem, person: User) -> Decision:
    """Allow ending a colleague's account: not their own, and never that of a clinic's last lead."""
    if person == user:
        return Decision("You cannot end your own account. Ask another lead to do it.")
    for clinic in Clinic.objects.filter(memberships__in=_in_force(person, Role.LEAD)):
        if not _other_leads(person, clinic.pk):
            return Decision(f"{person} is the only lead of {clinic}. Make somebody else lead first.")
    return may_manage_account(user=user, person=person)


def clinics_of(person: User) -> frozenset[UUID]:
    """Return the clinics somebody works in; where all roles have ended, those they worked in."""
    rows = Membership.objects.filter(user=person)
    live = frozenset(rows.filter(ended_at=None).values_list("clinic_id", flat=True))
    return live or frozenset(rows.values_list("clinic_id", flat=True))


def _other_leads(person: User, clinic_id: UUID) -> bool:
    leads = Membership.objects.filter(clinic_id=clinic_id, role=Role.LEAD, ended_at=None, user__ended_at=None)
    return leads.exclude(user=person).exists()


def _in_force(person: User, role: str) -> QuerySet[Membership]:
    return Membership.objects.filter(user=person, role=role, ended_at=None)


def _anywhere(user: StaffOrSystem, capability: str) -> bool:
    return not isinstance(user, User) or holds(user, capability)


def _if(allowed: bool, refusal: str) -> Decision:
    return YES if allowed else Decision(refusal)


def may_record_credentials(*, user: StaffOrSystem, person: User) -> Decision:
    """Allow recording somebody's documents to a lead of a clinic they work in."""
    allowed = not isinstance(user, User) or bool(clinics_of(person) & clinics_where(user, "manage-staff"))
    return _if(allowed, f"Only a lead of a clinic that {person} works in can record documents.")


def may_treat(*, user: User, clinic: Clinic, on: date, device: str | None = None) -> Decision:
    """Allow treating in a clinic on a day: role, registration, insurance, device training and the clinic's licence."""
    if user.ended_at or not _treats(user, clinic):
        return Decision(f"{user} is not a practitioner at {clinic}: ask a lead to give the role")
    credentials = user.credentials.filter(entered_in_error_at=None)
    why_not = treating.why_not(user.name, clinic, credentials, clinic.licences.all(), on=on, device=device or "")
    return Decision(why_not)


def may_prescribe(*, user: User, clinic: Clinic, on: date) -> Decision:
    """Allow prescribing in a clinic on a day: role, registration and the recorded right to prescribe."""
    return _medicines(user, clinic, on, CredentialKind.PRESCRIBING)


def may_supply(*, user: User, clinic: Clinic, on: date) -> Decision:
    """Allow supplying medicines in a clinic on a day: the right to prescribe includes it."""
    prescribing = _medicines(user, clinic, on, CredentialKind.PRESCRIBING)
    return prescribing if prescribing else _medicines(user, clinic, on, CredentialKind.SUPPLY)


def _medicines(user: User, clinic: Clinic, on: date, kind: CredentialKind) -> Decision:
    roles = {Role.PRESCRIBER} if kind == CredentialKind.PRESCRIBING else {Role.PRESCRIBER, Role.PRACTITIONER}
    if user.ended_at or not roles & roles_in(user, clinic):
        word = "prescriber" if kind == CredentialKind.PRESCRIBING else "practitioner"
        return Decision(f"{user} is not a {word} at {clinic}: ask a lead to give the role")
    credentials = list(user.credentials.filter(entered_in_error_at=None))
    for needed in (CredentialKind.REGISTRATION, kind):
        sentence = treating.missing(user.name, needed, credentials, on=on)
        if sentence:
            return Decision(sentence.replace("before treating", "first"))
    return YES


def _treats(user: User, clinic: Clinic) -> bool:
    return bool({Role.PRACTITIONER, Role.PRESCRIBER} & roles_in(user, clinic))
