"""The published depths, courses and sentences as data: every figure stands in the fact that it is cited from."""

import re

import pytest

from needlework.clinical import planning
from needlework.clinical.backing import rule_table
from needlework.clinical.planning import courses, gates, rows
from needlework.clinical.terms import CONCERNS
from needlework.evidence.errors import DataError
from needlework.evidence.zones import zones

ROWS = {row.id: row for row in rows.rows()}


def figures(facts):
    """Return the numbers of statements."""
    return {float(one) for fact in facts for one in re.findall(r"\d+(?:\.\d+)?", fact.statement)}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_range_is_printed_in_its_facts(row):
    assert set(row.range_mm) - {0.0} <= figures(row.facts)
    assert row.range_mm[0] <= row.range_mm[1]


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_row_names_known_concerns_and_zones_and_was_read(row):
    assert row.concerns <= set(CONCERNS)
    assert row.zones <= set(zones().treatable)
    assert row.zones
    assert all(fact.for_patients for fact in row.facts)


def test_every_zone_chart_is_used():
    used = {fact.id for row in ROWS.values() for fact in row.facts}
    charts = {*(f"DEP-{number}" for number in (*range(100, 109), *range(200, 208)))}
    studies = {"TRI-001", "TRI-012", "TRI-013", "TRI-016", "END-001", "ACN-006", "ACN-007", "ACN-008", "MEL-001"}
    assert used == charts | studies | {"PRO-006", "DEV-016", "DEV-017"}


def test_a_row_from_memory_is_refused():
    entry = {"zones": ["nose"], "range_mm": [1.0, 2.0], "for": "x", "facts": ["MEM-007"]}
    with pytest.raises(DataError) as refused:
        rows.row("taught", entry)
    assert str(refused.value) == (
        "depths.toml: taught: MEM-007 was not read in a source. A range needs facts that were."
    )


def test_a_row_of_an_unknown_fact_is_refused():
    entry = {"zones": ["nose"], "range_mm": [1.0, 2.0], "for": "x", "facts": ["DEP-999"]}
    with pytest.raises(DataError) as refused:
        rows.row("mistyped", entry)
    assert str(refused.value) == ("depths.toml: mistyped: There is no fact 'DEP-999'. Name one of evidence/data/facts.")


def test_a_contradiction_names_a_known_fact():
    entry = {"zones": ["nose"], "range_mm": [1.0, 2.0], "for": "x", "facts": ["DEP-100"], "conflicts_with": ["X-1"]}
    with pytest.raises(DataError, match="There is no fact 'X-1'"):
        rows.row("mistyped", entry)


def test_the_smallest_row_counts_for_any_concern():
    entry = {"zones": ["cheeks", "chin"], "range_mm": [0.5, 2.0], "for": "cheek and chin", "facts": ["DEP-105"]}
    row = rows.row("small", entry)
    assert (row.id, row.range_mm, row.purpose) == ("small", (0.5, 2.0), "cheek and chin")
    assert row.zones == {"cheek-left", "cheek-right", "chin"}
    assert (row.concerns, row.study, row.conflict) == (frozenset(), None, None)
    assert (row.origin, row.kind) == ("dr-pen-needle-depth-chart-vendor", "vendor_or_consumer")
    assert row.counts_for("chin", ("melasma",))
    assert not row.counts_for("nose", ("melasma",))


def test_a_row_for_a_concern_counts_for_it_alone():
    row = ROWS["skinpen-neck"]
    assert row.counts_for("neck", ("acne-scars", "wrinkles"))
    assert not row.counts_for("neck", ("acne-scars",))
    assert not row.counts_for("chin", ("wrinkles",))


def test_each_row_knows_what_supports_it():
    assert {row.id: row.kind for row in ROWS.values() if row.kind != "vendor_or_consumer"} == {
        "skinpen-trial": "studies",
        "skinpen-trial-summary": "regulator_or_label",
        "lotfi": "studies",
        "harris": "studies",
        "split-face": "studies",
        "mohamed": "studies",
        "exceed": "regulator_or_label",
        "skinpen-neck": "studies",
        "lima": "studies",
    }
    assert ROWS["skinpen-trial"].origin == ROWS["skinpen-trial-summary"].origin == "NCT02646917"


def test_studies_are_the_classes_from_meta_analysis_to_case_report():
    assert {
        "meta_analysis",
        "systematic_review",
        "rct",
        "prospective_study",
        "measurement_study",
        "scale_reference",
        "review",
        "case_series",
        "case_report",
    } == rows.STUDIES


@pytest.mark.parametrize(
    ("zone", "mean"),
    [
        ("forehead", (1.06, 1.39)),
        ("glabella", (1.09, 1.35)),
        ("temple-left", (0.98, 1.25)),
        ("nose", (1.12, 1.23)),
        ("cheek-right", (1.07, 1.33)),
        ("jaw-left", (1.09, 1.23)),
        ("neck", (1.16, 1.17)),
    ],
)
def test_thickness_is_the_womens_and_the_mens_mean(zone, mean):
    assert rows.thickness().by_zone[zone].range == mean


def test_thickness_was_not_found_elsewhere():
    assert set(rows.thickness().by_zone) == {
        "forehead", "glabella", "temple-left", "temple-right", "nose", "cheek-left", "cheek-right", "jaw-left",
        "jaw-right", "neck",
    }  # fmt: skip
    assert [fact.id for fact in rows.thickness().facts] == ["HEA-005", "HEA-007", "THK-310"]


def test_what_else_was_measured_stands_beside():
    others = {zone: [fact.id for fact in facts] for zone, facts in rows.thickness().others.items()}
    assert others["breast-left"] == others["hand-right"] == ["THK-203"]
    assert others["abdomen"] == others["thigh-left"] == others["upper-arm-right"] == ["THK-205"]
    assert others["back"] == others["buttock-left"] == others["decolletage"] == others["neck"] == ["THK-204"]
    assert (others["nose"], others["upper-lip"]) == (["THK-001"], ["THK-002"])


def test_what_is_from_memory_is_for_staff_alone():
    told = {one.facts[0].id: one.for_patients for key in ("passes", "endpoints") for one in rows.said(rows.PASSES, key)}
    assert told == {"PRO-006": True, "DEV-032": True, "DEV-035": True, "END-001": True, "MEM-010": False}


def test_a_sentence_without_zones_or_concerns_counts_everywhere():
    (six, rolls, density) = rows.said(rows.PASSES, "passes")
    assert density.counts_for("calf-left", ("melasma",))
    assert rolls.counts_for("calf-left", ("acne-scars", "melasma"))
    assert not rolls.counts_for("calf-left", ("melasma",))
    assert six.counts_for("chin", ("wrinkles",))
    assert not six.counts_for("neck", ("wrinkles",))


def test_every_concern_has_courses_and_a_spacing():
    assert set(courses.courses()) == set(CONCERNS)
    assert {planning.interval_limits(concern).default_days for concern in CONCERNS} == {28}


@pytest.mark.parametrize("concern", CONCERNS)
def test_a_protocol_is_cited_and_its_ends_are_in_order(concern):
    for one in courses.courses()[concern].protocols:
        assert one.facts
        assert all(fact.for_patients for fact in one.facts)
        for least, most in filter(None, (one.sessions, one.interval_days)):
            assert 1 <= least <= most


def test_no_published_spacing_is_under_the_policy():
    shortest = min(one.interval_days[0] for one in courses.courses().values() if one.interval_days)
    assert shortest == planning.interval_limits("acne-scars").never_under_days


def test_the_gate_s_sources_are_those_of_its_facts():
    entry = rule_table(gates.FILE)[gates.EXAMINED]
    assert entry["facts"] == ["PIG-001", "PIG-002", "PIG-003", "PIG-004"]
    assert set(entry["concerns"]) | set(entry["concerns_unless_told"]) == {"age-spots", "uneven-tone"}


def test_how_long_a_look_counts_is_policy_and_its_words_say_the_same():
    fresh = rule_table(gates.FILE)[gates.EXAMINED]["fresh"]
    assert (fresh["months"], fresh["sources"]) == (6, ["policy"])
    assert f"more than {fresh['months']} months" in fresh["do"]
    assert f"{rows.pens().deepest_mm:g} mm" in rows.pens().note
    assert f"{rows.pens().deepest_mm:g} mm" in rows.pens().refused
