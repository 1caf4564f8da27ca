"""What a spec of one sign proves: its tier at every hour around its window, in which words, and who is told."""

import ast
from pathlib import Path

from needlework.clinical.terms import Tier
from needlework.clinical.triage import Report, ReportedSign, triage

LONGEST = 20000
BECAUSE = {
    "practitioner_review": "a practitioner looks at this sign",
    "same_day": "this sign needs help today",
    "emergency": "this sign needs help now",
}


def spec(sign, tier, *, usual, until=None, notify=(), by="practitioner"):
    """Prove that a sign is `tier` at every hour, with words outside its `usual` hours, and escalates past `until`."""
    start, end = usual
    for hours in sorted(around(start) | around(end) | around(until) | {0, LONGEST}):
        found = alone(sign, hours, by)
        late = until is not None and hours > until
        assert found.tier == (worse(tier, "practitioner_review") if late else tier), hours
        assert found.because == (f"longer than {until} h" if late else words(tier, hours, usual, until)), hours
        assert found.notify == set(notify) | ({"practitioner"} if late else set()), hours


def around(limit):
    """Return the hours just below, at and just above a limit."""
    return set() if limit is None else {hours for hours in (limit - 0.5, limit, limit + 0.5) if 0 <= hours <= LONGEST}


def alone(sign, hours, by) -> ReportedSign:
    """Return what a report of one sign makes of it."""
    answer = triage(Report(hours_since=hours, reported_by=by, signs=(sign,)))
    (found,) = answer.signs
    assert answer.tier == found.tier
    assert set(answer.notify) == found.notify
    return found


def worse(one, other):
    return max(Tier(one), Tier(other), key=lambda tier: tier.rank)


def words(tier, hours, usual, until):
    """Return the reason that a sign has by itself, before it is late."""
    start, end = usual
    course = f"expected up to {until} h" if tier == "expected" else BECAUSE[tier]
    window = f"from {start} h" if end is None else f"{start} to {end} h"
    if hours < start:
        return f"{course}; earlier than usual ({window})"
    return f"{course}; later than usual ({window})" if end is not None and hours > end else course


def specs(folder=Path(__file__).parent):
    """Return every spec by the id of its sign: each test that calls `spec` with that id."""
    found = {}
    for path in sorted(folder.glob("test_*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "spec":
                    found.setdefault(call.args[0].value, []).append(node.name)
    return found
