"""How Django finds the member of staff behind a session."""

from uuid import UUID

from django.contrib.auth.backends import BaseBackend

from needlework.accounts.models import User


class StaffBackend(BaseBackend):
    """Staff whose account has not ended. Passwords and second factors are checked by `accounts.operations`."""

    def get_user(self, user_id: UUID) -> User | None:
        """Return the member of staff, or None once the account has ended."""
        return User.objects.filter(pk=user_id, ended_at=None).first()
