"""Everything that changes accounts."""

from needlework.accounts.operations.clinics import add_clinic, change_clinic
from needlework.accounts.operations.credentials import (
    record_clinic_licence,
    record_credential,
    withdraw_clinic_licence,
    withdraw_credential,
)
from needlework.accounts.operations.organisation import change_settings, open_organisation, remove_logo, set_logo
from needlework.accounts.operations.passwords import ask_for_link, invite, send_reset, set_password, spend_link
from needlework.accounts.operations.second_factor import (
    accept_code,
    add_passkey,
    confirm_authenticator,
    make_recovery_codes,
    remove_authenticator,
    remove_passkey,
    reset_second_factor,
    set_up_authenticator,
    use_passkey,
    use_recovery_code,
)
from needlework.accounts.operations.setup import set_up
from needlework.accounts.operations.sign_in import end_all_sign_ins, end_sign_in, refuse_sign_in, start_sign_in
from needlework.accounts.operations.staff import add_staff, change_staff, end_account, end_role, give_role, invite_staff

__all__ = [
    "accept_code",
    "add_clinic",
    "add_passkey",
    "add_staff",
    "ask_for_link",
    "change_clinic",
    "change_settings",
    "change_staff",
    "confirm_authenticator",
    "end_account",
    "end_all_sign_ins",
    "end_role",
    "end_sign_in",
    "give_role",
    "invite",
    "invite_staff",
    "make_recovery_codes",
    "open_organisation",
    "record_clinic_licence",
    "record_credential",
    "refuse_sign_in",
    "remove_authenticator",
    "remove_logo",
    "remove_passkey",
    "reset_second_factor",
    "send_reset",
    "set_logo",
    "set_password",
    "set_up",
    "set_up_authenticator",
    "spend_link",
    "start_sign_in",
    "use_passkey",
    "use_recovery_code",
    "withdraw_clinic_licence",
    "withdraw_credential",
]
