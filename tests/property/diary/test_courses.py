"""The proposed course is the best there is: no other choice of days misses fewer wishes, and so on down the list."""

from dataclasses import replace
from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from needlework.diary.slots.course import Pick, Spacing, Stuck, propose

options = st.lists(st.dictionaries(st.integers(1, 3), st.integers(0, 2), max_size=3), min_size=1, max_size=9)
spacings = st.builds(
    lambda sessions, least, more, first, before: Spacing(sessions, least, least + more, range(first), before),
    st.integers(1, 3),
    st.integers(1, 3),
    st.integers(0, 3),
    st.integers(1, 9),
    st.sampled_from([None, 1, 4]),
)


def every_course(options: list[dict[int, int]], spacing: Spacing) -> list[tuple[Pick, ...]]:
    picks = [Pick(day, who) for day, free in enumerate(options) for who in free]
    return [
        course
        for course in product(picks, repeat=spacing.sessions)
        if course[0].day in spacing.first
        and all(spacing.least_days <= b.day - a.day <= spacing.most_days for a, b in pairwise(course))
    ]


def cost(course: tuple[Pick, ...], options: list[dict[int, int]], spacing: Spacing) -> tuple[int, int, int]:
    """Wishes missed, changes of practitioner, and how late it all is: the less, the better, in this order."""
    hands = [spacing.before or course[0].practitioner, *(pick.practitioner for pick in course)]
    missed = sum(options[pick.day][pick.practitioner] for pick in course)
    return missed, sum(a != b for a, b in pairwise(hands)), sum(pick.day for pick in course)


@settings(max_examples=150)
@given(options, spacings)
def test_no_course_is_better_than_the_proposed_one(options: list[dict[int, int]], spacing: Spacing) -> None:
    found, every = propose(options, spacing), every_course(options, spacing)
    if isinstance(found, Stuck):
        assert not every
    else:
        assert tuple(found) in every
        assert cost(tuple(found), options, spacing) == min(cost(course, options, spacing) for course in every)


@settings(max_examples=50)
@given(options, spacings)
def test_the_session_that_does_not_fit_is_the_first_that_cannot(options: list[dict[int, int]], spacing: Spacing):
    found = propose(options, spacing)
    if isinstance(found, Stuck):
        assert not found.session or every_course(options, replace(spacing, sessions=found.session))
        assert not every_course(options, replace(spacing, sessions=found.session + 1))
