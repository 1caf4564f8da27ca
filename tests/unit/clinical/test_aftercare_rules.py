"""The rules of aftercare refuse what is wrong with them, naming the file, the entry and what to do."""

from importlib.resources import files

import pytest

from needlework.clinical.aftercare import instructions
from needlework.clinical.aftercare.session import FinishedSession, When
from needlework.evidence import toml
from needlework.evidence.errors import DataError
from tests.spec.aftercare.spec import FINISHED

FACT = "AFT-024"
PLAIN = {
    "do": "avoid",
    "text": "Leave it.",
    "why": "It helps.",
    "default": 72,
    "says": {FACT: [24, 72]},
    "facts": [FACT],
}
HEAD = "The head of the file says which keys there are."


def load(*entries, **first):
    """Read a file whose first entry differs from a plain one."""
    one = {key: value for key, value in (PLAIN | first).items() if value is not None}
    others = {f"other-{place}": PLAIN | entry for place, entry in enumerate(entries)}
    return instructions.load({"policy": "Ours.", "used": {"saline": "salt water"}, "one": one, **others})


def refused(*entries, **first):
    with pytest.raises(DataError) as wrong:
        load(*entries, **first)
    assert wrong.value.file == "aftercare.toml"
    return wrong.value.key, wrong.value.sentence


def test_a_plain_entry_is_read():
    found = load()
    assert (found.policy, found.used) == ("Ours.", {"saline": "salt water"})
    (one,) = found.instructions.values()
    assert (one.id, one.do, one.text, one.why) == ("one", "avoid", "Leave it.", "It helps.")
    assert (one.default, one.says, one.range, one.facts) == (72, {FACT: (24, 72)}, (24, 72), (FACT,))
    assert (one.conflict, one.when, one.extras, one.after, one.sign, one.is_policy) == ("", (), (), None, None, False)
    assert [source.id for source in one.sources] == ["renew-laser-med-microneedling-guidelines"]


def test_an_extra_is_read():
    (one,) = load(extras=[{"sources": ["policy"]}]).instructions.values()
    (extra,) = one.extras
    assert (extra.text, extra.why, extra.at_least, extra.holds, extra.default) == ("", "", 0, "", 0)
    assert (extra.facts, extra.when) == ((), When())
    assert [source.id for source in extra.sources] == ["policy"]


def test_all_that_an_entry_may_say_is_read():
    when = {
        "only_zones": ["cheeks"],
        "only_concerns": ["melasma"],
        "only_skin_types": ["IV"],
        "only_used": ["saline"],
        "from_depth_mm": 1.5,
    }
    extra = {"when": when, "text": "More.", "why": "Still.", "at_least": 48, "holds": "Ours", "default": 60}
    extra |= {"facts": [FACT], "sources": ["policy"]}
    (one,) = load(conflict="Both.", when=[when, {}], extras=[extra], sign="pih").instructions.values()
    read = When(("cheek-left", "cheek-right"), ("melasma",), ("IV",), ("saline",), 1.5)
    assert (one.conflict, one.when, one.sign.id) == ("Both.", (read, When()), "pih")
    (added,) = one.extras
    assert (added.when, added.text, added.why, added.facts) == (read, "More.", "Still.", (FACT,))
    assert (added.at_least, added.holds, added.default) == (48, "Ours", 60)
    assert [source.id for source in added.sources] == ["renew-laser-med-microneedling-guidelines", "policy"]


@pytest.mark.parametrize("ends", [24, 72])
def test_an_extra_may_raise_the_default_to_an_end_of_the_range(ends):
    (one,) = load(extras=[{"default": ends, "facts": [FACT]}]).instructions.values()
    assert one.extras[0].default == ends


def test_both_ends_of_what_a_fact_says_may_be_the_same():
    assert load(says={FACT: [72, 72]}).instructions["one"].range == (72, 72)


def test_the_range_is_the_widest_of_all_that_is_said():
    says = {FACT: [24, 72], "AFT-005": [48, 100], "AFT-008": [12, 30]}
    assert load(says=says, facts=list(says)).instructions["one"].range == (12, 100)


def test_policy_alone_is_known_as_such():
    found = load(says={"policy": [24, 72]}, facts=None, sources=["policy"]).instructions["one"]
    assert found.is_policy
    assert not load(sources=["policy"]).instructions["one"].is_policy


@pytest.mark.parametrize(
    ("first", "sentence"),
    [
        ({"do": "stop"}, "do is one of: avoid, start, use."),
        (
            {"facts": None, "says": None, "default": None},
            "Nothing stands behind it, or behind one of its extras: name facts, sources or policy.",
        ),
        (
            {"extras": [{"text": "More."}]},
            "Nothing stands behind it, or behind one of its extras: name facts, sources or policy.",
        ),
        (
            {"says": {"AFT-001": [24, 72]}},
            "says names AFT-001, which is not among its facts, and no policy of its sources. Add it.",
        ),
        (
            {"says": {"policy": [24, 72]}},
            "says names policy, which is not among its facts, and no policy of its sources. Add it.",
        ),
        ({"says": {FACT: [72, 24]}}, "Each of says has two ends, the lower first."),
        ({"default": None}, "There are hours and no default. Add default."),
        ({"says": None}, "There is a default and nothing that says it. Add says."),
        ({"default": 73}, "default and at_least lie within what says holds. Mend one."),
        ({"default": 23}, "default and at_least lie within what says holds. Mend one."),
        (
            {"extras": [{"at_least": 73, "facts": [FACT]}]},
            "default and at_least lie within what says holds. Mend one.",
        ),
        (
            {"extras": [{"at_least": 23, "facts": [FACT]}]},
            "default and at_least lie within what says holds. Mend one.",
        ),
        (
            {"extras": [{"default": 73, "facts": [FACT]}]},
            "default and at_least lie within what says holds. Mend one.",
        ),
        (
            {"extras": [{"default": 23, "facts": [FACT]}]},
            "default and at_least lie within what says holds. Mend one.",
        ),
        (
            {"extras": [{"at_least": 48, "facts": [FACT]}]},
            "at_least and holds, the words for why, stand together. Add the other.",
        ),
        (
            {"extras": [{"holds": "Ours", "facts": [FACT]}]},
            "at_least and holds, the words for why, stand together. Add the other.",
        ),
        ({"after": "one"}, "It begins after 'one', which is not above it. Name an instruction above."),
        ({"sign": "no-sign"}, "There is no sign 'no-sign' with an end to its window. Name one of signs.toml."),
        ({"sign": "chest_pain"}, "There is no sign 'chest_pain' with an end to its window. Name one of signs.toml."),
        ({"facts": ["AFT-999"]}, "There is no fact 'AFT-999'. Name one of evidence/data/facts."),
        ({"facts": ["MEM-009"]}, "MEM-009 is from memory and never shown to a patient. Take it out."),
        (
            {"sources": ["nowhere"]},
            "There is no source 'nowhere'. Add it to sources.toml, or name one that is there.",
        ),
        ({"when": [{"only_concerns": ["spots"]}]}, "'spots' is not one of: acne-scars, wrinkles, uneven-tone, "),
        ({"when": [{"only_skin_types": ["VII"]}]}, "'VII' is not one of: I, II, III, IV, V, VI."),
        ({"when": [{"only_used": ["gel"]}]}, "'gel' is not one of: saline."),
        ({"when": [{"only_zones": ["chek-left"]}]}, "only_zones[0]: There is no such zone. Did you mean 'cheek-left'?"),
        ({"extras": [{"when": {"only_used": ["gel"]}}]}, "'gel' is not one of: saline."),
        ({"extras": [{"facts": ["MEM-009"]}]}, "MEM-009 is from memory and never shown to a patient. Take it out."),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, dict) else "",
)
def test_a_wrong_entry_is_refused(first, sentence):
    key, found = refused(**first)
    assert key == "one"
    assert found.startswith(sentence)


@pytest.mark.parametrize(
    "first",
    [{"txt": "Leave it."}, {"text": None}, {"when": [{"only": ["face"]}]}, {"extras": [{"txt": ""}]}],
    ids=["unknown", "missing", "unknown-when", "unknown-extra"],
)
def test_a_key_that_is_unknown_or_missing_is_refused(first):
    key, sentence = refused(**first)
    assert key == "one"
    assert sentence.endswith(f". {HEAD}")


def test_what_comes_after_turns_no_earlier_by_default():
    assert load({"after": "one"}).instructions["other-0"].after == "one"
    assert load({"after": "one"}, default=24).instructions["other-0"].after == "one"
    key, sentence = refused({"after": "one", "default": 71})
    assert (key, sentence) == (
        "other-0",
        "By default it would turn before what it comes after. Mend a default.",
    )


def test_what_comes_after_something_without_hours_is_read():
    bare = {"default": None, "says": None}
    assert load({"after": "one"}, **bare).instructions["other-0"].default == 72


def test_the_file_reads_back_the_same():
    for name in ("aftercare.toml", "expected.toml"):
        document = toml.read(files("needlework.clinical") / "rules" / name)
        assert toml.loads(toml.dumps(document), name=name) == document


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        (When(), True),
        (When(only_zones=("chin", "nose")), True),
        (When(only_zones=("chin",)), False),
        (When(only_zones=("nose",), only_used=("saline",)), True),
        (When(only_zones=("nose",), only_used=("gel",)), False),
        (When(only_zones=("chin",), only_used=("saline",)), False),
        (When(only_concerns=("melasma",)), False),
        (When(only_skin_types=("I", "II")), True),
        (When(only_skin_types=("I",)), False),
        (When(from_depth_mm=1.0), True),
        (When(from_depth_mm=1.1), False),
        (When(from_depth_mm=1.0, only_zones=("chin",)), False),
    ],
)
def test_all_of_a_condition_must_hold(when, holds):
    session = FinishedSession(FINISHED, ("nose", "forehead"), "wrinkles", "II", 1.0, ("saline",))
    assert when.holds(session) is holds
