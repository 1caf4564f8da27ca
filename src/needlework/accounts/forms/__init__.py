"""What staff type: each form knows the sentence for every wrong answer."""

from needlework.accounts.forms.clinics import ClinicForm, LicenceForm, LogoForm, SettingsForm
from needlework.accounts.forms.sign_in import (
    CodeForm,
    ConfirmForm,
    ForgottenForm,
    NewPasswordForm,
    RecoveryCodeForm,
    SetupForm,
    SignInForm,
)
from needlework.accounts.forms.staff import CredentialForm, NewStaffForm, RoleForm, StaffForm

__all__ = [
    "ClinicForm",
    "CodeForm",
    "ConfirmForm",
    "CredentialForm",
    "ForgottenForm",
    "LicenceForm",
    "LogoForm",
    "NewPasswordForm",
    "NewStaffForm",
    "RecoveryCodeForm",
    "RoleForm",
    "SettingsForm",
    "SetupForm",
    "SignInForm",
    "StaffForm",
]
