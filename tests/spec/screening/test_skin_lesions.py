"""Skin lesions, and what must be left out."""

from tests.spec.screening.asking import (
    defers,
    everywhere,
    excludes,
    found,
    locally,
    refers,
    refused,
    screened,
    spec,
    treats_around,
    waits,
)


def test_skin_cancer_in_the_area_excludes_and_an_unsure_answer_refers():
    spec("skin_cancer_area", given={"zones": ["cheek-left"]}, finds=("exclude", None, ("cheek-left",)))
    spec("skin_cancer_area", finds=excludes())
    spec("skin_cancer_area", given={"zones": ["back"]}, finds=None)
    spec("skin_cancer_area", given={"unsure": True}, finds=refers())


def test_sun_damage_scales_refer():
    locally("actinic_keratosis", finds=refers)


def test_a_new_or_changing_mole_refers_wherever_it_is():
    everywhere("suspicious_mole", finds=refers())


def test_a_raised_mole_is_treated_around():
    locally("raised_mole_area", finds=treats_around)


def test_a_recent_birth_defers_where_abdomen_breasts_or_thighs_are_planned():
    for zone in ("abdomen", "breast-left", "breast-right", "thigh-left", "thigh-right"):
        spec("birth_recent", zones=[zone, "cheeks"], finds=defers())
    spec("birth_recent", given={"zones": ["cheeks"]}, zones=["abdomen"], finds=defers())
    spec("birth_recent", given={"unsure": True}, zones=["abdomen"], finds=defers())
    spec("birth_recent", finds=None)
    spec("birth_recent", given={"zones": ["abdomen"]}, zones=["hips", "cheeks"], finds=None)


def test_a_recent_birth_defers_for_six_months():
    waits("birth_recent", since="2026-05-31", until="2026-11-30", zones=["thighs"])


def test_a_hernia_or_stoma_is_treated_around():
    locally("hernia_stoma_area", finds=treats_around)


def test_past_skin_cancer_in_the_area_refers():
    locally("skin_cancer_past_area", finds=refers)


def test_inherited_fragile_skin_refers():
    everywhere("fragile_skin_condition", finds=refers())


def test_strong_steroid_cream_on_the_area_refers():
    locally("topical_steroid_area", finds=refers)


def test_fluorouracil_or_imiquimod_on_the_area_refers():
    locally("topical_5fu_imiquimod", finds=refers)


def test_a_tattoo_is_treated_around():
    locally("tattoo_pmu_area", finds=treats_around)


def test_a_piercing_is_treated_around():
    locally("piercing_area", finds=treats_around)


def test_the_eye_socket_is_treated_around():
    spec("eye_area", finds=treats_around())
    spec("eye_area", given={"unsure": True}, finds=treats_around())
    around = treats_around(zones=("periorbital-left",))
    spec("eye_area", given={"zones": ["periorbital-left"]}, zones=["periorbital", "cheeks"], finds=around)
    spec("eye_area", given={"zones": ["eyelids"]}, finds=None)


def test_intimate_areas_are_treated_around():
    spec("intimate_area", finds=treats_around())
    spec("intimate_area", given={"unsure": True}, finds=treats_around())
    spec("intimate_area", given={"zones": ["intimate"]}, finds=None)
    around = treats_around(zones=("thigh-left",))
    spec("intimate_area", given={"zones": ["thigh-left"]}, zones=["thighs"], finds=around)


def test_nothing_left_to_treat_defers():
    whole = screened({"raised_mole_area": {"zones": ["face"]}})
    assert found(whole, "nothing_left_to_treat") == defers()
    assert found(whole, "raised_mole_area") == treats_around(zones=("cheek-left", "cheek-right"))
    assert (whole["outcome"], whole["earliest_date"]) == ("defer", None)


def test_nothing_left_to_treat_defers_where_several_findings_close_everything():
    split = {"raised_mole_area": {"zones": ["cheek-left"]}, "tattoo_pmu_area": {"zones": ["cheek-right"]}}
    assert found(screened(split), "nothing_left_to_treat") == defers()
    assert found(screened(split, zones=["cheeks", "chin"]), "nothing_left_to_treat") is None


def test_nothing_left_to_treat_counts_only_what_is_treated_around():
    assert found(screened({"melasma": {"zones": ["cheeks"]}}), "nothing_left_to_treat") is None
    assert found(screened({"sunburn_tan": {"zones": ["cheeks"]}}), "nothing_left_to_treat") is None
    assert found(screened({"raised_mole_area": {}}), "nothing_left_to_treat") is None


def test_nothing_left_to_treat_is_never_an_answer():
    refused("nothing_left_to_treat")
