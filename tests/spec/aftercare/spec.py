"""What a spec of one instruction proves: its moments, the hours to choose from, and that an hour outside is refused."""

from datetime import datetime, timedelta

import pytest

from needlework.clinical.aftercare import advise, read
from needlework.evidence.errors import InputError

FINISHED = datetime.fromisoformat("2026-12-01T10:48:00+00:00")
DAY = 24
WEEK = 7 * DAY


def session(**differs):
    """Return a plain session of the face as a document, with what differs."""
    plain = {
        "finished_at": FINISHED.isoformat(),
        "zones": ["face"],
        "concern": "acne-scars",
        "skin_type": "II",
        "max_depth_mm": 1.0,
    }
    return plain | differs


def given(name, **differs):
    """Return one instruction after a session, or None where it is not given."""
    found = {one.id: one for one in advise(read(session(**differs))).instructions}
    return found.get(name)


def hours_after(moment):
    """Return a moment as hours after the session."""
    return None if moment is None else (moment - FINISHED) / timedelta(hours=1)


def spec(name, do, *, hours, may_choose, begins=0, published=None, too_short=None, **differs):
    """Prove an instruction: by default `hours`, to be chosen within `may_choose`, an hour outside refused.

    Where what is published begins earlier, an hour below `may_choose` is refused with the sentence `too_short`.
    """
    published = published or may_choose
    one = given(name, **differs)
    assert one.do == do
    assert (one.hours.default, one.hours.range, one.hours.chosen) == (hours, published, hours)
    assert spans(one) == ((hours, None) if do == "start" else (begins, hours))
    for chosen in may_choose:
        chosen_one = given(name, **differs, choices=first(name) | {name: chosen})
        assert (chosen_one.hours.default, chosen_one.hours.chosen) == (hours, chosen)
        assert hours_after(chosen_one.turns_at) == chosen
    for outside in (may_choose[0] - 1, may_choose[1] + 1):
        with pytest.raises(InputError) as refused:
            given(name, **differs, choices={name: outside})
        assert refused.value.field == f"choices.{name}"
        outside_all = f"Send a whole number from {published[0]} to {published[1]} hours."
        assert refused.value.sentence == (too_short if too_short and outside < may_choose[0] else outside_all)


def first(name):
    """Return choices that leave room for the earliest of an instruction that comes after another."""
    return {"sunscreen-start": {"supplied-gel": 6}}.get(name, {})


def spans(one):
    return hours_after(one.begins_at), hours_after(one.ends_at)
