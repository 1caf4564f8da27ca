"""Where it is: asked of the planned zones, and only where there is a choice."""

import pytest

from needlework.clinical import questionnaire
from needlework.evidence.zones import zones
from tests.spec.questionnaire.answering import ON, PLANNED, extra, fill, raised

FACE = zones().face


def lines(page, given, planned):
    by_id = {one.id: one for one in questionnaire.asked(given, zones=planned)}
    return [line.text for line in by_id[page].lines]


def test_the_planned_zones_are_offered_in_the_patients_words():
    assert lines("skin-spots-zones", fill("skin.spots"), PLANNED) == ["Left cheek", "Chin"]


def test_some_other_place_is_offered_where_a_rule_counts_anywhere():
    given = fill("skin.mole")
    assert lines("skin-mole-zones", given, PLANNED) == ["Left cheek", "Chin", "Some other place"]


def test_some_other_place_alone_names_no_zone():
    given = fill("skin.mole")
    page = next(one for one in questionnaire.asked(given, zones=PLANNED) if one.id == "skin-mole-zones")
    given[page.id], _ = questionnaire.check(page, {"ticked": ["elsewhere"]}, on=ON)
    assert questionnaire.answers(given, zones=PLANNED)["answers"] == {"suspicious_mole": {}}


def test_with_one_planned_zone_it_is_that_zone_and_nobody_is_asked():
    assert extra("skin.spots", zones=("chin",)) == ["spots"]
    assert raised("skin.spots", "spots=few", zones=("chin",)) == {"acne_inflamed_area": {"zones": ["chin"]}}


def test_with_one_planned_zone_a_mole_may_still_be_elsewhere():
    assert extra("skin.mole", zones=("chin",)) == ["skin-mole-zones"]


PLACES_ELSEWHERE = [
    ("recent.botox", "recent-botox-zones"),
    ("recent.retinoid", "recent-retinoid-zones"),
    ("recent.hair", "recent-hair-zones"),
    ("recent.surgery", "recent-surgery-zones"),
    ("recent.needling", "recent-needling-zones"),
    ("recent.filler filler.new", "filler-new-zones"),
    ("recent.filler filler.for-good", "filler-for-good-zones"),
    ("recent.laser laser.strong", "laser-strong-zones"),
    ("recent.laser laser.light", "laser-light-zones"),
    ("recent.peel peel.strong", "peel-strong-zones"),
    ("recent.peel peel.light", "peel-light-zones"),
    ("skin.melasma", "skin-melasma-zones"),
    ("skin.rosacea rosacea.bumps", "rosacea-bumps-zones"),
    ("skin.rosacea rosacea.calm", "rosacea-calm-zones"),
]


def placed(declared, page, *ticked, zones=PLANNED):
    """Return what is raised when a place is answered so."""
    given = fill(*declared.split(), zones=zones)
    asked = next(one for one in questionnaire.asked(given, zones=zones) if one.id == page)
    given[page], wrong = questionnaire.check(asked, {"ticked": list(ticked)}, on=ON)
    assert wrong == ()
    return questionnaire.answers(given, zones=zones)["answers"]


@pytest.mark.parametrize(("declared", "page"), PLACES_ELSEWHERE, ids=[page for _, page in PLACES_ELSEWHERE])
def test_what_was_only_done_elsewhere_closes_nothing(declared, page):
    assert placed(declared, page, "elsewhere") == {}
    assert placed(declared, page, "elsewhere", zones=("chin",)) == {}


def test_what_was_done_here_and_elsewhere_counts_here():
    found = placed("recent.filler filler.new", "filler-new-zones", "elsewhere", "chin")
    assert found == {"filler_recent": {"zones": ["chin"], "date": "2026-11-20"}}


def test_every_place_that_is_asked_of_a_treatment_may_be_elsewhere():
    by_id = questionnaire.questionnaire().by_id
    places = {
        page for page in by_id if page.endswith("-zones") and page.startswith(("recent", "filler", "laser", "peel"))
    }
    assert [page for page in places if not by_id[page].elsewhere] == []
    assert places < {page for _, page in PLACES_ELSEWHERE}


def test_with_no_plan_yet_no_place_is_asked_for_and_none_is_named():
    assert extra("skin.spots", zones=()) == ["spots"]
    assert raised("skin.spots", "spots=few", zones=()) == {"acne_inflamed_area": {}}
    assert raised("skin.mole", zones=()) == {"suspicious_mole": {}}


def test_more_than_eight_zones_are_offered_together():
    given = fill("skin.spots", zones=FACE)
    assert lines("skin-spots-zones", given, FACE) == [
        "Forehead",
        "Between the brows",
        "Temples",
        "Round the eyes",
        "Nose",
        "Cheeks",
        "Round the mouth and chin",
        "Jaw",
    ]
    assert given["skin-spots-zones"]["answer"] == ["cheek-left", "cheek-right"]


def test_a_mole_on_a_wholly_planned_face_may_be_elsewhere():
    assert lines("skin-mole-zones", fill("skin.mole", zones=FACE), FACE) == [
        "Forehead and brows",
        "Temples",
        "Round the eyes",
        "Nose",
        "Cheeks",
        "Round the mouth and chin",
        "Jaw",
        "Some other place",
    ]


EIGHT = FACE[:8]


def test_eight_zones_are_offered_one_by_one():
    assert len(lines("skin-spots-zones", fill("skin.spots", zones=EIGHT), EIGHT)) == 8
    assert lines("skin-spots-zones", fill("skin.spots", zones=EIGHT), EIGHT)[2] == "Left temple"


@pytest.mark.parametrize("page", ["skin-spots-zones", "skin-mole-zones"])
def test_however_much_is_planned_at_most_eight_places_are_offered(page):
    everything = zones().treatable
    given = fill("skin.spots", "skin.mole", zones=everything)
    assert len(lines(page, given, everything)) <= 8


def test_a_plan_that_grows_has_the_treated_skin_asked_about_again():
    given = fill("skin.spots")
    asked = [page.id for page in questionnaire.missing(given, zones=(*PLANNED, "nose"))]
    assert asked == ["skin", "treated-skin", "treated-skin-more", "recent"]


def test_a_plan_that_shrinks_asks_nothing_again():
    assert questionnaire.missing(fill("skin.spots"), zones=("chin",)) == ()


def test_a_plan_made_after_the_answers_asks_for_the_places():
    given = fill("skin.spots", zones=())
    assert [page.id for page in questionnaire.missing(given, zones=PLANNED)] == ["skin-spots-zones"]


def test_until_the_places_are_answered_none_is_named():
    given = fill("skin.spots", "skin.mole")
    del given["skin-spots-zones"]
    assert questionnaire.answers(given, zones=PLANNED)["answers"]["acne_inflamed_area"] == {}
    given = fill("skin.mole", zones=("chin",))
    del given["skin-mole-zones"]
    assert questionnaire.answers(given, zones=("chin",))["answers"] == {"suspicious_mole": {}}
