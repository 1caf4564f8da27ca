"""What was measured: the scales, and the sentence for whatever lies outside."""

from dataclasses import replace
from math import inf, nan

import pytest

from needlework.evidence.errors import InputError
from needlework.forecast.expecting.measured import check, check_all
from tests.expecting import course, days, measured

SHARE = measured(100, 0.3, 0.1)
GRADES = measured(100, 2, None, "goodman-baron", 3)
LEMPERLE = measured(100, 2.5, 0.4, "lemperle", 3)
PHOTO = measured(100, -12.1, 4.0, "photo")

DAY = "Send a day from 1 to 1096 days after the first session, 2026-12-01."
ERROR = "Every measurement has an error. Send a number from 0.001 to 10 as a share of the score."
REFUSED = {
    "the day of the first session": (SHARE, {"on": days(0)[0]}, "on", DAY),
    "before treatment": (SHARE, {"on": days(-30)[0]}, "on", DAY),
    "after more than three years": (SHARE, {"on": days(1097)[0]}, "on", DAY),
    "a text for a day": (SHARE, {"on": "2027-01-01"}, "on", "Send a day, as 2026-12-01."),
    "an error of zero": (SHARE, {"sd": 0}, "sd", ERROR),
    "an error below zero": (SHARE, {"sd": -0.1}, "sd", ERROR),
    "no error": (SHARE, {"sd": None}, "sd", ERROR),
    "an error that is no number": (SHARE, {"sd": nan}, "sd", ERROR),
    "more than all": (SHARE, {"value": 1.01}, "value", "Send a number from -1 to 1 as a share of the score."),
    "true": (SHARE, {"value": True}, "value", "Send a number from -1 to 1 as a share of the score."),
    "no value": (SHARE, {"value": None}, "value", "Send a number from -1 to 1 as a share of the score."),
    "a grade before, where there is none": (
        SHARE,
        {"before": 3},
        "before",
        "This scale needs no grade from before. Leave it out.",
    ),
    "half a grade": (GRADES, {"value": 2.5}, "value", "Send a whole number from 1 to 4 grades."),
    "grade 5": (GRADES, {"value": 5}, "value", "Send a number from 1 to 4 grades."),
    "nothing to lose": (GRADES, {"before": 1}, "before", "Send a number from 2 to 4 grades."),
    "half a grade before": (GRADES, {"before": 2.5}, "before", "Send a whole number from 2 to 4 grades."),
    "no grade from before": (GRADES, {"before": None}, "before", "Send a number from 2 to 4 grades."),
    "an error of zero grades": (
        GRADES,
        {"sd": 0},
        "sd",
        "Every measurement has an error. Send a number from 0.01 to 10 grades.",
    ),
    "no error of wrinkles": (
        LEMPERLE,
        {"sd": None},
        "sd",
        "Every measurement has an error. Send a number from 0.01 to 10 grades.",
    ),
    "wrinkles beyond the scale": (LEMPERLE, {"value": 5.5}, "value", "Send a number from 0 to 5 grades."),
    "no wrinkles before": (LEMPERLE, {"before": 0}, "before", "Send a number from 0.5 to 5 grades."),
    "less than nothing on a photograph": (PHOTO, {"value": -101}, "value", "Send a number from -100 to 300 percent."),
    "an endless change": (PHOTO, {"value": inf}, "value", "Send a number from -100 to 300 percent."),
    "an unknown scale": (
        SHARE,
        {"scale": "ecca"},
        "scale",
        "That is no scale of this concern. Send one of: share, goodman-baron, photo.",
    ),
    "a list of scales": (
        SHARE,
        {"scale": ["share"]},
        "scale",
        "That is no scale of this concern. Send one of: share, goodman-baron, photo.",
    ),
    "scars among wrinkles": (
        LEMPERLE,
        {"scale": "goodman-baron"},
        "scale",
        "That is no scale of this concern. Send one of: share, lemperle, photo.",
    ),
}


def concerned(one):
    return course(concern="wrinkles" if one is LEMPERLE else "acne-scars")


@pytest.mark.parametrize(("one", "changes", "field", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_placed_is_refused_with_its_field_unit_and_range(one, changes, field, sentence):
    with pytest.raises(InputError) as wrong:
        check(replace(one, **changes), concerned(one), "measured[0]")
    assert str(wrong.value) == f"measured[0].{field}: {sentence}"


@pytest.mark.parametrize("one", [SHARE, GRADES, LEMPERLE, PHOTO, replace(GRADES, sd=0.5), replace(PHOTO, value=300.0)])
def test_what_was_measured_on_a_scale_of_the_concern_is_taken(one):
    check(one, concerned(one), "measured[0]")


def test_the_measurement_that_is_wrong_is_named():
    with pytest.raises(InputError, match=r"^measured\[1\]\.sd: "):
        check_all([SHARE, replace(SHARE, sd=0)], course())


def test_more_than_fifty_measurements_are_refused():
    check_all([SHARE] * 50, course())
    with pytest.raises(InputError, match=r"^measured: Send a number from 0 to 50 measurements"):
        check_all([SHARE] * 51, course())


@pytest.mark.parametrize(
    ("one", "share"),
    [
        (SHARE, 0.3),
        (replace(SHARE, value=-0.2), -0.2),
        (GRADES, 1 / 3),
        (replace(GRADES, before=4, value=1), 0.75),
        (replace(GRADES, value=4), -1 / 3),
        (LEMPERLE, 0.1),
        (PHOTO, 0.121),
        (replace(PHOTO, value=20.0), -0.2),
    ],
)
def test_a_value_is_a_share_of_the_score(one, share):
    assert one.share == pytest.approx(share)


@pytest.mark.parametrize(
    ("one", "error"),
    [
        (SHARE, 0.1),
        (measured(100, 2, None, "goodman-baron", 3), 0.3 * 2**0.5 / 3),
        (measured(100, 2, 0.5, "lemperle", 3), 0.5 * 2**0.5 / 5),
        (measured(100, -12.0, 4.0, "photo"), 0.04),
    ],
)
def test_the_error_of_a_share_is_that_of_all_its_ratings(one, error):
    assert one.error(0.3) == pytest.approx(error)


def test_a_measurement_is_told_as_it_was_sent():
    assert GRADES.as_json() == {"on": "2027-03-11", "value": 2, "sd": None, "scale": "goodman-baron", "before": 3}
    assert SHARE.as_json() == {"on": "2027-03-11", "value": 0.3, "sd": 0.1, "scale": "share"}
