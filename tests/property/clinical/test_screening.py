"""Whatever is answered: more answers never loosen, later plans never tighten, order is nothing, garbage is refused."""

import json
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from needlework.cli import documents
from needlework.clinical.devices import devices
from needlework.clinical.screening import as_json, read, rules, screen
from needlework.clinical.terms import SKIN_TYPES, Outcome
from needlework.evidence.errors import InputError
from needlework.evidence.nations import NATIONS
from needlework.evidence.zones import zones

EXAMPLE = json.loads(documents.example("screen"))
PLANNED = date(2026, 11, 22)
quick = settings(deadline=None, max_examples=80)

ASKED = sorted(key for key, rule in rules().items() if rule.may_be_answered)
DAYS = st.dates(PLANNED - timedelta(days=500), PLANNED).map(date.isoformat)
PLACES = st.lists(st.sampled_from([*zones().treatable, *zones().never_treated]), max_size=4)
ANSWERS = st.dictionaries(
    st.sampled_from(ASKED),
    st.fixed_dictionaries({}, optional={"date": DAYS, "zones": PLACES, "unsure": st.booleans()}),
    max_size=6,
)
PATIENTS = st.one_of(
    st.fixed_dictionaries({"age_years": st.integers(2, 130), "fitzpatrick": st.sampled_from(SKIN_TYPES)}),
    st.fixed_dictionaries(
        {
            "date_of_birth": st.dates(date(1900, 1, 1), PLANNED - timedelta(days=500)).map(date.isoformat),
            "fitzpatrick": st.sampled_from(SKIN_TYPES),
        }
    ),
)
PLANS = st.fixed_dictionaries(
    {
        "zones": st.lists(st.sampled_from(zones().treatable), min_size=1, max_size=4),
        "device": st.sampled_from(sorted(devices())),
        "jurisdiction": st.sampled_from(NATIONS),
        "topical_anaesthetic": st.booleans(),
        "planned_date": st.just(PLANNED.isoformat()),
    }
)
CASES = st.fixed_dictionaries({"patient": PATIENTS, "treatment": PLANS, "answers": ANSWERS})
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10) | st.sampled_from([*ASKED, "I"]),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=8), below, max_size=3),
    max_leaves=12,
)


@quick
@given(CASES, st.sampled_from(ASKED))
def test_one_more_yes_never_makes_an_outcome_less_restrictive(document, key):
    answers = document["answers"]
    more = document | {"answers": {key: {}} | answers}
    assert screen(read(more)).outcome.rank >= screen(read(document)).outcome.rank
    for name in answers:
        fewer = document | {"answers": {one: answer for one, answer in answers.items() if one != name}}
        assert screen(read(document)).outcome.rank >= screen(read(fewer)).outcome.rank


@quick
@given(CASES, st.integers(1, 500))
def test_a_later_plan_never_makes_a_dated_deferral_stricter(document, days):
    grown = document | {"patient": {"age_years": 40, "fitzpatrick": "II"}}
    case = read(grown)
    later = screen(replace(case, planned_date=case.planned_date + timedelta(days=days)))
    now = screen(case)
    assert later.outcome.rank <= now.outcome.rank
    stayed = {(one.rule.id, one.outcome, one.until, one.zones) for one in now.findings}
    assert {(one.rule.id, one.outcome, one.until, one.zones) for one in later.findings} <= stayed
    assert all(one.until > later.planned_date for one in later.findings if one.until)


@quick
@given(CASES)
def test_on_the_earliest_date_nothing_defers_any_more(document):
    case = read(document)
    now = screen(case)
    if now.earliest_date is not None:
        assert now.earliest_date > case.planned_date
        later = screen(read(document | {"treatment": document["treatment"] | {
            "planned_date": now.earliest_date.isoformat()}, "answered_on": PLANNED.isoformat()}))  # fmt: skip
        assert later.outcome not in {Outcome.EXCLUDE, Outcome.DEFER}


@quick
@given(CASES, st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(document, shuffling):
    pairs = list(document["answers"].items())
    shuffling.shuffle(pairs)
    assert screen(read(document | {"answers": dict(pairs)})).findings == screen(read(document)).findings


@quick
@given(CASES)
def test_whatever_is_not_suitable_has_a_reason_and_a_source(document):
    answered = as_json(screen(read(document)))
    ranks = [Outcome(one["outcome"]).rank for one in answered["findings"]]
    assert ranks == sorted(ranks, reverse=True)
    assert answered["outcome"] == (answered["findings"][0]["outcome"] if ranks else "suitable")
    assert all(one["reason"] and one["advice"] and one["sources"] for one in answered["findings"])
    assert answered["consultation"]


@quick
@given(CASES, st.sampled_from(ASKED))
def test_being_unsure_is_never_taken_for_a_no(document, key):
    without = document | {"answers": {one: answer for one, answer in document["answers"].items() if one != key}}
    unsure = without | {"answers": without["answers"] | {key: {"unsure": True}}}
    assert screen(read(unsure)).outcome.rank >= screen(read(without)).outcome.rank


def is_answered(document):
    """Screen whatever it is; only InputError may come back."""
    try:
        answered = as_json(screen(read(document)))
    except InputError as wrong:
        assert wrong.sentence
    else:
        json.dumps(answered)


@quick
@given(JSON)
def test_garbage_is_refused_with_a_sentence(document):
    is_answered(document)


@quick
@given(JSON, st.sampled_from([("patient", key) for key in EXAMPLE["patient"]] + [
    ("treatment", key) for key in EXAMPLE["treatment"]] + [("answers", "isotretinoin_recent")]))  # fmt: skip
def test_garbage_anywhere_is_refused_with_a_sentence(value, place):
    part, key = place
    is_answered(EXAMPLE | {part: EXAMPLE[part] | {key: value}})
    is_answered(EXAMPLE | {part: value})
    is_answered(EXAMPLE | {"answers": {"scar_recent": {"date": value}}})
    is_answered(EXAMPLE | {"answers": {"scar_recent": {"zones": value}}})
