"""The screening rules as a file: all there, each whole, and a wrong one refused with what to do."""

import copy
from dataclasses import FrozenInstanceError
from importlib.resources import files

import pytest

from needlework.clinical import screening
from needlework.clinical.screening import DeviceOverride, Wait, load, loading, rules
from needlework.clinical.terms import Outcome, Verified
from needlework.evidence import toml
from needlework.evidence.errors import DataError
from needlework.evidence.sources import sources

DOCUMENT = toml.read(files("needlework.clinical") / "rules" / "screening.toml")


def refused(key, **changes):
    """Return what is said about a rule with other values; None takes a key out."""
    document = copy.deepcopy(DOCUMENT)
    entry = document.setdefault(key, {})
    entry.update({name: value for name, value in changes.items() if value is not None})
    for name in [name for name, value in changes.items() if value is None]:
        del entry[name]
    with pytest.raises(DataError) as wrong:
        load(document)
    assert (wrong.value.file, wrong.value.key) == ("screening.toml", key)
    return wrong.value.sentence


def test_all_103_rules_are_there_in_their_order():
    assert len(rules()) == 103
    assert list(rules()) == list(DOCUMENT)
    assert all(key == rule.id for key, rule in rules().items())
    assert rules() is rules()


def test_every_rule_says_where_it_comes_from_and_what_to_do():
    for rule in rules().values():
        assert rule.sources
        assert rule.group
        assert rule.label
        assert rule.rationale
        assert rule.action
        assert (rule.wait is None) == (rule.wait_from is None)


def test_what_was_laid_down_is_counted():
    every = list(rules().values())
    assert [sum(rule.verified is one for rule in every) for one in Verified] == [13, 37, 53]
    assert [sum(rule.outcome is one for rule in every) for one in Outcome] == [1, 21, 9, 25, 38, 9]
    assert [sum(rule.scope == one for rule in every) for one in ("systemic", "local", "face", "body")] == [62, 38, 2, 1]
    assert sum(rule.wait is not None for rule in every) == 26
    assert sum(len(rule.overrides) for rule in every) == 8
    assert len({rule.group for rule in every}) == 14


def test_the_rules_that_no_answer_decides_are_these():
    silent = {key for key, rule in rules().items() if not rule.may_be_answered}
    patient = {key for key, rule in rules().items() if rule.from_patient}
    assert patient == {"age_under_18", "age_18_21", "fitzpatrick_iv_vi"}
    assert silent - patient == {"bbv_do_not_ask", "rf_not_covered", "numbing_conflict", "nothing_left_to_treat"}
    assert [key for key, rule in rules().items() if rule.never_asked] == ["bbv_do_not_ask"]
    assert rules()["bbv_do_not_ask"].outcome is Outcome.SUITABLE


def test_a_rule_is_what_its_table_says():
    rule = rules()["topical_retinoid_acid"]
    assert (rule.group, rule.outcome, rule.scope) == ("Medicines", Outcome.DEFER, "local")
    assert (rule.wait, rule.wait_from, rule.may_loosen_to) == (Wait(5, "days"), "last_use", Wait(1, "days"))
    assert rule.sources[0] is sources()["c-kichi"]
    assert rule.conflicts.startswith("Clinic advice: 12 h, 24 h")
    assert (rule.verified, rule.policy) == (Verified.SEEN, None)
    assert rule.wait.as_json() == {"days": 5}


def test_only_what_a_clinic_may_loosen_says_so():
    assert [key for key, rule in rules().items() if rule.may_loosen_to] == ["topical_retinoid_acid"]
    assert [key for key, rule in rules().items() if rule.date_may_be_ahead] == ["antibiotics_current"]
    assert [key for key, rule in rules().items() if rule.no_topical_anaesthetic] == ["tla_exclusions"]
    assert {key: rule.unsure for key, rule in rules().items() if rule.unsure} == {"pregnant": Outcome.DEFER}


def test_an_override_is_what_its_table_says():
    note = "The manual bars only numbing cream; the rule set stays stricter."
    assert rules()["pregnant"].overrides == {
        "SkinPen": DeviceOverride(Outcome.EXCLUDE),
        "Dermapen 4": DeviceOverride(Outcome.EXCLUDE, no_topical_anaesthetic=True, note=note),
    }
    older = {"SkinPen (older manual)": DeviceOverride(wait=Wait(12, "months"))}
    assert rules()["scar_recent"].overrides == older


def test_staff_read_how_much_of_a_rule_is_policy():
    assert rules()["shingles_active"].policy == "This rule is policy or from memory: its outcome was read in no source."
    assert rules()["open_wound"].policy == "Part of this rule is policy: not all of it was read in a source."


def test_a_rule_never_changes():
    with pytest.raises(FrozenInstanceError):
        rules()["pregnant"].outcome = Outcome.SUITABLE


def test_a_wrong_table_is_refused():
    assert refused("pregnant", outcom="defer").startswith("There is no key 'outcom'. The keys are: group, label, out")
    assert refused("new") == "group is missing. Add it."
    assert refused("pregnant", verified=None) == "verified is missing. Add it."
    assert refused("pregnant", label="") == "label is missing. Add it."
    assert refused("pregnant", sources=[]) == "sources is missing. Add it."
    assert refused("pregnant", derived=1) == "derived is not of its kind. Write it as the other rules do."
    assert refused("age_18_21", age_from=True) == "age_from is not of its kind. Write it as the other rules do."
    with pytest.raises(DataError, match="This must be a table: keys and values under a name in brackets"):
        load({"pregnant": "exclude"})


def test_a_wrong_word_is_refused_with_the_right_ones():
    outcomes = "suitable_with_adjustments, treat_around, defer, refer, exclude"
    assert refused("pregnant", outcome="no") == f"outcome 'no' is not one of: {outcomes}."
    assert refused("pregnant", outcome="suitable") == f"outcome 'suitable' is not one of: {outcomes}."
    assert refused("pregnant", unsure="never_asked") == f"unsure 'never_asked' is not one of: {outcomes}."
    assert refused("pregnant", scope="all") == "scope 'all' is not one of: systemic, local, face, body."
    assert refused("pregnant", verified="yes") == "verified 'yes' is not one of: unverified, partial, seen."
    types = "skin_types 'VII' is not one of: I, II, III, IV, V, VI."
    assert refused("fitzpatrick_iv_vi", skin_types=["VII"]) == types
    unknown = "There is no source 'nobody'. Add it to sources.toml, or name one that is there."
    assert refused("pregnant", sources=["fda-mn", "nobody"]) == unknown


def test_a_wrong_wait_is_refused():
    form = "is one unit and a whole number above 0: { days = 14 }, weeks or months."
    assert refused("open_wound", wait={"days": 0}) == f"wait {form}"
    assert refused("open_wound", wait={"years": 1}) == f"wait {form}"
    assert refused("topical_retinoid_acid", may_loosen_to={"days": 1.5}) == f"may_loosen_to {form}"
    dated = "A wait needs the day that it is counted from, and that day a wait: write wait and wait_from."
    assert refused("open_wound", wait_from=None) == dated
    assert refused("open_wound", wait=None) == dated
    ahead = "Only a date that a wait is counted from may be ahead: add wait, or drop date_may_be_ahead."
    assert refused("pregnant", date_may_be_ahead=True) == ahead


def test_a_loosened_wait_must_be_shorter():
    sentence = "may_loosen_to is not shorter than the wait: mend one of the two."
    assert refused("topical_retinoid_acid", may_loosen_to={"days": 5}) == sentence
    assert refused("pregnant", may_loosen_to={"days": 1}) == sentence


def test_a_wrong_override_is_refused():
    devices = "SkinPen, SkinPen (older manual), Dermapen 4"
    assert refused("pregnant", device=[{"device": "Skinpen"}]).startswith(f"device 'Skinpen' is not one of: {devices}")
    twice = [{"device": "SkinPen", "outcome": "refer"}] * 2
    assert refused("pregnant", device=twice) == "SkinPen is overridden twice. Keep one of the two."
    nothing = "The override for SkinPen changes nothing. Say what it changes, or drop it."
    assert refused("pregnant", device=[{"device": "SkinPen", "note": "Why?"}]) == nothing
    outcome = refused("pregnant", device=[{"device": "SkinPen", "outcome": "no"}])
    assert outcome.startswith("outcome 'no' is not one of: ")
    wait = refused("open_wound", device=[{"device": "SkinPen", "wait": {"days": 0}}])
    assert wait.startswith("wait is one unit and a whole number above 0")
    assert refused("pregnant", device=[{"outcome": "refer"}]) == "device is missing. Add it."
    assert refused("pregnant", device=["SkinPen"]).startswith("This must be a table")
    keys = "There is no key 'scope'. The keys are: device, outcome, wait, no_topical_anaesthetic, note."
    assert refused("pregnant", device=[{"device": "SkinPen", "scope": "local"}]) == keys
    kind = "note is not of its kind. Write it as the other rules do."
    assert refused("pregnant", device=[{"device": "SkinPen", "note": 1}]) == kind
    wait = [{"device": "SkinPen", "wait": {"days": 1}}]
    assert refused("pregnant", device=wait) == "A device's wait needs the rule's own: add wait and wait_from."


def test_an_override_may_change_no_more_than_numbing():
    numbing = {"device": "SkinPen", "no_topical_anaesthetic": True}
    made = loading.rule("pregnant", DOCUMENT["pregnant"] | {"device": [numbing]})
    assert made.overrides == {"SkinPen": DeviceOverride(no_topical_anaesthetic=True)}


def test_what_the_software_works_out_must_be_marked():
    names = "rf_not_covered, numbing_conflict, nothing_left_to_treat"
    assert refused("pregnant", derived=True) == f"The software raises only: {names}. Drop derived."
    back = "The software raises this rule itself. Put it back, with derived = true."
    assert refused("numbing_conflict", derived=None) == back
    without = {key: entry for key, entry in DOCUMENT.items() if key != "rf_not_covered"}
    with pytest.raises(DataError, match=f"screening.toml: rf_not_covered: {back}"):
        load(without)
    patient = "A rule from the patient says from_patient = true and for which age (age_below) or skin_types."
    assert refused("age_under_18", age_below=None) == patient
    assert refused("fitzpatrick_iv_vi", from_patient=None) == patient


def test_a_rule_that_nobody_read_says_so():
    sentence = 'No source of it was read: say verified = "unverified".'
    assert refused("birth_recent", verified="seen") == sentence
    assert refused("pregnant", sources=["memory", "policy"]) == sentence


def test_the_rules_survive_being_written_and_read_again():
    assert load(toml.loads(toml.dumps(DOCUMENT), name="screening.toml")) == rules()


def test_everything_that_others_need_is_in_one_place():
    assert all(hasattr(screening, name) for name in screening.__all__)
