"""Everything that changes accounts."""

from needlework.accounts.operations.clinics import add_clinic, change_clinic
from needlework.accounts.operations.organisation import change_settings, open_organisation, remove_logo, set_logo
from needlework.accounts.operations.sign_in import end_all_sign_ins, end_sign_in, start_sign_in
from needlework.accounts.operations.staff import add_staff, change_staff, end_account, end_role, give_role

__all__ = [
    "add_clinic",
    "add_staff",
    "change_clinic",
    "change_settings",
    "change_staff",
    "end_account",
    "end_all_sign_ins",
    "end_role",
    "end_sign_in",
    "give_role",
    "open_organisation",
    "remove_logo",
    "set_logo",
    "start_sign_in",
]
