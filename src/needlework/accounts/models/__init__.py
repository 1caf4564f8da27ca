"""Who we are and who may do what."""

from needlework.accounts.models.organisation import Clinic, Logo, Nation, Organisation
from needlework.accounts.models.people import Membership, Role, User
from needlework.accounts.models.sign_in import Attempt, Factor, SignIn

__all__ = ["Attempt", "Clinic", "Factor", "Logo", "Membership", "Nation", "Organisation", "Role", "SignIn", "User"]
