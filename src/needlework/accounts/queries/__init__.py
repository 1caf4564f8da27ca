"""What may be read, by whom."""

from needlework.accounts.queries.clinics import clinic_for, clinics_for, licence_for
from needlework.accounts.queries.organisation import organisation
from needlework.accounts.queries.own import own_passkey, own_sign_in, roles_of, sign_ins_of
from needlework.accounts.queries.second_factor import authenticator_being_set_up, factors_of
from needlework.accounts.queries.staff import (
    credential_for,
    led_clinics,
    member,
    member_for,
    membership_for,
    staff_for,
)

__all__ = [
    "authenticator_being_set_up",
    "clinic_for",
    "clinics_for",
    "credential_for",
    "factors_of",
    "led_clinics",
    "licence_for",
    "member",
    "member_for",
    "membership_for",
    "organisation",
    "own_passkey",
    "own_sign_in",
    "roles_of",
    "sign_ins_of",
    "staff_for",
]
