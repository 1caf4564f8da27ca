"""Who treats at a clinic."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from needlework.accounts.models import Clinic, User
from needlework.accounts.queries.staff import TREATING
from needlework.diary.problems import NotDoneError


def practitioners_at(clinic: Clinic) -> QuerySet[User]:
    """Return who holds a role at a clinic in which people treat, in order of their names."""
    held = Q(memberships__clinic=clinic, memberships__role__in=TREATING, memberships__ended_at=None)
    return User.objects.filter(held, ended_at=None).distinct().order_by("name", "pk")


def refuse_strangers(people: Collection[User], clinic: Clinic) -> None:
    """Raise the sentence that names who does not treat at a clinic."""
    known = set(practitioners_at(clinic).values_list("pk", flat=True))
    for person in people:
        if person.pk not in known:
            raise NotDoneError(f"{person} is no practitioner at {clinic}. Give {person} that role under Staff first.")
