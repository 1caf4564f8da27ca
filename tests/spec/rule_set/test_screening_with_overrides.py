"""A clinic's override, from its entry to the outcome that a patient's answers come to."""

import pytest

from needlework.clinical import rule_set, screening
from needlework.clinical.overrides import of, read

WHO = {"by": "Amina Rahman", "role": "lead", "on": "2026-12-01", "review_by": "2027-12-01"}


def screened(rule, override=None, *, device="SkinPen", **answer):
    """Return a screening of one answer, under the rules of a clinic with one override or none."""
    entry = {"file": "screening.toml", "id": rule, "reason": "our insurer asks for it", **WHO, **(override or {})}
    layer = read({"override": [entry]} if override else {})
    rules = screening.load(rule_set.with_overrides(rule_set.current(), layer).documents["screening.toml"])
    treatment = {"zones": ["cheek-left"], "device": device, "depth_mm": 1.0, "topical_anaesthetic": False}
    treatment |= {"jurisdiction": "England", "planned_date": "2027-03-01"}
    patient = {"age_years": 40, "fitzpatrick": "II"}
    document = {"patient": patient, "treatment": treatment, "answers": {rule: answer}, "free_text": ""}
    found = screening.screen(screening.read(document, rules=rules), rules=rules)
    return found.outcome, found.earliest_date and found.earliest_date.isoformat()


NINE_MONTHS = {"key": "wait", "value": {"months": 9}}


def test_without_an_override_six_months_after_isotretinoin_are_enough():
    assert screened("isotretinoin_recent", date="2026-08-31") == ("suitable", None)
    assert screened("isotretinoin_recent", date="2026-09-02") == ("defer", "2027-03-02")


def test_a_longer_wait_defers_longer():
    assert screened("isotretinoin_recent", NINE_MONTHS, date="2026-08-31") == ("defer", "2027-05-31")
    assert screened("isotretinoin_recent", NINE_MONTHS, date="2026-06-01") == ("suitable", None)
    assert screened("isotretinoin_recent", NINE_MONTHS, date="2026-06-02") == ("defer", "2027-03-02")


def test_a_worse_outcome_is_the_outcome():
    assert screened("isotretinoin_recent", {"key": "outcome", "value": "refer"}, date="2026-09-02")[0] == "refer"


def test_a_worse_outcome_for_one_device_is_for_that_device():
    override = {"key": "outcome", "value": "exclude", "device": "Dermapen 4"}
    assert screened("breastfeeding", device="Dermapen 4")[0] == "suitable_with_adjustments"
    assert screened("breastfeeding", override, device="Dermapen 4")[0] == "exclude"


def test_a_wait_that_may_be_loosened_defers_less_long():
    one_day = {"key": "wait", "value": {"days": 1}}
    assert screened("topical_retinoid_acid", date="2027-02-26") == ("defer", "2027-03-03")
    assert screened("topical_retinoid_acid", one_day, date="2027-02-28") == ("suitable", None)
    assert screened("topical_retinoid_acid", one_day, date="2027-02-26") == ("suitable", None)


@pytest.mark.parametrize("key", ["isotretinoin_recent", "pregnant", "topical_retinoid_acid"])
def test_the_rule_set_says_who_tightened_a_rule_and_why(key):
    value = {"isotretinoin_recent": {"months": 9}, "topical_retinoid_acid": {"days": 7}}.get(key)
    entry = {"file": "screening.toml", "id": key, "key": "wait", "value": value, "reason": "our insurer asks", **WHO}
    clinic = rule_set.with_overrides(rule_set.current(), read({"override": [entry] if value else []}))
    told = [one.told for one in of(clinic.overrides, "screening.toml", key)]
    assert told == (["Set by the clinic: our insurer asks (Amina Rahman, lead, 2026-12-01)"] if value else [])
