"""Health conditions, and what follows from the device and the numbing."""

from tests.spec.screening.asking import (
    adjusts,
    defers,
    everywhere,
    excludes,
    found,
    refers,
    refused,
    screened,
    spec,
    waits,
)

RF = "RF microneedling"


def test_scleroderma_refers():
    everywhere("scleroderma_morphea", finds=refers())


def test_lupus_refers():
    everywhere("lupus_ctd", finds=refers())


def test_sarcoidosis_refers():
    everywhere("sarcoidosis", finds=refers())


def test_controlled_diabetes_adjusts():
    everywhere("diabetes_controlled", finds=adjusts())


def test_uncontrolled_diabetes_refers():
    everywhere("diabetes_uncontrolled", finds=refers())


def test_a_heart_condition_refers():
    everywhere("heart_condition", finds=refers())


def test_a_pacemaker_refers():
    everywhere("pacemaker_icd", finds=refers())


def test_a_pacemaker_excludes_with_radiofrequency_and_an_unsure_answer_refers():
    spec("pacemaker_icd", device=RF, finds=excludes(), also=("rf_not_covered",))
    spec("pacemaker_icd", given={"unsure": True}, device=RF, finds=refers(), also=("rf_not_covered",))


def test_radiofrequency_is_not_covered_and_refers():
    assert found(screened({}, device=RF), "rf_not_covered") == refers()
    assert found(screened({}, device="SkinPen"), "rf_not_covered") is None
    refused("rf_not_covered")


def test_epilepsy_adjusts():
    everywhere("epilepsy", finds=adjusts())


def test_a_recent_fit_refers():
    everywhere("epilepsy_recent_fit", finds=refers())


def test_a_recent_fit_refers_for_twelve_months():
    waits("epilepsy_recent_fit", since="2025-11-30", until="2026-11-30", finds=refers)


def test_what_bars_numbing_cream_adjusts():
    everywhere("tla_exclusions", finds=adjusts())


def test_what_bars_numbing_cream_conflicts_with_a_plan_that_holds_it():
    spec("tla_exclusions", topical_anaesthetic=True, finds=adjusts(), also=("numbing_conflict",))
    unsure = {"unsure": True}
    spec("tla_exclusions", given=unsure, topical_anaesthetic=True, finds=adjusts(), also=("numbing_conflict",))


def test_a_numbing_conflict_defers_until_the_plan_is_changed():
    planned = screened({"tla_exclusions": {}}, topical_anaesthetic=True)
    assert found(planned, "numbing_conflict") == defers()
    assert (planned["outcome"], planned["earliest_date"]) == ("defer", None)
    assert found(screened({"tla_exclusions": {}}), "numbing_conflict") is None
    assert found(screened({"epilepsy": {}}, topical_anaesthetic=True), "numbing_conflict") is None
    refused("numbing_conflict")


def test_a_disease_of_light_sensitivity_refers():
    everywhere("photosensitive_disorder", finds=refers())


def test_fainting_with_needles_adjusts():
    everywhere("fainting_history", finds=adjusts())
