"""A clinic's override of signs, combinations, devices and numbing creams, read by what uses them."""

import pytest

from needlework.clinical import rule_set
from needlework.clinical.overrides import LAYERS, read
from needlework.clinical.signs import load, load_combinations
from needlework.clinical.triage import Report, triage

WHO = {"by": "Amina Rahman", "role": "lead", "reason": "our insurer asks for it"}
WHEN = {"on": "2026-12-01", "review_by": "2027-12-01"}


def documents(file, id, key, value):  # noqa: A002
    """Return the rules of a clinic with one override."""
    entry = {"file": file, "id": id, "key": key, "value": value, **WHO, **WHEN}
    return rule_set.with_overrides(rule_set.current(), read({"override": [entry]})).documents


def reported(sign, found, hours_since=50):
    """Return what a report of one sign comes to under a clinic's rules."""
    answer = triage(Report(hours_since, "patient", (sign,)), signs=load(found["signs.toml"]))
    return answer.tier, answer.notify


def test_redness_is_expected_without_an_override():
    assert reported("redness", rule_set.current().documents) == ("expected", ())


def test_an_expected_sign_that_a_clinic_does_not_expect_is_told_to_practitioner_and_lead():
    found = documents("signs.toml", "redness", "tier", "same_day")
    assert reported("redness", found) == ("same_day", ("practitioner", "lead"))


def test_an_expected_sign_that_may_last_less_long_is_looked_at_sooner():
    found = documents("signs.toml", "redness", "expected_until_hours", 49)
    assert reported("redness", found)[0] == "practitioner_review"
    assert reported("redness", found, hours_since=49)[0] == "expected"


def test_a_combination_cannot_weigh_more_than_an_emergency():
    found = rule_set.current().documents
    known = load_combinations(found["combinations.toml"], load(found["signs.toml"]))
    assert {one.tier for one in known} == {"emergency"}


@pytest.mark.parametrize("file", LAYERS)
def test_what_a_clinic_may_change_is_there_to_be_changed(file):
    found = rule_set.current().documents[file]
    for key in LAYERS[file].within:
        found = found[key]
    parts = [entry for entry in found.values() if all(part in entry for part in LAYERS[file].part)]
    for part in LAYERS[file].part:
        parts = [entry[part] for entry in parts]
    assert set(LAYERS[file].kinds) <= {key for entry in parts for key in entry}
