"""Sixteen people at once for one slot, on either engine: one gets it, fifteen hear why not, and nothing locks up."""

from collections import Counter

import pytest
from django.db.models import Exists, OuterRef

from needlework.diary.models import Occupancy
from tests import racing
from tests.homes import environment

ROUNDS = 5


@pytest.mark.slow
def test_of_sixteen_at_once_one_gets_the_slot(real_home):
    tried = racing.run(16, ROUNDS, ["equal", "overlapping", "mixed"], environment(real_home))
    outcomes = Counter((one.kind, one.round, one.outcome) for one in tried)
    for kind in ("equal", "overlapping"):
        for number in range(ROUNDS):
            assert outcomes[kind, number, "won"] == 1
            assert outcomes[kind, number, "TakenError"] == 15
    assert all(outcomes["mixed", number, "won"] <= 1 for number in range(ROUNDS))
    assert {one.outcome for one in tried} == {"won", "overbooked", "TakenError"}
    assert all(one.said for one in tried if one.outcome == "TakenError")
    assert not overlapping().exists()


def overlapping():
    """Return the exclusive rows that another exclusive row of the same resource lies over."""
    others = Occupancy.objects.filter(
        resource=OuterRef("resource"), exclusive=True, begins__lt=OuterRef("ends"), ends__gt=OuterRef("begins")
    )
    return Occupancy.objects.filter(Exists(others.exclude(pk=OuterRef("pk"))), exclusive=True)
