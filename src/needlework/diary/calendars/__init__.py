"""The diary as calendar programs read it: files and feeds in iCalendar (RFC 5545)."""

from needlework.accounts import own_pages
from needlework.diary import permissions


def register() -> None:
    """List the page of the private address on the account page of whoever sees a diary."""
    own_pages.register("Your diary in your calendar program", "feed", may=permissions.may_see_diary)
