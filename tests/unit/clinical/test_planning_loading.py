"""Entries of the rules as they are read: what each key becomes, and where an unknown fact is refused."""

from datetime import date

import pytest

from needlework.clinical import planning
from needlework.clinical.planning import courses, gates, plans, rows
from needlework.evidence.errors import DataError
from needlework.evidence.nations import Provision
from needlework.evidence.sources import sources

FULL = {
    "zones": ["whole_face", "neck"],
    "concerns": ["wrinkles"],
    "range_mm": [0.5, 2.0],
    "for": "everything",
    "facts": ["DEP-105", "DEP-104"],
    "study": "ONE",
    "conflicts_with": ["END-001"],
    "conflict": "They differ.",
}


def ids(facts):
    return [fact.id for fact in facts]


def test_a_full_row_keeps_every_key():
    row = rows.row("full", FULL)
    assert row.zones == rows.meant(["whole_face"]) | {"neck"}
    assert row.concerns == {"wrinkles"}
    assert (row.study, row.conflict, row.origin) == ("ONE", "They differ.", "ONE")
    assert ids(row.facts) == ["DEP-105", "DEP-104"]


def test_a_list_of_the_file_and_a_group_and_a_zone_are_zones():
    assert len(rows.meant(["whole_face"])) == 11
    assert len(rows.meant(["striae"])) == 18
    assert rows.meant(["cheeks", "nose"]) == {"cheek-left", "cheek-right", "nose"}
    assert rows.meant([]) == frozenset()


def test_a_sentence_keeps_every_key():
    entry = {"zones": ["nose"], "concerns": ["melasma"], "text": "So.", "facts": ["PRO-006"]}
    one = rows._said("passes.toml", "so", entry)
    assert (one.text, one.zones, one.concerns, ids(one.facts)) == ("So.", {"nose"}, {"melasma"}, ["PRO-006"])
    bare = rows._said("passes.toml", "so", {"text": "So.", "facts": ["MEM-010"]})
    assert (bare.zones, bare.concerns) == (frozenset(), frozenset())


def test_a_course_keeps_every_key():
    entry = {
        "disagreement": "They differ.",
        "facts": ["PLN-013"],
        "protocols": [
            {"by": "A", "sessions": [3, 4], "interval_days": [14, 28], "facts": ["PLN-008"], "at_least": True},
            {"by": "B", "sessions": [1, 9], "facts": ["PLN-010"], "as_needed": True},
            {"by": "C", "sessions": [2, 3], "interval_days": [7, 7], "facts": ["PLN-011"]},
        ],
    }
    course = courses._courses("wrinkles", entry)
    assert (course.concern, course.disagreement, ids(course.facts)) == ("wrinkles", "They differ.", ["PLN-013"])
    first, second, third = course.protocols
    assert (first.by, first.sessions, first.interval_days) == ("A", (3, 4), (14, 28))
    assert (first.at_least, first.as_needed, ids(first.facts)) == (True, False, ["PLN-008"])
    assert (second.interval_days, second.as_needed, second.at_least) == (None, True, False)
    assert third.sessions == (2, 3)
    assert (course.sessions, course.interval_days) == ((2, 4), (7, 28))


def test_a_course_without_protocols_or_facts_has_none():
    course = courses._courses("melasma", {"disagreement": "Nothing."})
    assert (course.protocols, course.facts, course.sessions, course.interval_days) == ((), (), None, None)


REFUSED = {
    "row": (lambda: rows.row("mine", FULL | {"facts": ["X-1"]}), "depths.toml", "mine"),
    "conflict": (lambda: rows.row("mine", FULL | {"conflicts_with": ["X-1"]}), "depths.toml", "mine"),
    "sentence": (lambda: rows._said("passes.toml", "mine", {"text": "", "facts": ["X-1"]}), "passes.toml", "mine"),
    "course": (
        lambda: courses._courses("melasma", {"disagreement": "", "facts": ["X-1"]}),
        "courses.toml",
        "melasma",
    ),
    "protocol": (
        lambda: courses._courses("wrinkles", {"disagreement": "", "protocols": [{"by": "A", "facts": ["X-1"]}]}),
        "courses.toml",
        "wrinkles",
    ),
}


@pytest.mark.parametrize(("load", "file", "key"), REFUSED.values(), ids=REFUSED)
def test_an_unknown_fact_is_refused_with_its_place(load, file, key):
    with pytest.raises(DataError) as refused:
        load()
    assert (refused.value.file, refused.value.key) == (file, key)
    assert refused.value.sentence == "There is no fact 'X-1'. Name one of evidence/data/facts."


def proposal(**changed):
    document = {
        "concerns": [{"concern": "age-spots", "zones": ["chin"]}],
        "device": "SkinPen",
        "skin_type": "III",
        "nation": "Scotland",
        "planned_date": "2026-12-01",
    }
    return planning.read(document | changed)


def provision(in_force):
    return Provision("x", "Scotland", "x", (sources()["asp13-sch1"],), "high", date(2027, 1, 1), None, in_force,
                     permitted_premises=("pharmacy",))  # fmt: skip


DO = (
    "The law of this nation allows this depth only in permitted premises. Say where the treatment is to be, or choose "
    "a place that is permitted; a depth below the line helps only where depth alone brings the plan under the law."
)


@pytest.mark.parametrize(
    ("in_force", "refuses"),
    [(date(2026, 11, 30), True), (date(2026, 12, 1), True), (date(2026, 12, 2), False), (None, False)],
)
def test_the_premises_gate_refuses_from_the_day_the_law_is_in_force(in_force, refuses):
    gate = gates.gates(proposal(), [provision(in_force)])[-1]
    assert (gate.gate, gate.met, gate.refuses) == ("permitted-premises", False, refuses)
    assert gate.do == (DO if refuses else DO + " The day this starts was not seen: a warning, not a refusal. "
                       "Check before treating.")  # fmt: skip


@pytest.mark.parametrize("in_force", [date(2026, 12, 1), date(2026, 12, 2)])
def test_premises_the_law_forbids_close_every_zone_of_the_plan(monkeypatch, in_force):
    monkeypatch.setattr(plans, "law", lambda nation, **asked: (provision(in_force),))
    concerns = [{"concern": "acne-scars", "zones": ["chin", "nose"]}]
    chosen = [{"zone": "chin", "depth_mm": 1.5}, {"zone": "nose", "depth_mm": 0.5}]
    found = planning.as_json(planning.plan(proposal(concerns=concerns, chosen=chosen)))
    assert found["gates"][0]["zones"] == ["nose", "chin"]
    stands = {(one["chosen"]["standing"], tuple(one["chosen"]["needs"])) for one in found["zones"]}
    refuses = in_force == date(2026, 12, 1)
    assert stands == {("refused", ("permitted-premises",)) if refuses else ("within", ())}
    permitted = planning.plan(proposal(concerns=concerns, chosen=chosen, premises="pharmacy"))
    assert {one.judged.standing.value for one in permitted.zones} == {"within"}


def test_the_examination_gate_says_what_to_do():
    (gate,) = gates.gates(proposal(), [])
    assert gate.do == (
        "Have each spot looked at by somebody trained to tell a harmless spot from skin cancer; write down who, when "
        "and that nothing was suspicious."
    )
    assert [source.id for source in gate.sources] == [
        "lallas-et-al-2014-diagnosis-and-management",
        "main-street-skin-clinic-solar-lentigo",
        "fpnotebook-solar-lentigo",
        "mims-dermatology-skinqure-co-uk-copy",
    ]


def test_the_kinds_of_support_are_in_order():
    assert plans.KINDS == ("studies", "regulator_or_label", "vendor_or_consumer")
