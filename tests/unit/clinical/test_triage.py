"""Triage: what a document is refused for, and the answer as it is written."""

import pytest

from needlework.clinical import safety_net, signs
from needlework.clinical.triage import Report, as_json, read, triage
from needlework.evidence.errors import InputError

DOCUMENT = {
    "hours_since": 50,
    "reported_by": "patient",
    "signs": ["redness", "pain_rising"],
    "temperature_c": 38.4,
    "free_text": "warm",
}


def refusal(document):
    with pytest.raises(InputError) as refused:
        read(document)
    return str(refused.value)


def test_a_document_is_read_whole():
    assert read(DOCUMENT) == Report(
        hours_since=50.0,
        reported_by="patient",
        signs=("redness", "pain_rising"),
        temperature_c=38.4,
        free_text="warm",
    )


def test_temperature_and_free_text_may_be_absent():
    document = {"hours_since": 0, "reported_by": "practitioner", "signs": []}
    assert read(document) == Report(hours_since=0, reported_by="practitioner")
    assert read(document | {"temperature_c": None, "free_text": None}) == read(document)


def test_a_sign_sent_twice_is_one():
    assert read(DOCUMENT | {"signs": ["pus", "redness", "pus"]}).signs == ("pus", "redness")


@pytest.mark.parametrize(
    ("key", "value"),
    [("hours_since", 0), ("hours_since", 20000), ("temperature_c", 30), ("temperature_c", 45)],
)
def test_a_number_at_its_limit_is_taken(key, value):
    assert getattr(read(DOCUMENT | {key: value}), key) == value


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"hours_since": -0.1}, "hours_since: Send a number from 0 to 20000 hours."),
        ({"hours_since": 20000.1}, "hours_since: Send a number from 0 to 20000 hours."),
        ({"hours_since": 10**400}, "hours_since: Send a number from 0 to 20000 hours."),
        ({"hours_since": None}, "hours_since: This is missing. Send a number from 0 to 20000 hours."),
        ({"temperature_c": 29.9}, "temperature_c: Send a number from 30 to 45 °C."),
        ({"temperature_c": 45.1}, "temperature_c: Send a number from 30 to 45 °C."),
        ({"reported_by": "nurse"}, "reported_by: That is not known here. Send one of: patient, practitioner."),
        ({"reported_by": None}, "reported_by: This is missing. Send one of: patient, practitioner."),
        ({"signs": None}, "signs: This is missing. Send a list of texts."),
        ({"signs": ["redness", 3]}, "signs: Send a list of texts."),
        ({"signs": ["redness", "pain_risin"]}, "signs[1]: That is not known here. Did you mean 'pain_rising'?"),
        ({"free_text": 3}, "free_text: Send a text."),
        ({"fever": True}, "There is a key that is not known. Known here: "
         "free_text, hours_since, reported_by, signs, temperature_c."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_what_to_do(change, sentence):
    assert refusal(DOCUMENT | change) == sentence


def test_a_sign_like_no_other_is_refused_with_those_that_are_known():
    assert refusal(DOCUMENT | {"signs": ["qqqq"]}) == (
        f"signs[0]: That is not known here. Send some of: {', '.join(signs.signs())}."
    )


def test_a_poor_guess_at_a_sign_is_not_offered():
    assert refusal(DOCUMENT | {"signs": ["eyelids"]}).startswith("signs[0]: That is not known here. Send some of: ")


def test_a_sign_that_the_given_rules_do_not_hold_is_never_dropped():
    known = {"redness": signs.signs()["redness"]}
    with pytest.raises(InputError) as refused:
        triage(Report(hours_since=1, reported_by="patient", signs=("pus",)), signs=known, combinations=())
    assert str(refused.value) == "signs[0]: That is not known here. Send some of: redness."


def test_other_rules_may_be_handed_in():
    report = Report(hours_since=1, reported_by="patient", signs=("pus", "fever"))
    assert triage(report).combinations == (signs.combinations()[2],)
    assert triage(report, combinations=()).tier == "same_day"
    assert triage(report, combinations=signs.combinations()[2:3]).tier == "emergency"
    only = {"pus": signs.signs()["pus"]}
    alone = Report(hours_since=1, reported_by="patient", signs=("pus",), temperature_c=39)
    assert [one.sign.id for one in triage(alone, signs=only).signs] == ["pus"]


def test_a_text_of_the_worst_combination_takes_the_place_of_a_sign():
    mild, worse = (
        signs.Combination(
            id=tier,
            name=f"to {tier}",
            signs=("redness", "faint"),
            tier=tier,
            reason="together",
            patient_text=f"Text of {tier}",
            sources=(),
            verified=signs.Verified.UNVERIFIED,
        )
        for tier in (signs.Tier.SAME_DAY, signs.Tier.EMERGENCY)
    )
    report = Report(hours_since=1, reported_by="patient", signs=("redness", "faint"))
    for both in ((mild, worse), (worse, mild)):
        found = triage(report, combinations=both)
        assert [one.patient_text for one in found.signs] == ["Text of emergency"] * 2
        assert {one.tier for one in found.signs} == {"emergency"}


def test_the_answer_is_written_as_promised():
    report = Report(hours_since=169, reported_by="patient", signs=("redness",), free_text="Still red")
    assert as_json(triage(report)) == {
        "rule_set": "2026.11",
        "tier": "practitioner_review",
        "notify": ["practitioner"],
        "answer_within_minutes": 2880,
        "read_free_text": True,
        "signs": [
            {
                "sign": "redness",
                "tier": "practitioner_review",
                "because": "longer than 168 h",
                "patient_text": "It has lasted longer than we expect. We will look at it and reply within 2 working "
                "days.",
                "sources": [source.as_json() for source in signs.signs()["redness"].sources],
            }
        ],
        "safety_net": safety_net.as_json(),
    }
