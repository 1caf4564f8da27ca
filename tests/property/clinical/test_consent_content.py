"""Whatever is planned: the text is whole, the same each time, and says what changed."""

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from needlework.clinical.consent_content import NUMBING, as_json, content, difference, read
from needlework.clinical.devices import devices
from needlework.clinical.terms import CONCERNS, SKIN_TYPES
from needlework.evidence.nations import NATIONS
from needlework.evidence.zones import zones

PENS = [name for name, one in devices().items() if not one.radiofrequency]
PLANS = st.fixed_dictionaries(
    {
        "concerns": st.lists(st.sampled_from(CONCERNS), min_size=1, max_size=3),
        "zones": st.lists(st.sampled_from(zones().treatable), min_size=1, max_size=4),
        "device": st.sampled_from(PENS),
        "skin_type": st.sampled_from(SKIN_TYPES),
        "nation": st.sampled_from(NATIONS),
        "depth_mm": st.none() | st.sampled_from([0.1, 0.5, 1.0, 1.25, 1.5]),
        "numbing": st.none() | st.sampled_from(NUMBING),
        "on": st.dates(date(2026, 11, 22), date(2029, 1, 1)),
    }
)
CALM = settings(deadline=None, max_examples=60)


@given(PLANS)
@CALM
def test_a_text_leaves_nothing_open_and_names_a_source_for_every_sentence(plan):
    for one in content(**plan).statements:
        assert "{" not in one.whole
        assert "  " not in one.whole
        assert one.sources


@given(PLANS)
@CALM
def test_the_order_in_which_a_plan_is_named_makes_no_difference(plan):
    turned = {**plan, "concerns": plan["concerns"][::-1], "zones": plan["zones"][::-1] * 2}
    assert content(**plan) == content(**turned)


@given(PLANS)
@CALM
def test_a_text_reads_back_as_it_was_stored(plan):
    shown = content(**plan)
    assert read(json.loads(json.dumps(as_json(shown)))) == shown


@given(PLANS, PLANS)
@CALM
def test_there_is_a_difference_exactly_where_there_is_another_version(before, after):
    old, new = content(**before), content(**after)
    assert bool(difference(old, new)) is (old.version != new.version)


@given(PLANS, st.sampled_from(CONCERNS), st.sampled_from(zones().treatable))
@CALM
def test_more_to_treat_never_takes_a_risk_away(plan, concern, zone):
    more = {**plan, "concerns": [*plan["concerns"], concern], "zones": [*plan["zones"], zone]}
    risks, greater = ({one.id for one in content(**each).sections[2].statements} for each in (plan, more))
    assert risks <= greater


@given(PLANS)
@CALM
def test_no_id_is_told_twice(plan):
    ids = [one.id for one in content(**plan).statements]
    assert len(ids) == len(set(ids))
