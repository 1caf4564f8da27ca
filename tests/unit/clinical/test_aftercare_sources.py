"""What the instructions say is what the facts say: each hour stands in the fact that it names."""

import re

import pytest

from needlework.clinical.aftercare.expected import expected
from needlework.clinical.aftercare.instructions import POLICY, rules
from needlework.clinical.signs import signs
from needlework.evidence.facts import facts

HOURS = {"h": 1, "hour": 1, "day": 24, "week": 168}
DURATION = re.compile(r"(\d+)(?:-(\d+))? (h|hour|day|week)s?\b")
INSTRUCTIONS = rules().instructions
SAID = [(name, fact) for name, one in INSTRUCTIONS.items() for fact in one.says if fact != POLICY]
COMPILED = {
    "makeup": "AFT-024",
    "sunscreen-start": "AFT-022",
    "exercise": "AFT-025",
    "heat": "AFT-026",
    "retinoids": "AFT-027",
    "acids": "AFT-027",
}
"""Facts that put the sources of one question together: their range is the whole range."""


def in_hours(number, unit):
    return number * HOURS[unit.removesuffix("s")]


def hours_of(fact):
    """Return every number of hours that a fact gives: its value, the ends of its range, durations in its words."""
    found = {in_hours(int(end), unit) for *ends, unit in DURATION.findall(fact.statement) for end in ends if end}
    if fact.unit in ("hours", "days", "weeks"):
        found.add(in_hours(fact.value, fact.unit))
    unit = fact.range_unit or fact.unit
    if fact.range and unit in ("hours", "days", "weeks"):
        found |= {in_hours(end, unit) for end in fact.range}
    return found


@pytest.mark.parametrize(("name", "fact"), SAID, ids=[" ".join(one) for one in SAID])
def test_hours_stand_in_the_fact(name, fact):
    assert set(INSTRUCTIONS[name].says[fact]) <= hours_of(facts()[fact])


@pytest.mark.parametrize("name", COMPILED)
def test_the_range_is_that_of_the_fact_that_puts_sources_together(name):
    fact = facts()[COMPILED[name]]
    unit = fact.unit.removesuffix("s")
    assert INSTRUCTIONS[name].range == tuple(end * HOURS[unit] for end in fact.range)
    assert INSTRUCTIONS[name].says[fact.id] == INSTRUCTIONS[name].range


def test_the_floors_are_four_weeks_of_the_facts():
    floors = {(name, extra.at_least) for name, one in INSTRUCTIONS.items() for extra in one.extras if extra.at_least}
    assert floors == {("sun", 672), ("sun-protection", 672), ("next-session", 672)}
    assert in_hours(facts()["AFT-029"].range[1], "day") == 672


def test_no_fact_is_from_memory():
    named = [fact for one in INSTRUCTIONS.values() for fact in one.facts]
    named += [fact for one in INSTRUCTIONS.values() for extra in one.extras for fact in extra.facts]
    named += [fact for one in (*expected().reactions, *expected().stretches) for fact in one.facts]
    assert named
    assert all(facts()[fact].for_patients for fact in named)


def test_no_source_is_memory():
    cited = {source for one in INSTRUCTIONS.values() for part in (one, *one.extras) for source in part.sources}
    assert "memory" not in {source.strength_class for source in cited}


def test_every_sign_that_is_expected_has_its_words():
    assert {one.sign for one in expected().reactions} == {key for key, sign in signs().items() if sign.expected}


def test_the_windows_are_those_of_the_signs_and_their_facts():
    found = {one.sign: (one.from_hours, one.usual_until_hours, one.until_hours) for one in expected().reactions}
    assert found == {
        "redness": (0, 72, 168),
        "swelling_mild": (0, 72, 96),
        "pinpoint_bleeding": (0, 6, 6),
        "tight_warm": (0, 72, 120),
        "mild_pain": (0, 48, 72),
        "flaking": (24, 168, 240),
        "bruising": (0, 336, 336),
    }
    assert facts()["HEA-008"].range[1] == found["redness"][1]
    assert in_hours(facts()["SAF-008"].value, "day") == found["redness"][2]


def test_facts_stand_behind_every_day():
    assert all(one.sources for one in (*expected().reactions, *expected().stretches))
