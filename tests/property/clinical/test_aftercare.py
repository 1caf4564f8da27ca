"""Aftercare over any session: later is never earlier, everything has its reason and source, and nothing falls over."""

from datetime import datetime, timedelta, timezone
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from needlework.clinical.aftercare import advise, as_json, read
from needlework.clinical.aftercare.instructions import rules
from needlework.clinical.terms import CONCERNS, SKIN_TYPES
from needlework.evidence.errors import InputError
from needlework.evidence.zones import zones

CHOSEN = {name: one.range for name, one in rules().instructions.items() if one.says}
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=offsets)  # noqa: DTZ001
sessions = st.fixed_dictionaries(
    {
        "finished_at": moments.map(datetime.isoformat),
        "zones": st.lists(st.sampled_from([*zones().treatable, "face", "thighs"]), min_size=1, max_size=4),
        "concern": st.sampled_from(CONCERNS),
        "skin_type": st.sampled_from(SKIN_TYPES),
        "max_depth_mm": st.floats(0.05, 10),
        "used": st.lists(st.sampled_from(list(rules().used)), max_size=3),
    }
)
choices = st.fixed_dictionaries({}, optional={name: st.integers(*ends) for name, ends in CHOSEN.items()})
steady = settings(deadline=None, max_examples=60)


def dated(document):
    try:
        return {one.id: one for one in advise(read(document)).instructions}
    except InputError:
        return None


@steady
@given(sessions, choices, st.sampled_from(list(CHOSEN)), st.data())
def test_a_later_hour_never_ends_or_starts_anything_earlier(document, chosen, name, data):
    least, most = CHOSEN[name]
    hours = sorted([data.draw(st.integers(least, most)), data.draw(st.integers(least, most))])
    early, late = (dated({**document, "choices": {**chosen, name: one}}) for one in hours)
    assume(early and late)
    for key, one in early.items():
        if one.turns_at is not None:
            assert one.turns_at <= late[key].turns_at


@steady
@given(sessions, choices)
def test_every_instruction_has_its_reason_its_source_and_its_order_in_time(document, chosen):
    found = dated({**document, "choices": chosen})
    assume(found)
    for one in found.values():
        assert one.text
        assert one.why
        assert one.sources
        assert None in (one.begins_at, one.ends_at) or one.begins_at <= one.ends_at
        assert one.begins_at >= datetime.fromisoformat(document["finished_at"])
        if one.hours:
            least, most = one.hours.range
            assert least <= one.hours.chosen <= most
            assert least <= one.hours.default <= most


@steady
@given(sessions)
def test_moments_keep_the_offset(document):
    offset = datetime.fromisoformat(document["finished_at"]).utcoffset()
    moments = [moment for one in dated(document).values() for moment in (one.begins_at, one.ends_at) if moment]
    assert {moment.utcoffset() for moment in moments} == {offset}


@steady
@given(sessions)
def test_days_follow_each_other_and_a_sign_that_has_gone_does_not_come_back(document):
    days = as_json(advise(read(document)))["expected"]
    assert all(one["day"] < other["day"] for one, other in pairwise(days))
    gone = set()
    for one, other in pairwise(days):
        gone |= set(one["signs"]) - set(other["signs"])
        assert gone.isdisjoint(other["signs"])


@steady
@given(sessions, st.sampled_from(["face", "scalp", "abdomen"]))
def test_another_zone_takes_no_instruction_away(document, zone):
    more = {**document, "zones": [*document["zones"], zone]}
    assert set(dated(document)) <= set(dated(more))


garbage = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@steady
@given(garbage)
def test_garbage_is_refused_in_words(document):
    assert dated(document) is None


@steady
@given(
    sessions,
    st.sampled_from(["finished_at", "zones", "concern", "skin_type", "max_depth_mm", "used", "choices"]),
    garbage,
)
def test_garbage_in_one_field_is_refused_or_answered(document, key, value):
    dated({**document, key: value})
