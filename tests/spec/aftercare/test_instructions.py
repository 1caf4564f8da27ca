"""Every instruction whose hours a clinic may choose: by default the cautious end of what the sources say."""

import pytest

from needlework.clinical.aftercare.instructions import rules
from needlework.clinical.terms import CONCERNS
from tests.spec.aftercare.spec import DAY, WEEK, given, spans, spec

FOUR_WEEKS = {
    "may_choose": (4 * WEEK, 6 * WEEK),
    "published": (2 * WEEK, 6 * WEEK),
    "too_short": "Our rules leave four weeks at least: send 672 or more.",
}


def test_only_the_supplied_gel_for_a_day():
    spec("supplied-gel", "use", hours=DAY, may_choose=(6, DAY))


def test_usual_skincare_waits_two_days():
    spec("skincare", "avoid", hours=2 * DAY, may_choose=(2 * DAY, 2 * DAY))


def test_lukewarm_water_for_three_days():
    spec("washing", "use", hours=3 * DAY, may_choose=(DAY, 3 * DAY))


def test_a_gentle_cleanser_until_a_week():
    spec("gentle-cleanser", "use", begins=3 * DAY, hours=WEEK, may_choose=(4 * DAY, WEEK))


def test_clean_hands_for_three_days():
    spec("clean-hands", "use", hours=3 * DAY, may_choose=(DAY, 3 * DAY))


def test_no_picking_for_ten_days():
    spec("picking", "avoid", hours=10 * DAY, may_choose=(7 * DAY, 10 * DAY))


def test_no_face_brushes_for_six_days():
    spec("brushes", "avoid", hours=6 * DAY, may_choose=(6 * DAY, 6 * DAY))


def test_no_make_up_for_three_days():
    spec("makeup", "avoid", hours=3 * DAY, may_choose=(DAY, 3 * DAY))


def test_sunscreen_starts_after_two_days():
    spec("sunscreen-start", "start", hours=2 * DAY, may_choose=(12, 2 * DAY))


def test_sunscreen_goes_on_for_four_weeks():
    spec("sun-protection", "use", begins=2 * DAY, hours=4 * WEEK, may_choose=(WEEK, 4 * WEEK))


def test_no_strong_sun_for_four_weeks():
    spec("sun", "avoid", hours=4 * WEEK, may_choose=(2 * DAY, 4 * WEEK))


def test_no_fake_tan_for_three_days():
    spec("fake-tan", "avoid", hours=3 * DAY, may_choose=(2 * DAY, 3 * DAY))


def test_no_retinoids_for_two_weeks():
    spec("retinoids", "avoid", hours=2 * WEEK, may_choose=(5 * DAY, 2 * WEEK))


def test_no_acids_for_two_weeks():
    spec("acids", "avoid", hours=2 * WEEK, may_choose=(5 * DAY, 2 * WEEK))


def test_no_vitamin_c_for_two_weeks():
    spec("vitamin-c", "avoid", hours=2 * WEEK, may_choose=(10 * DAY, 2 * WEEK))


def test_no_peels_for_two_weeks():
    spec("peels", "avoid", hours=2 * WEEK, may_choose=(2 * DAY, 2 * WEEK))


def test_no_hair_removal_for_three_days():
    spec("hair-removal", "avoid", hours=3 * DAY, may_choose=(2 * DAY, 3 * DAY))


def test_no_hard_exercise_for_six_days():
    spec("exercise", "avoid", hours=6 * DAY, may_choose=(DAY, 6 * DAY))


def test_no_sauna_or_hot_tub_for_six_days():
    spec("heat", "avoid", hours=6 * DAY, may_choose=(DAY, 6 * DAY))


def test_no_swimming_for_five_days():
    spec("swimming", "avoid", hours=5 * DAY, may_choose=(DAY, 5 * DAY))


def test_no_anti_inflammatory_tablets_unless_told_for_two_weeks():
    spec("anti-inflammatory", "avoid", hours=2 * WEEK, may_choose=(2 * WEEK, 2 * WEEK))


def test_no_rubbing_clothes_for_three_days_on_the_body():
    spec("friction", "avoid", hours=3 * DAY, may_choose=(DAY, 3 * DAY), zones=["thighs"])


def test_no_hair_products_for_three_days_on_the_scalp():
    spec("hair-products", "avoid", hours=3 * DAY, may_choose=(DAY, 3 * DAY), zones=["scalp"])


def test_no_perfume_or_deodorant_for_three_days_on_neck_chest_and_arms():
    spec("perfume", "avoid", hours=3 * DAY, may_choose=(DAY, 3 * DAY), zones=["decolletage"])


@pytest.mark.parametrize("concern", [one for one in CONCERNS if one != "acne-scars"])
def test_the_next_session_waits_four_weeks(concern):
    spec("next-session", "avoid", hours=4 * WEEK, **FOUR_WEEKS, concern=concern)


def test_the_next_session_for_scars_waits_six_weeks():
    spec("next-session", "avoid", hours=6 * WEEK, **FOUR_WEEKS, concern="acne-scars")


def test_all_medicines_go_on_without_an_end():
    one = given("medicines")
    assert (one.do, one.hours, spans(one)) == ("use", None, (0, None))


def test_plain_moisturiser_follows_the_gel():
    assert spans(given("moisturiser")) == (DAY, None)
    assert spans(given("moisturiser", choices={"supplied-gel": 6})) == (6, None)


def test_the_default_is_the_cautious_end_everywhere_but_for_the_next_session():
    """The plan sets the day of the next session; what is said here, but for scars, is the rules' floor."""
    longest = {key for key, one in rules().instructions.items() if one.says and one.default == one.range[1]}
    chosen = {key for key, one in rules().instructions.items() if one.says}
    assert chosen - longest == {"next-session"}
