"""Making, renewing and ending the private address from which a calendar program reads somebody's appointments."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from needlework.accounts.models import User
from needlework.audit import record as audit
from needlework.diary import permissions, tokens
from needlework.diary.models import CalendarFeed
from needlework.diary.queries.calendars import Owner, feeds_of
from needlework.patients.models import Patient


@transaction.atomic
def make_feed(*, feed_id: UUID, by: Owner, at: datetime) -> CalendarFeed:
    """Give somebody a private address, and end the one they had; the same id again finds the first."""
    owner = _locked(by)
    whose = {"user": owner} if isinstance(owner, User) else {"patient": owner}
    made = CalendarFeed.objects.filter(pk=feed_id, **whose).first()
    if made:
        return made
    end_feed(by=by, at=at)
    token_hash = tokens.hash_of(tokens.token_of("feed", feed_id))
    feed = CalendarFeed.objects.create(id=feed_id, token_hash=token_hash, made_at=at, **whose)
    audit.record("feed-made", feed, by=by, at=at)
    return feed


@transaction.atomic
def end_feed(*, by: Owner, at: datetime) -> None:
    """End every address that somebody has, on whichever of their records: from then on nothing is read there."""
    for feed in feeds_of(_locked(by)):
        feed.ended_at = at
        feed.save(update_fields=["ended_at"])
        audit.record("feed-ended", feed, by=by, at=at)


def _locked(owner: Owner) -> Owner:
    """Keep other changes to somebody's address waiting; raise Refused for staff who see no diary."""
    if isinstance(owner, User):
        permissions.may_see_diary(user=owner).or_raise()
        return User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    return Patient.objects.select_for_update(no_key=True).get(pk=owner.pk)
