"""Links with which somebody sets a password."""

from datetime import datetime

from needlework.accounts import links
from needlework.accounts.models import PasswordLink


def open_link(token: str, *, at: datetime) -> PasswordLink | None:
    """Return the link of an address that still works."""
    pk = links.link_id(token)
    if pk is None:
        return None
    open_ones = PasswordLink.objects.filter(spent_at=None, expires_at__gt=at, user__ended_at=None)
    return open_ones.select_related("user").filter(pk=pk).first()
