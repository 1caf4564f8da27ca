"""A case as somebody sends it: what is kept, and the sentence for everything that is wrong."""

import copy
import json
from datetime import date

import pytest

from needlework.cli import documents
from needlework.clinical.devices import devices
from needlework.clinical.screening import Answer, Case, read, rules
from needlework.clinical.screening.cases import birthday
from needlework.evidence.errors import InputError

EXAMPLE = json.loads(documents.example("screen"))
GONE = object()


def changed(*path, value):
    """Return the example with one value changed, or without it."""
    document = copy.deepcopy(EXAMPLE)
    place = document
    for key in path[:-1]:
        place = place[key]
    if value is GONE:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return document


def refused(*path, value, by=None):
    with pytest.raises(InputError) as wrong:
        read(changed(*path, value=value), rules=by)
    return str(wrong.value)


def test_a_case_is_what_was_sent():
    assert read(EXAMPLE) == Case(
        age_years=32,
        date_of_birth=date(1994, 3, 8),
        fitzpatrick="IV",
        zones=("forehead", "cheek-left", "cheek-right"),
        device=devices()["SkinPen"],
        depth_mm=1.0,
        topical_anaesthetic=True,
        jurisdiction="Scotland",
        planned_date=date(2026, 11, 27),
        answered_on=date(2026, 11, 22),
        answers={
            "isotretinoin_recent": Answer(day=date(2026, 6, 1)),
            "raised_mole_area": Answer(zones=("cheek-left",)),
            "nickel_allergy": Answer(unsure=True),
        },
        free_text="I stopped the capsules on 1 June.",
    )


def test_what_may_be_left_out_has_its_usual_value():
    treatment = {key: EXAMPLE["treatment"][key] for key in ("zones", "device", "jurisdiction", "planned_date")}
    case = read({"patient": {"age_years": 40, "fitzpatrick": "I"}, "treatment": treatment})
    assert (case.age_years, case.date_of_birth, case.depth_mm) == (40, None, None)
    assert (case.topical_anaesthetic, case.answers, case.free_text) == (False, {}, "")
    assert case.answered_on == date(2026, 11, 27)


@pytest.mark.parametrize("path", [("patient", "fitzpatrick"), *(("treatment", key) for key in EXAMPLE["treatment"])])
def test_what_must_be_there_is_asked_for(path):
    if path[1] in {"depth_mm", "topical_anaesthetic"}:
        assert read(changed(*path, value=GONE)) is not None
    else:
        assert refused(*path, value=GONE).startswith(f"{path[0]}.{path[1]}: This is missing. Send ")


def test_age_or_date_of_birth_is_asked_for():
    sentence = "patient: Send age_years or date_of_birth, one of the two."
    assert refused("patient", "date_of_birth", value=GONE) == sentence
    assert refused("patient", "age_years", value=32) == sentence
    assert refused("patient", value=GONE) == sentence


@pytest.mark.parametrize("age", [-1, 131, 200, 17.5, "17", True, [], float("inf"), float("nan"), 10**4000])
def test_a_wrong_age_is_refused(age):
    document = changed("patient", value={"age_years": age, "fitzpatrick": "I"})
    with pytest.raises(InputError) as wrong:
        read(document)
    assert str(wrong.value) == "patient.age_years: Send a whole number from 0 to 130 years."


@pytest.mark.parametrize("age", [0, 17, 130, 22.0])
def test_a_possible_age_is_kept(age):
    assert read(changed("patient", value={"age_years": age, "fitzpatrick": "I"})).age_years == age


def test_a_wrong_date_of_birth_is_refused():
    bounds = "patient.date_of_birth: Send a day on or before answered_on, at most 130 years earlier."
    assert refused("patient", "date_of_birth", value="2026-11-23") == bounds
    assert refused("patient", "date_of_birth", value="1896-11-21") == bounds
    assert refused("patient", "date_of_birth", value="1870-01-01") == bounds
    no_day = "patient.date_of_birth: There is no such day. Send a date as YYYY-MM-DD."
    assert refused("patient", "date_of_birth", value="1994-02-30") == no_day
    newborn = changed("patient", "date_of_birth", value="2026-11-22") | {"answers": {}}
    assert read(newborn).age_years == 0
    assert read(changed("patient", "date_of_birth", value="1896-11-22")).age_years == 130


def test_the_age_is_that_of_the_planned_date():
    assert read(changed("patient", "date_of_birth", value="1994-11-27")).age_years == 32
    assert read(changed("patient", "date_of_birth", value="1994-11-28")).age_years == 31


def test_somebody_born_on_a_leap_day_has_a_birthday_every_year():
    born = date(2008, 2, 29)
    assert birthday(born, 18) == date(2026, 3, 1)
    assert birthday(born, 20) == date(2028, 2, 29)
    assert birthday(date(2008, 2, 28), 18) == date(2026, 2, 28)
    assert birthday(date(2008, 3, 29), 18) == date(2026, 3, 29)


def test_a_wrong_plan_is_refused():
    assert refused("treatment", "zones", value=[]) == "treatment.zones: Name at least one zone."
    near = "treatment.zones[1]: There is no such zone. Did you mean 'cheeks'?"
    assert refused("treatment", "zones", value=["nose", "cheekz"]) == near
    never = "treatment.zones: 'eyelid-left' is never treated. Take it out of the plan."
    assert refused("treatment", "zones", value=["eyelids"]) == never
    assert refused("treatment", "zones", value="cheeks") == "treatment.zones: Send a list of texts."
    device = "treatment.device: That is not known here. Did you mean 'SkinPen'?"
    assert refused("treatment", "device", value="Skinpen") == device
    nation = "Send one of: England, Scotland, Wales, Northern Ireland."
    assert refused("treatment", "jurisdiction", value="France") == (
        f"treatment.jurisdiction: That is not known here. {nation}"
    )
    numbing = "treatment.topical_anaesthetic: Send true or false."
    assert refused("treatment", "topical_anaesthetic", value="yes") == numbing
    types = "patient.fitzpatrick: That is not known here. Send one of: I, II, III, IV, V, VI."
    assert refused("patient", "fitzpatrick", value="brown") == types


@pytest.mark.parametrize("depth", [-1, 0, 0.049, 10.1, "1", True, float("nan"), 10**4000])
def test_a_wrong_depth_is_refused(depth):
    sentence = "treatment.depth_mm: Send a number from 0.05 to 10 mm."
    assert refused("treatment", "depth_mm", value=depth) == sentence


@pytest.mark.parametrize("depth", [0.05, 1, 10])
def test_a_possible_depth_is_kept(depth):
    assert read(changed("treatment", "depth_mm", value=depth)).depth_mm == depth


def test_a_wrong_planned_date_is_refused():
    early = "treatment.planned_date: Send a date from 2000-01-01 on."
    assert refused("treatment", "planned_date", value="1999-12-31") == early
    late = "treatment.planned_date: Check the year: send one from 1870 to 2199."
    assert refused("treatment", "planned_date", value="2200-01-01") == late
    assert refused("treatment", "planned_date", value="27/11/2026").endswith("planned_date: Send a date as YYYY-MM-DD.")
    assert read(changed("treatment", "planned_date", value="2199-12-31")).age_years == 205


def test_answers_are_given_on_or_before_the_planned_date():
    bounds = "answered_on: Send a day on or before planned_date, and not before 2000-01-01."
    assert refused("answered_on", value="2026-11-28") == bounds
    assert refused("answered_on", value="1999-12-31") == bounds
    assert read(changed("answered_on", value="2026-11-27")).answered_on == date(2026, 11, 27)
    early = copy.deepcopy(EXAMPLE) | {"answered_on": "2000-01-01", "answers": {}}
    assert read(early).answered_on == date(2000, 1, 1)
    treatment = EXAMPLE["treatment"] | {"planned_date": "2000-01-01"}
    assert read(early | {"treatment": treatment}).planned_date == date(2000, 1, 1)


def test_a_date_ahead_is_refused_where_it_cannot_be():
    ahead = "answers.sunburn_tan.date: Send a day on or before answered_on: it cannot lie ahead."
    assert refused("answers", value={"sunburn_tan": {"date": "2026-11-23"}}) == ahead
    assert read(changed("answers", value={"sunburn_tan": {"date": "2026-11-22"}})) is not None


def test_a_date_ahead_is_kept_where_it_may_be():
    kept = read(changed("answers", value={"antibiotics_current": {"date": "2199-12-31"}}))
    assert kept.answers["antibiotics_current"].day == date(2199, 12, 31)
    late = "answers.antibiotics_current.date: Check the year: send one from 1870 to 2199."
    assert refused("answers", value={"antibiotics_current": {"date": "2200-01-01"}}) == late


def test_a_date_before_the_patient_was_born_is_refused():
    assert EXAMPLE["patient"]["date_of_birth"] == "1994-03-08"
    unborn = "answers.isotretinoin_recent.date: Check the year: that is before the patient was born."
    assert refused("answers", value={"isotretinoin_recent": {"date": "1994-03-07"}}) == unborn
    assert read(changed("answers", value={"isotretinoin_recent": {"date": "1994-03-08"}})) is not None


def test_a_date_before_an_age_in_years_allows_is_refused():
    patient = {"age_years": 32, "fitzpatrick": "II"}
    unborn = "answers.cancer_recent.date: Check the year: that is before the patient was born."
    early = EXAMPLE | {"patient": patient, "answers": {"cancer_recent": {"date": "1992-12-31"}}}
    with pytest.raises(InputError) as wrong:
        read(early)
    assert str(wrong.value) == unborn
    assert read(early | {"answers": {"cancer_recent": {"date": "1993-01-01"}}}).age_years == 32


def test_a_wrong_answer_is_refused():
    wrong = "answers: There is no rule of this name."
    assert refused("answers", value={"pregnent": {}}) == f"{wrong} Did you mean 'pregnant'?"
    assert refused("answers", value={"\ud800": {}}) == f"{wrong} The keys are the ids of the screening rules."
    assert "bbv" not in refused("answers", value={"bbv_do_not_ask!": {}})
    assert refused("answers", value={"pregnant": None}) == (
        "answers.pregnant: Send an object: keys and values between braces."
    )
    assert refused("answers", value={"pregnant": {"sure": True}}) == (
        "answers.pregnant: There is a key that is not known. Did you mean 'unsure'?"
    )
    assert refused("answers", value={"pregnant": {"unsure": "yes"}}) == "answers.pregnant.unsure: Send true or false."
    assert refused("answers", value={"pregnant": {"zones": ["nowhere"]}}) == (
        "answers.pregnant.zones[0]: There is no such zone. Zones are named as cheek-left or abdomen, groups as "
        "cheeks or thighs."
    )


def test_what_must_not_be_asked_is_refused_whatever_else_is_wrong_with_the_answers():
    sentence = "answers: One of the keys must never be asked about. Take it out and keep no copy of it."
    assert refused("answers", value={"pregnant": {"zones": 3}, "bbv_do_not_ask": "yes"}) == sentence


def test_an_answer_is_to_a_rule_of_the_rules_in_use():
    fewer = {key: rule for key, rule in rules().items() if key != "nickel_allergy"}
    assert refused("free_text", value="", by=fewer).startswith("answers: There is no rule of this name.")
    assert read(EXAMPLE, rules=rules()) == read(EXAMPLE)


@pytest.mark.parametrize("path", [(), ("patient",), ("treatment",)], ids=["document", "patient", "treatment"])
def test_an_unknown_key_is_refused(path):
    at = f"{path[0]}: " if path else ""
    assert refused(*path, "zzz", value=1).startswith(f"{at}There is a key that is not known. Known here: ")
