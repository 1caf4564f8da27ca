"""Every rule that is to be asked is reached by an answer, and each answer raises that rule and no other."""

import pytest

from needlework.clinical import questionnaire, screening
from needlework.clinical.terms import Outcome
from tests.spec.questionnaire.answering import DAY, forms, found, raised, screened

HERE = {"zones": ["cheek-left"]}
THEN = {"date": DAY}
BOTH = {"zones": ["cheek-left"], "date": DAY}

RAISED = {
    "pregnant": ({}, "now.pregnant"),
    "breastfeeding": ({}, "now.breastfeeding"),
    "birth_recent": (THEN, "now.birth"),
    "fever_illness": ({}, "now.fever"),
    "antibiotics_current": (THEN, "now.antibiotics", f"now-antibiotics-ended={DAY}"),
    "cold_sore_active": ({}, "now.cold-sore"),
    "shingles_active": ({}, "now.shingles"),
    "capacity_concern": ({"date": "2026-11-22"}, "now.drink-or-drugs"),
    "isotretinoin_current": ({}, "medicines.isotretinoin"),
    "isotretinoin_recent": (THEN, "medicines.isotretinoin", f"medicines-isotretinoin-ended={DAY}"),
    "anticoagulant": ({}, "medicines.anticoagulant"),
    "antiplatelet_single": ({}, "medicines.antiplatelet"),
    "nsaid_supplement": ({}, "medicines.painkillers"),
    "other_oral_retinoid": ({}, "medicines.retinoid-pills"),
    "photosensitising_medicine": ({}, "medicines.sun-pills"),
    "oral_steroid": ({}, "medicines.steroids"),
    "immunosuppressed": ({}, "medicines.infection"),
    "anaesthetic_allergy": ({}, "allergies.numbing"),
    "stainless_steel_allergy": ({}, "allergies.steel"),
    "anaphylaxis_history": ({}, "allergies.attack"),
    "nickel_allergy": ({}, "allergies.nickel"),
    "contact_dermatitis": ({}, "allergies.cosmetics"),
    "bleeding_disorder": ({}, "healing.bleeding"),
    "bruises_easily": ({}, "healing.bruises"),
    "keloid_personal": ({}, "healing.keloid"),
    "keloid_family": ({}, "healing.keloid-family"),
    "poor_healing": ({}, "healing.slow"),
    "pih_history": ({}, "healing.dark-marks"),
    "previous_bad_reaction": ({}, "healing.bad-reaction"),
    "fainting_history": ({}, "healing.faint"),
    "heart_condition": ({}, "health.heart"),
    "tla_exclusions": ({}, "health.liver"),
    "pacemaker_icd": ({}, "health.implant"),
    "diabetes_controlled": ({}, "health.diabetes"),
    "diabetes_uncontrolled": ({}, "health.diabetes", "diabetes.hard"),
    "epilepsy": ({}, "health.epilepsy"),
    "chemo_current": ({}, "health-more.cancer", "cancer.now"),
    "cancer_hormone_treatment": ({}, "health-more.cancer", "cancer.hormones"),
    "cancer_recent": (THEN, "health-more.cancer", "cancer.last-year"),
    "cancer_follow_up": ({}, "health-more.cancer", "cancer.team"),
    "radiotherapy_area": (HERE, "health-more.cancer", "cancer.radiotherapy"),
    "skin_cancer_past_area": (HERE, "health-more.cancer", "cancer.skin-removed"),
    "scleroderma_morphea": ({}, "health-more.hard-skin"),
    "lupus_ctd": ({}, "health-more.lupus"),
    "sarcoidosis": ({}, "health-more.sarcoid"),
    "fragile_skin_condition": ({}, "health-more.fragile"),
    "photosensitive_disorder": ({}, "health-more.light"),
    "eczema_herpeticum_history": ({}, "health-more.spread"),
    "vitiligo": ({}, "health-more.vitiligo"),
    "acne_inflamed_area": (HERE, "skin.spots", "spots=few"),
    "acne_inflamed_many": (HERE, "skin.spots", "spots=many"),
    "acne_severe": (HERE, "skin.spots", "spots=severe"),
    "rosacea_active": (HERE, "skin.rosacea", "rosacea.bumps"),
    "rosacea_stable": (HERE, "skin.rosacea", "rosacea.calm"),
    "eczema_active_area": (HERE, "skin.eczema", "eczema.here"),
    "eczema_elsewhere": ({}, "skin.eczema", "eczema.elsewhere"),
    "psoriasis_area": (HERE, "skin.psoriasis", "psoriasis.here"),
    "psoriasis_flare": ({}, "skin.psoriasis", "psoriasis.flare"),
    "psoriasis_elsewhere": ({}, "skin.psoriasis", "psoriasis.elsewhere"),
    "melasma": (HERE, "skin.melasma"),
    "cold_sore_history": ({}, "skin.cold-sores"),
    "sunburn_tan": (BOTH, "skin.sun"),
    "skin_cancer_area": (HERE, "treated-skin.skin-cancer"),
    "suspicious_mole": (HERE, "skin.mole"),
    "open_wound": (HERE, "treated-skin.wound"),
    "infection_bacterial": (HERE, "treated-skin.pus"),
    "infection_fungal": (HERE, "treated-skin.fungus"),
    "warts_area": (HERE, "treated-skin.warts"),
    "actinic_keratosis": (HERE, "treated-skin.sun-scales"),
    "raised_mole_area": (HERE, "treated-skin.raised-mole"),
    "hypertrophic_scar_area": (HERE, "treated-skin-more.raised-scar"),
    "scar_recent": (BOTH, "treated-skin-more.new-scar"),
    "tattoo_pmu_area": (HERE, "treated-skin-more.tattoo"),
    "piercing_area": (HERE, "treated-skin-more.piercing"),
    "hernia_stoma_area": (HERE, "treated-skin-more.hernia"),
    "topical_steroid_area": (HERE, "treated-skin-more.steroid-cream"),
    "topical_5fu_imiquimod": (HERE, "treated-skin-more.sun-cream"),
    "botulinum_recent": (BOTH, "recent.botox"),
    "filler_recent": (BOTH, "recent.filler", "filler.new"),
    "filler_permanent": (HERE, "recent.filler", "filler.for-good"),
    "laser_ipl_recent": (BOTH, "recent.laser", "laser.light"),
    "laser_ablative_recent": (BOTH, "recent.laser", "laser.strong"),
    "peel_superficial_recent": (BOTH, "recent.peel", "peel.light"),
    "peel_deep_recent": (BOTH, "recent.peel", "peel.strong"),
    "topical_retinoid_acid": (BOTH, "recent.retinoid"),
    "waxing_recent": (BOTH, "recent.hair"),
    "facial_surgery_recent": (BOTH, "recent.surgery"),
    "microneedling_recent": (BOTH, "recent.needling"),
    "eye_area": ({}, "wishes.eyelids"),
    "intimate_area": ({}, "wishes.intimate"),
    "unrealistic_expectations": ({}, "wishes.perfect"),
    "not_voluntary": ({}, "wishes.pushed"),
    "bdd_worry": ({}, "looks=yes"),
    "bdd_screen_positive": ({}, "looks=yes", "looks-more.checking", "looks-more.distress"),
    "mental_health_crisis": ({}, "distress=yes"),
}
TOGETHER = {"epilepsy_recent_fit": ({"date": DAY}, "health.epilepsy", "fit-in-last-year=yes")}
"""Rules that come with another."""

STAYS = {
    "cold_sore_active": "cold_sore_history",
    "eczema_active_area": "eczema_elsewhere",
    "psoriasis_area": "psoriasis_elsewhere",
}
"""What is still to be minded when the wait is over, or the place is planned no longer."""

UNSURE = {
    "pregnant": "now?pregnant",
    "anticoagulant": "medicines?anticoagulant",
    "photosensitising_medicine": "medicines?sun-pills",
    "immunosuppressed": "medicines?infection",
    "anaesthetic_allergy": "allergies?numbing",
    "stainless_steel_allergy": "allergies?steel",
    "tla_exclusions": "allergies?sulfa",
    "bleeding_disorder": "healing?bleeding",
    "bruises_easily": "healing?bruises",
    "keloid_personal": "healing?keloid",
    "poor_healing": "healing?slow",
    "heart_condition": "health?heart",
    "scleroderma_morphea": "health-more?hard-skin",
    "lupus_ctd": "health-more?lupus",
    "sarcoidosis": "health-more?sarcoid",
    "eczema_herpeticum_history": "health-more?spread",
    "melasma": "skin?melasma",
    "skin_cancer_area": "treated-skin?skin-cancer",
    "suspicious_mole": "skin?mole",
    "infection_bacterial": "treated-skin?pus",
    "infection_fungal": "treated-skin?fungus",
}


def test_every_rule_that_an_answer_decides_is_asked():
    decided = {key for key, rule in screening.rules().items() if rule.may_be_answered}
    assert {trigger.rule for trigger in questionnaire.questionnaire().triggers} == decided
    assert RAISED.keys() | TOGETHER.keys() == decided


@pytest.mark.parametrize("rule", RAISED)
def test_an_answer_raises_its_rule_with_what_stays_of_it_and_no_other(rule):
    entry, *declared = RAISED[rule]
    assert raised(*declared) == {rule: entry} | ({STAYS[rule]: {}} if rule in STAYS else {})


def test_a_fit_in_the_last_year_is_counted_beside_epilepsy():
    entry, *declared = TOGETHER["epilepsy_recent_fit"]
    assert raised(*declared) == {"epilepsy": {}, "epilepsy_recent_fit": entry}


def test_nothing_to_declare_raises_nothing():
    assert raised() == {}


def test_nothing_to_declare_is_suitable():
    nothing = screened()
    assert (nothing.outcome, nothing.findings, nothing.read_free_text) == (Outcome.SUITABLE, (), False)


NOT_HERE = {"birth_recent": "counts where abdomen, breasts or thighs are planned"}


@pytest.mark.parametrize("rule", sorted((RAISED | TOGETHER).keys() - NOT_HERE.keys()))
def test_what_is_declared_is_found_by_screening(rule):
    _, *declared = (RAISED | TOGETHER)[rule]
    assert rule in found(*declared)


@pytest.mark.parametrize("rule", UNSURE)
def test_not_sure_is_said_of_the_rule_and_no_day_is_asked_for(rule):
    where = {"zones": ["cheek-left"]} if "zones" in RAISED[rule][0] else {}
    assert raised(UNSURE[rule]) == {rule: {"unsure": True} | where}


def test_not_sure_is_offered_where_the_rule_has_it_and_nowhere_else():
    offered = set()
    for page in questionnaire.pages():
        lines = {line.id for line in page.lines if line.unsure} | ({"answer"} if page.unsure else set())
        for trigger in questionnaire.questionnaire().triggers:
            asks = [one for one in trigger.when if one.page == page.id and one.question in lines and one.value != "no"]
            offered |= {trigger.rule for _ in asks}
    assert offered == UNSURE.keys() | {"diabetes_uncontrolled"}


def test_a_rule_with_unsure_offers_it_on_every_line_that_raises_it():
    by_id = questionnaire.questionnaire().by_id
    for trigger in questionnaire.questionnaire().triggers:
        if trigger.rule in UNSURE:
            (one,) = trigger.when
            page = by_id[one.page]
            assert page.unsure or {line.id: line.unsure for line in page.lines}[one.question]


def test_a_day_is_asked_for_where_a_rule_waits_from_one():
    dated = {one.rule for one in questionnaire.questionnaire().triggers if one.date or one.same_day}
    assert dated == {key for key, rule in screening.rules().items() if rule.wait}


def test_a_place_is_asked_for_where_a_rule_counts_in_places():
    placed = {trigger.rule for trigger in questionnaire.questionnaire().triggers if trigger.zones}
    local = {key for key, rule in screening.rules().items() if rule.scope == "local"}
    assert placed == local - {"eye_area", "intimate_area"} | {"suspicious_mole"}


def test_what_was_declared_twice_counts_once_with_what_is_sure():
    assert raised("allergies?sulfa", "health.liver") == {"tla_exclusions": {}}
    assert raised("allergies.sulfa", "health?liver") == {"tla_exclusions": {}}
    assert raised("allergies?sulfa", "health?liver") == {"tla_exclusions": {"unsure": True}}


def test_forms_tick_several_lines():
    assert forms("now.fever", "now.shingles", "now?pregnant") == {
        "now": {"ticked": ["fever", "shingles"], "unsure": ["pregnant"]}
    }
