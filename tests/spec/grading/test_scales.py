"""The scales: what each asks, from where to where it reaches, and which way is better."""

import pytest

from needlework.clinical.grading import BETTER, LICENCES, RATERS, grade, scale, scales, scales_by_id
from needlework.clinical.terms import CONCERNS

EVERY = list(scales_by_id().values())
GRADED = [one for one in EVERY if one.use == "graded"]
ELSEWHERE = [one for one in EVERY if one.use != "graded"]


def rated(name: str, **steps: int) -> float:
    """Return the score of a scale where all that is not named is at its least."""
    values = {key: item.least for key, item in scale(name).asked.items()}
    return grade(name, {**values, **{key.replace("_", "-"): value for key, value in steps.items()}}).score


def highest(name: str) -> float:
    return grade(name, {key: item.most for key, item in scale(name).asked.items()}).score


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.id)
def test_every_scale_says_which_way_is_better_who_rates_and_what_is_known_of_its_licence(one):
    assert one.better in BETTER
    assert one.rated_by
    assert set(one.rated_by) <= set(RATERS)
    assert one.licence in LICENCES
    assert one.licence_says.endswith(".")
    assert one.sources


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.id)
def test_a_licence_that_was_not_read_tells_the_clinic_to_check(one):
    assert one.licence_read is (one.licence != "not read")
    told = "check" in one.licence_says or "ask" in one.licence_says
    assert told or one.licence_read or one.use == "described"


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.id)
def test_nothing_of_a_scale_is_from_memory(one):
    assert all(source.strength_class != "memory" for source in (*one.sources, *one.licence_sources))


@pytest.mark.parametrize("one", ELSEWHERE, ids=lambda one: one.id)
def test_a_scale_that_may_not_be_embedded_has_no_items_here(one):
    assert one.items == ()


@pytest.mark.parametrize("one", GRADED, ids=lambda one: one.id)
def test_the_items_reach_exactly_over_the_range(one):
    assert (rated(one.id), highest(one.id)) == one.range


@pytest.mark.parametrize(
    ("name", "least", "most", "better"),
    [
        ("goodman-baron", 1, 4, "lower"),
        ("mmasi", 0, 24, "lower"),
        ("masi", 0, 48, "lower"),
        ("vancouver", 0, 13, "lower"),
        ("fitzpatrick-wrinkles", 1, 3, "lower"),
        ("glogau", 1, 4, "lower"),
        ("gais-1-best", 1, 5, "lower"),
        ("gais-4-best", 0, 4, "higher"),
        ("lemperle", 0, 5, "lower"),
        ("bother", 0, 10, "lower"),
        ("phototype", 1, 6, "none"),
        ("monk", 1, 10, "none"),
    ],
)
def test_the_range_and_direction_are_the_published_ones(name, least, most, better):
    assert (scale(name).range, scale(name).better) == ((least, most), better)


def test_the_scales_that_are_kept_and_not_reproduced():
    stored = [one.id for one in EVERY if one.use == "stored"]
    assert stored == ["posas-2", "posas-3", "face-q", "scar-q", "allergan-fine-lines", "la-padula", "dlqi"]


def test_the_scales_that_are_named_and_not_computed():
    described = [one.id for one in EVERY if one.use == "described"]
    assert described == ["goodman-baron-quantitative", "ecca", "de-freitas", "ina"]


def test_face_q_needs_a_licence_that_was_read():
    one = scale("face-q")
    assert (one.licence, [source.id for source in one.licence_sources]) == (
        "needed",
        ["face-q-aesthetics-user-s-guide-licensing"],
    )


def test_our_own_question_says_that_it_is_ours_and_was_not_validated():
    one = scale("bother")
    assert (one.licence, one.rated_by) == ("ours", ("patient",))
    assert "not validated" in one.licence_says


@pytest.mark.parametrize(
    ("region", "score"), [("forehead", 7.2), ("cheek_right", 7.2), ("cheek_left", 7.2), ("chin", 2.4)]
)
def test_mmasi_weighs_the_chin_a_third_of_each_other_region(region, score):
    assert rated("mmasi", **{f"{region}_area": 6, f"{region}_darkness": 4}) == score


def test_masi_adds_darkness_and_evenness_before_it_multiplies_by_the_area():
    assert rated("masi", forehead_area=2, forehead_darkness=1, forehead_homogeneity=3) == 2.4
    assert rated("masi", chin_area=1, chin_darkness=1, chin_homogeneity=0) == 0.1


def test_mmasi_of_a_face_by_hand():
    score = rated(
        "mmasi", forehead_area=2, forehead_darkness=2, cheek_right_area=3, cheek_right_darkness=3, cheek_left_area=1,
        cheek_left_darkness=4, chin_area=5, chin_darkness=1,
    )  # fmt: skip
    assert score == 5.6  # 0.3 * 4 + 0.3 * 9 + 0.3 * 4 + 0.1 * 5


def test_a_region_without_dark_skin_adds_nothing_however_dark():
    assert rated("mmasi", forehead_area=0, forehead_darkness=4) == 0


def test_the_area_steps_of_masi_are_the_published_ones():
    area = scale("masi").items[0]
    assert area.levels == (
        "None",
        "Less than 10 %",
        "10 to 29 %",
        "30 to 49 %",
        "50 to 69 %",
        "70 to 89 %",
        "90 to 100 %",
    )


def test_vancouver_is_the_sum_of_its_four_items():
    assert rated("vancouver", vascularity=2, pigmentation=1, pliability=4, height=3) == 10


def test_the_words_of_steps_that_were_not_read_are_not_made_up():
    assert [item.levels for item in scale("vancouver").items] == [()] * 4
    assert scale("gais-4-best").items[0].levels == ()


@pytest.mark.parametrize(
    ("concern", "first", "graded"),
    [
        ("acne-scars", "goodman-baron", ["goodman-baron", "vancouver", "gais-1-best", "gais-4-best", "bother"]),
        (
            "wrinkles",
            "fitzpatrick-wrinkles",
            ["fitzpatrick-wrinkles", "glogau", "gais-1-best", "gais-4-best", "lemperle", "bother"],
        ),
        ("melasma", "mmasi", ["mmasi", "masi", "gais-1-best", "gais-4-best", "bother"]),
        ("stretch-marks", "gais-1-best", ["gais-1-best", "gais-4-best", "bother"]),
    ],
)  # fmt: skip
def test_each_concern_has_its_scales_those_graded_here_first(concern, first, graded):
    found = scales(concern)
    assert found[0].id == first
    assert [one.id for one in found if one.use == "graded"] == graded
    uses = [one.use for one in found]
    assert uses == sorted(uses, key=["graded", "stored", "described"].index)


@pytest.mark.parametrize("concern", CONCERNS)
def test_every_concern_has_a_scale_for_clinician_and_patient(concern):
    raters = {rater for one in scales(concern) if one.use == "graded" for rater in one.rated_by}
    assert raters == {"clinician", "patient"}


def test_skin_descriptors_are_scales_of_no_concern():
    assert [one.id for one in EVERY if one.kind == "descriptor"] == ["phototype", "monk"]
    assert (scale("phototype").concerns, scale("monk").concerns) == ((), ())
