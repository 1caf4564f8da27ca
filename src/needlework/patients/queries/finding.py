"""Finding patients: by any part of a name, a birthday, a part of a phone number or an e-mail address."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from needlework.accounts.models import User
from needlework.patients import finding, reach
from needlework.patients.models import Patient

PAGE = 20
RECENT = 8


@dataclass(frozen=True)
class Found:
    """One page of what was found, and where the next one starts."""

    patients: Sequence[Patient]
    after: UUID | None = None


def find(user: User, typed: str, *, after: UUID | None = None) -> Found | None:
    """Return a page of patients that match, by name; None where too little was typed to look."""
    wanted = finding.read(typed)
    if not wanted:
        return None
    reached = reach.visible_at_once(user, timezone.now())
    matching = Patient.objects.filter(_matches(wanted)).filter(reached)
    if after:
        matching = matching.filter(_beyond(matching, after))
    # Ids first: this much the index on the searched line answers alone, without touching the wide rows.
    ids = list(matching.order_by("search", "id").values_list("pk", flat=True)[: PAGE + 1])
    return Found(_rows(ids[:PAGE]), ids[PAGE - 1] if len(ids) > PAGE else None)


def recent(user: User) -> Sequence[Patient]:
    """Return the patients added last."""
    reached = reach.visible_at_once(user, timezone.now())
    newest = Patient.objects.filter(reached, merged_into=None).select_related("clinic")
    return list(newest.order_by("-recorded_at", "id")[:RECENT])


def _matches(wanted: finding.Wanted) -> Q:
    matches = Q(date_of_birth__in=wanted.dates) if wanted.dates else Q()
    for word in sorted(wanted.words, key=len, reverse=True):  # the rarest first: most lines fail on it
        matches &= Q(search__contains=word)
    return matches


def _beyond(matching: QuerySet[Patient], after: UUID) -> Q:
    line = matching.filter(pk=after).values_list("search", flat=True).first() or ""
    return Q(search__gte=line) & (Q(search__gt=line) | Q(pk__gt=after))


def _rows(ids: Sequence[UUID]) -> Sequence[Patient]:
    rows = Patient.objects.filter(pk__in=ids).select_related("clinic", "merged_into")
    return list(rows.order_by("search", "id"))
