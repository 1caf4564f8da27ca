"""Who we are and who may do what."""

from needlework.accounts.models.organisation import Clinic, Organisation
from needlework.accounts.models.people import Membership, Role, User

__all__ = ["Clinic", "Membership", "Organisation", "Role", "User"]
