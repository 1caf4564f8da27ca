"""Who we are and who may do what."""

from needlework.accounts.models.credentials import Answer, ClinicLicence, Credential, CredentialKind, LicenceKind
from needlework.accounts.models.organisation import Clinic, Logo, Nation, Organisation
from needlework.accounts.models.password_link import PasswordLink, Purpose
from needlework.accounts.models.people import Membership, Role, User
from needlework.accounts.models.second_factor import Authenticator, Passkey, RecoveryCode
from needlework.accounts.models.sign_in import Attempt, Factor, SignIn

__all__ = [
    "Answer",
    "Attempt",
    "Authenticator",
    "Clinic",
    "ClinicLicence",
    "Credential",
    "CredentialKind",
    "Factor",
    "LicenceKind",
    "Logo",
    "Membership",
    "Nation",
    "Organisation",
    "Passkey",
    "PasswordLink",
    "Purpose",
    "RecoveryCode",
    "Role",
    "SignIn",
    "User",
]
