"""A clinic's layer that loosens nothing never lets a screening come out milder."""

import json
from datetime import date
from functools import cache
from importlib.resources import files

from hypothesis import given, settings
from hypothesis import strategies as st

from needlework.clinical import rule_set, screening
from needlework.clinical.overrides import layered, read
from needlework.evidence.errors import DataError

WAITS = st.one_of(
    st.fixed_dictionaries({"days": st.integers(1, 800)}),
    st.fixed_dictionaries({"weeks": st.integers(1, 110)}),
    st.fixed_dictionaries({"months": st.integers(1, 24)}),
)
BY = {"file": "screening.toml", "by": "A", "role": "lead", "reason": "b", "on": "2026-11-22", "review_by": "2027-11-22"}
EARLIEST, LATEST = date(2024, 1, 1), date(2026, 11, 22)
DEVICES = ("SkinPen", "Dermapen 4", "SkinPen (older manual)", "PRO Pen")
EXAMPLE = json.loads((files("needlework.cli") / "examples" / "screen.json").read_text("utf-8"))


@cache
def documents():
    """Return the rules with nothing marked loosenable."""
    found = rule_set.current().documents
    unmarked = {
        key: {name: value for name, value in rule.items() if name != "may_loosen_to"}
        for key, rule in found["screening.toml"].items()
    }
    return {**found, "screening.toml": unmarked}


@cache
def plain():
    return screening.load(documents()["screening.toml"])


ASKED = sorted(key for key, rule in plain().items() if rule.may_be_answered)
OUTCOMES = st.sampled_from(["exclude", "refer", "defer", "treat_around", "suitable_with_adjustments"])


@st.composite
def overrides(draw, keys):
    """Draw a change of one of the rules, allowed or not."""
    rule = plain()[draw(st.sampled_from(keys))]
    key = draw(st.sampled_from(["wait", "outcome"])) if rule.wait else "outcome"
    named = BY | {"id": rule.id, "key": key, "value": draw(WAITS if key == "wait" else OUTCOMES)}
    device = draw(st.none() | st.sampled_from(DEVICES))
    return named | ({"device": device} if device else {})


@st.composite
def cases(draw):
    """Draw a few answers on one plan, and changes of the rules that they meet."""
    keys = draw(st.lists(st.sampled_from(ASKED), min_size=1, max_size=4, unique=True))
    answers = {}
    for key in keys:
        dated = plain()[key].wait is not None and draw(st.booleans())
        day = draw(st.dates(min_value=EARLIEST, max_value=LATEST)) if dated else None
        answers[key] = {"date": day.isoformat()} if day else draw(st.sampled_from([{}, {"unsure": True}]))
    treatment = EXAMPLE["treatment"] | {"device": draw(st.sampled_from(DEVICES))}
    case = EXAMPLE | {"treatment": treatment, "answers": answers}
    return case, draw(st.lists(overrides(keys), min_size=1, max_size=3))


def kept(changes):
    """Return those of the changes that are allowed, each beside the ones before it."""
    found = []
    for change in changes:
        try:
            layered(documents(), read({"override": [*found, change]}))
        except DataError:
            continue
        found.append(change)
    return found


@settings(deadline=None, max_examples=100)
@given(cases())
def test_a_layer_that_loosens_nothing_never_makes_an_outcome_milder(drawn):
    document, changes = drawn
    tighter = screening.load(layered(documents(), read({"override": kept(changes)}))["screening.toml"])
    case = screening.read(document, rules=plain())
    before, after = screening.screen(case, rules=plain()), screening.screen(case, rules=tighter)
    assert after.outcome.rank >= before.outcome.rank
    if before.earliest_date and after.earliest_date:
        assert after.earliest_date >= before.earliest_date
