"""Scores stay in their range, rise with every item, and change the same both ways."""

from hypothesis import given, settings
from hypothesis import strategies as st

from needlework.clinical.grading import change, grade, scales_by_id

GRADED = [one for one in scales_by_id().values() if one.use == "graded"]
OUTCOMES = [one for one in GRADED if one.kind == "outcome"]
OPPOSITE = {"better": "worse", "worse": "better", "same": "same"}
CALM = settings(deadline=None, max_examples=80)


def steps(one):
    return st.fixed_dictionaries({key: st.integers(item.least, item.most) for key, item in one.asked.items()})


RATED = st.sampled_from(GRADED).flatmap(lambda one: st.tuples(st.just(one), steps(one)))
TWICE = st.sampled_from(OUTCOMES).flatmap(lambda one: st.tuples(st.just(one), steps(one), steps(one)))


@given(RATED)
@CALM
def test_a_score_lies_in_the_range_of_its_scale(rated):
    one, values = rated
    assert one.range[0] <= grade(one.id, values).score <= one.range[1]


@given(RATED, st.data())
@CALM
def test_a_higher_step_never_lowers_the_score(rated, data):
    one, values = rated
    key = data.draw(st.sampled_from(sorted(values)))
    higher = {**values, key: data.draw(st.integers(values[key], one.asked[key].most))}
    assert grade(one.id, values).score <= grade(one.id, higher).score


@given(TWICE)
@CALM
def test_a_change_back_is_the_opposite(rated):
    one, early, late = rated
    before, after = grade(one.id, early), grade(one.id, late)
    there, back = change(one.id, before, after), change(one.id, after, before)
    assert (back.became, back.difference) == (OPPOSITE[there.became], -there.difference)


@given(RATED)
@CALM
def test_the_order_of_the_values_makes_no_difference(rated):
    one, values = rated
    assert grade(one.id, values) == grade(one.id, dict(reversed(values.items())))
