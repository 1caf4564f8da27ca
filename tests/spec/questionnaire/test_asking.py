"""What is asked, in which order, and what an answer calls for."""

import pytest

from needlework.clinical import questionnaire
from tests.spec.questionnaire.answering import DAY, PLANNED, extra, fill, raised, seen

EVERYBODY = [
    "date-of-birth",
    "now",
    "medicines",
    "allergies",
    "healing",
    "health",
    "health-more",
    "skin-type",
    "skin",
    "treated-skin",
    "treated-skin-more",
    "recent",
    "wishes",
    "looks",
    "distress",
    "anything-else",
]


def test_somebody_with_nothing_to_declare_answers_at_most_sixteen_pages():
    assert seen() == EVERYBODY
    assert len(EVERYBODY) <= 16


def test_what_decides_comes_early_and_what_is_sensitive_late():
    assert EVERYBODY[:3] == ["date-of-birth", "now", "medicines"]
    assert EVERYBODY[-4:-1] == ["wishes", "looks", "distress"]


def test_every_question_must_be_answered():
    assert [page.id for page in questionnaire.missing({}, zones=PLANNED)] == EVERYBODY
    given = fill()
    assert questionnaire.missing(given, zones=PLANNED) == ()
    assert questionnaire.next_page(given, zones=PLANNED) is None
    del given["skin-type"]
    assert [page.id for page in questionnaire.missing(given, zones=PLANNED)] == ["skin-type"]


def test_the_first_page_is_the_first_that_is_not_answered():
    assert questionnaire.next_page({}, zones=PLANNED).id == "date-of-birth"


@pytest.mark.parametrize(
    ("declared", "called_for"),
    [
        (["now.pregnant"], []),
        (["now.birth"], ["now-birth-date"]),
        (["now.fever"], ["now-fever-ended"]),
        (["now.antibiotics"], ["now-antibiotics-ended"]),
        (["now.drink-or-drugs"], []),
        (["medicines.isotretinoin"], ["medicines-isotretinoin-ended"]),
        (["medicines.antiplatelet"], ["two-antiplatelets"]),
        (["health.diabetes"], ["diabetes"]),
        (["health.epilepsy"], ["fit-in-last-year"]),
        (["health.fit"], ["fit-in-last-year"]),
        (["health.fit", "fit-in-last-year=yes"], ["fit-in-last-year", "fit-in-last-year-date"]),
        (["health-more.cancer"], ["cancer"]),
        (["skin.spots"], ["skin-spots-zones", "spots"]),
        (["skin?melasma"], ["skin-melasma-zones"]),
        (["skin.sun"], ["skin-sun-zones", "skin-sun-date"]),
        (["skin.psoriasis"], ["psoriasis"]),
        (["treated-skin?pus"], ["treated-skin-pus-zones"]),
        (["treated-skin.pus"], ["treated-skin-pus-zones", "treated-skin-pus-ended"]),
        (["recent.needling"], ["recent-needling-zones", "recent-needling-date"]),
        (["recent.filler", "filler.for-good"], ["filler", "filler-for-good-zones"]),
        (["wishes.eyelids"], []),
        (["looks=yes"], ["looks-more"]),
        (["distress=yes"], ["distress-help"]),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, list) else None,
)
def test_more_is_asked_only_where_an_answer_calls_for_it(declared, called_for):
    assert extra(*declared) == called_for


def test_an_answer_that_is_taken_back_takes_its_consequences_with_it():
    given = fill("recent.filler", "filler.new")
    given["recent"] = fill()["recent"]
    assert "filler" not in [page.id for page in questionnaire.asked(given, zones=PLANNED)]
    assert questionnaire.answers(given, zones=PLANNED)["answers"] == {}


def test_two_drugs_that_stop_platelets_count_as_a_blood_thinner():
    assert raised("medicines.antiplatelet", "two-antiplatelets=yes") == {"antiplatelet_single": {}, "anticoagulant": {}}
    assert raised("medicines.antiplatelet", "two-antiplatelets=unsure") == {
        "antiplatelet_single": {},
        "anticoagulant": {"unsure": True},
    }


@pytest.mark.parametrize("line", ["attack", "latex", "skin-wipe"])
def test_a_bad_attack_latex_and_skin_wipes_are_asked_apart(line):
    assert raised(f"allergies.{line}") == {"anaphylaxis_history": {}}


@pytest.mark.parametrize("one", ["allergies.sulfa", "health.heart-beat", "health.liver", "health.rare-blood"])
def test_what_bars_numbing_cream_is_asked_apart(one):
    assert raised(one) == {"tla_exclusions": {}}


@pytest.mark.parametrize("line", ["perfect", "once", "for-good", "life"])
def test_each_hope_that_cannot_be_met_counts(line):
    assert raised(f"wishes.{line}") == {"unrealistic_expectations": {}}


def test_epilepsy_and_a_fit_are_asked_apart():
    assert raised("health.epilepsy") == raised("health.fit") == {"epilepsy": {}}


@pytest.mark.parametrize(("line", "declared"), [("hard", "diabetes.hard"), ("harm", "diabetes.harm")])
def test_diabetes_that_is_hard_to_control_or_did_harm_is_not_well_controlled(line, declared):
    assert raised("health.diabetes", declared) == {"diabetes_uncontrolled": {}}
    assert raised("health.diabetes", f"diabetes?{line}") == {"diabetes_uncontrolled": {"unsure": True}}


def test_rosacea_that_is_calm_and_active_counts_as_both():
    here = {"zones": ["cheek-left"]}
    assert raised("skin.rosacea", "rosacea.bumps", "rosacea.calm") == {"rosacea_active": here, "rosacea_stable": here}


def test_a_disease_named_and_then_not_described_counts_in_its_mild_form():
    assert raised("skin.rosacea") == {"rosacea_stable": {}}
    assert raised("skin.eczema") == {"eczema_elsewhere": {}}
    assert raised("skin.psoriasis") == {"psoriasis_elsewhere": {}}


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        (["checking", "distress"], "bdd_screen_positive"),
        (["checking", "distress", "weight"], "bdd_worry"),
        (["checking"], "bdd_worry"),
        (["distress"], "bdd_worry"),
        (["weight"], "bdd_worry"),
        ([], "bdd_worry"),
    ],
    ids=lambda value: "+".join(value) or "none" if isinstance(value, list) else None,
)
def test_worry_about_looks(more, rule):
    assert raised("looks=yes", *(f"looks-more.{line}" for line in more)) == {rule: {}}


@pytest.mark.parametrize("page", ["now-fever", "now-cold-sore", "now-shingles", "treated-skin-wound"])
def test_what_is_over_has_a_day_and_what_is_not_has_none(page):
    start, _, line = page.rpartition("-")
    start, line = ("now", "cold-sore") if page == "now-cold-sore" else (start, line)
    rule, *_ = raised(f"{start}.{line}")
    assert "date" not in raised(f"{start}.{line}")[rule]
    assert raised(f"{start}.{line}", f"{page}-ended={DAY}")[rule]["date"] == DAY


def test_the_patient_and_the_free_text_go_to_screening():
    given = fill("skin-type=V", "anything-else=I am nervous.")
    assert questionnaire.answers(given, zones=PLANNED) == {
        "patient": {"date_of_birth": "1990-05-04", "fitzpatrick": "V"},
        "answers": {},
        "free_text": "I am nervous.",
    }


def test_answers_so_far_say_nothing_of_what_was_not_answered():
    assert questionnaire.answers({}, zones=PLANNED) == {"patient": {}, "answers": {}, "free_text": ""}


def test_no_day_of_drinking_is_made_up():
    given = fill("now.drink-or-drugs")
    del given["now"]["on"]
    assert questionnaire.answers(given, zones=PLANNED)["answers"] == {"capacity_concern": {}}
