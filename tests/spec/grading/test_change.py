"""A change is told only between gradings that can be compared, and in the scale's own direction."""

import pytest

from needlework.clinical.grading import Change, change, grade, keep, scale
from needlework.evidence.errors import InputError


def gais(variant: str, step: int):
    return grade(variant, {"grade": step})


@pytest.mark.parametrize(("before", "after", "became"), [(4, 2, "better"), (2, 4, "worse"), (3, 3, "same")])
def test_where_lower_is_better_a_fall_is_better(before, after, became):
    found = change("gais-1-best", gais("gais-1-best", before), gais("gais-1-best", after))
    assert found == Change("gais-1-best", became, after - before)


@pytest.mark.parametrize(("before", "after", "became"), [(2, 4, "better"), (4, 2, "worse"), (3, 3, "same")])
def test_where_higher_is_better_a_rise_is_better(before, after, became):
    found = change("gais-4-best", gais("gais-4-best", before), gais("gais-4-best", after))
    assert found == Change("gais-4-best", became, after - before)


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [("gais-1-best", "gais-4-best", "after"), ("gais-4-best", "gais-1-best", "before")],
)
def test_the_two_directions_of_gais_are_never_mixed(before, after, field):
    with pytest.raises(InputError) as refused:
        change("gais-1-best", gais(before, 2), gais(after, 2))
    assert (refused.value.field, refused.value.sentence) == (
        field,
        "This was graded by another scale. Compare gradings by the same one.",
    )


def test_mmasi_and_masi_are_never_mixed():
    mild = grade("mmasi", dict.fromkeys(scale("mmasi").asked, 1))
    with pytest.raises(InputError, match="another scale"):
        change("masi", mild, mild)


@pytest.mark.parametrize("name", ["phototype", "monk"])
def test_a_descriptor_never_gets_better_or_worse(name):
    one = grade(name, {"type" if name == "phototype" else "tone": 3})
    with pytest.raises(InputError) as refused:
        change(name, one, one)
    assert (refused.value.field, refused.value.sentence) == (
        "scale",
        "This describes skin: it has no better or worse. Compare by another scale.",
    )


def test_versions_of_a_kept_score_are_never_mixed():
    old, new = keep("posas-2", 30, version="2.0 observer"), keep("posas-2", 20, version="2.0 patient")
    with pytest.raises(InputError) as refused:
        change("posas-2", old, new)
    assert (refused.value.field, refused.value.sentence) == (
        "after",
        "This is another version of the scale. Compare gradings by the same version.",
    )


def test_directions_of_a_kept_score_are_never_mixed():
    old = keep("face-q", 60, version="Lines", better="higher")
    new = keep("face-q", 70, version="Lines", better="lower")
    with pytest.raises(InputError, match="another version"):
        change("face-q", old, new)


@pytest.mark.parametrize(("better", "became"), [("higher", "better"), ("lower", "worse")])
def test_a_kept_score_changes_in_the_direction_of_its_form(better, became):
    old, new = (keep("face-q", score, version="Lines", better=better) for score in (60, 70.5))
    assert change("face-q", old, new) == Change("face-q", became, 10.5)
