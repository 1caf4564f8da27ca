"""What findings come to together: the worst outcome, the earliest date, the law, and all of it as JSON."""

import copy
import json
from dataclasses import replace
from datetime import date

import pytest

from needlework.cli import documents
from needlework.clinical import screening
from needlework.clinical.rule_set import VERSION
from needlework.clinical.screening import Wait, as_json, read, rules, screen
from needlework.clinical.terms import Outcome
from needlework.evidence.nations import NATIONS, law
from tests.spec.screening.asking import PATIENT, PLAN, screened

EXAMPLE = json.loads(documents.example("screen"))


def ids(answered):
    return [one["rule"] for one in answered["findings"]]


def earliest(answers, **plan):
    answered = screened(answers, **plan)
    return answered["outcome"], answered["earliest_date"]


def test_nothing_declared_is_suitable():
    assert screened({}) == {
        "outcome": "suitable",
        "earliest_date": None,
        "read_free_text": False,
        "rule_set": VERSION,
        "findings": [],
        "legal": [one.as_json(date(2026, 11, 22)) for one in law("England")],
        "consultation": "These rules inform a practitioner. "
        "Whatever they find, a consultation stays open to everybody.",
    }


def test_a_finding_is_told_with_its_reason_and_sources():
    finding = as_json(screen(read(EXAMPLE)))["findings"][0]
    rule = rules()["isotretinoin_recent"]
    assert finding == {
        "rule": "isotretinoin_recent",
        "label": "Isotretinoin stopped within 6 months",
        "outcome": "defer",
        "until": "2026-12-01",
        "zones": [],
        "reason": rule.rationale,
        "advice": rule.action,
        "note": None,
        "sources": [source.as_json() for source in rule.sources],
        "verified": "seen",
        "policy": None,
    }
    assert screened({"open_wound": {}})["findings"][0]["policy"] == rules()["open_wound"].policy


def test_findings_stand_worst_first_and_by_name_whatever_the_order_of_answers():
    names = [
        "vitiligo",
        "nickel_allergy",
        "raised_mole_area",
        "fever_illness",
        "breastfeeding",
        "bdd_worry",
        "poor_healing",
    ]
    worst_first = ["breastfeeding", "poor_healing", "vitiligo", "fever_illness", "raised_mole_area", "bdd_worry"]
    expected = [*worst_first, "nickel_allergy"]
    assert ids(screened({name: {} for name in names})) == expected
    assert ids(screened({name: {} for name in reversed(names)})) == expected
    assert screened({name: {} for name in names})["outcome"] == "exclude"


def test_the_zones_of_a_finding_are_the_planned_ones_in_the_order_of_the_table():
    answered = screened({"raised_mole_area": {"zones": ["back", "cheeks", "forehead"]}}, zones=["chin", "cheeks"])
    assert answered["findings"][0]["zones"] == ["cheek-left", "cheek-right"]


@pytest.mark.parametrize(
    ("rule", "outcome", "closed"),
    [
        ("melasma", "suitable_with_adjustments", []),
        ("raised_mole_area", "treat_around", ["cheek-left", "cheek-right"]),
        ("sunburn_tan", "defer", ["cheek-left", "cheek-right"]),
        ("skin_cancer_area", "exclude", ["cheek-left", "cheek-right"]),
    ],
)
def test_a_finding_that_adjusts_closes_no_zone(rule, outcome, closed):
    finding = screened({rule: {"zones": ["cheeks"]}}, zones=["chin", "cheeks"])["findings"][0]
    assert (finding["outcome"], finding["zones"]) == (outcome, closed)


def test_what_is_treated_around_without_a_place_asks_staff_where_it_is():
    finding = screened({"raised_mole_area": {}})["findings"][0]
    assert (finding["outcome"], finding["zones"]) == ("treat_around", [])
    assert finding["note"] == "No place was given: ask where it is before treating."
    placed = {"raised_mole_area": {"zones": ["cheek-left"]}}
    assert screened(placed)["findings"][0]["note"] is None
    assert screened({"sunburn_tan": {}})["findings"][0]["note"] is None


def test_several_dated_deferrals_end_with_the_last():
    toxin, filler = {"date": "2026-11-20"}, {"date": "2026-11-01"}
    both = {"botulinum_recent": toxin, "filler_recent": filler}
    assert earliest(both) == ("defer", "2026-12-04")
    assert earliest({"filler_recent": filler}) == ("defer", "2026-11-29")


def test_a_deferral_without_a_date_leaves_none():
    dated = {"filler_recent": {"date": "2026-11-01"}}
    assert earliest(dated | {"fever_illness": {}}) == ("defer", None)
    assert earliest(dated | {"fever_illness": {"date": "2026-11-20", "unsure": True}}) == ("defer", None)
    assert earliest({"acne_inflamed_many": {"date": "2026-11-20"}}) == ("defer", None)


def test_a_finding_that_waits_and_is_no_deferral_gives_no_date():
    scar = {"scar_recent": {"date": "2026-06-20"}}
    assert earliest(scar) == ("treat_around", None)
    assert screened(scar)["findings"][0]["until"] == "2026-12-20"
    assert earliest(scar | {"filler_recent": {"date": "2026-11-01"}}) == ("defer", "2026-11-29")
    fit = {"epilepsy_recent_fit": {"date": "2026-01-22"}, "filler_recent": {"date": "2026-11-01"}}
    assert earliest(fit) == ("refer", None)


def test_an_exclusion_has_no_date():
    assert earliest({"breastfeeding": {}, "filler_recent": {"date": "2026-11-01"}}) == ("exclude", None)


@pytest.mark.parametrize("nation", NATIONS)
def test_the_law_of_the_nation_is_told_as_of_the_planned_date(nation):
    answered = screened({}, jurisdiction=nation, depth_mm=1.0)
    assert answered["legal"] == [one.as_json(date(2026, 11, 22)) for one in law(nation, depth_mm=1.0)]
    assert {one["nation"] for one in answered["legal"]} == {nation}


def test_the_depth_decides_what_scots_law_says():
    def told(depth_mm, **plan):
        return [one["text"][:25] for one in screened({}, jurisdiction="Scotland", depth_mm=depth_mm, **plan)["legal"]]

    assert told(1.4) == ["Below 1.5 mm, with no rad"]
    assert len(told(1.5)) == 2
    assert len(told(None)) == 3
    assert told(1.4, device="RF microneedling") == told(1.5)


def test_free_text_is_to_be_read_and_never_interpreted():
    def to_be_read(text):
        document = {"patient": PATIENT, "treatment": PLAN, "answers": {}, "free_text": text}
        answered = as_json(screen(read(document)))
        return answered["outcome"], answered["read_free_text"]

    assert to_be_read("I am pregnant") == ("suitable", True)
    assert to_be_read(" \n ") == to_be_read("") == ("suitable", False)


def test_the_rules_in_use_may_be_a_clinics_own():
    stricter = dict(rules()) | {
        "nickel_allergy": replace(rules()["nickel_allergy"], outcome=Outcome.REFER),
        "waxing_recent": replace(rules()["waxing_recent"], wait=Wait(2, "weeks")),
    }
    answers = {"nickel_allergy": {}, "waxing_recent": {"date": "2026-11-14"}}
    case = read({"patient": PATIENT, "treatment": PLAN, "answers": answers})
    assert screen(case).outcome is Outcome.SUITABLE_WITH_ADJUSTMENTS
    told = screen(case, rules=stricter)
    assert [(one.rule.id, one.outcome, one.until) for one in told.findings] == [
        ("nickel_allergy", Outcome.REFER, None),
        ("waxing_recent", Outcome.DEFER, date(2026, 11, 28)),
    ]


def test_an_override_may_lift_the_bar_on_numbing():
    rule = rules()["tla_exclusions"]
    lifted = dict(rules()) | {
        rule.id: replace(rule, overrides={"Dr.pen": screening.DeviceOverride(no_topical_anaesthetic=False)})
    }
    plan = PLAN | {"topical_anaesthetic": True}
    case = read({"patient": PATIENT, "treatment": plan, "answers": {rule.id: {}}})
    assert [one.rule.id for one in screen(case, rules=lifted).findings] == ["tla_exclusions"]
    assert len(screen(case).findings) == 2


def test_screening_leaves_the_case_as_it_was():
    before = copy.deepcopy(EXAMPLE)
    case = read(EXAMPLE)
    assert screen(case) == screen(case)
    assert before == EXAMPLE


def test_a_wait_in_months_is_clamped_to_the_end_of_the_month():
    assert Wait(6, "months").after(date(2026, 8, 31)) == date(2027, 2, 28)
    assert Wait(1, "months").after(date(2026, 11, 30)) == date(2026, 12, 30)
    assert Wait(1, "months").after(date(2026, 12, 31)) == date(2027, 1, 31)
    assert Wait(12, "months").after(date(2024, 2, 29)) == date(2025, 2, 28)
    assert Wait(2, "weeks").after(date(2026, 12, 31)) == date(2027, 1, 14)
