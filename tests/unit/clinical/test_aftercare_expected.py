"""The expected reactions refuse what is wrong with their file, naming the entry and what to do."""

from importlib.resources import files

import pytest

from needlework.clinical.aftercare import expected
from needlework.evidence import toml
from needlework.evidence.errors import DataError

EXPECTED = toml.read(files("needlework.clinical") / "rules" / "expected.toml")


@pytest.mark.parametrize(
    ("differs", "key", "sentence"),
    [
        (
            {"signs": {"spots": {}}},
            "signs.spots",
            "There is no sign 'spots' that is expected. Name one of signs.toml that is.",
        ),
        (
            {"signs": {"swollen_glands": EXPECTED["signs"]["redness"]}},
            "signs.swollen_glands",
            "There is no sign 'swollen_glands' that is expected. Name one of signs.toml that is.",
        ),
        (
            {"signs": {"bruising": EXPECTED["signs"]["redness"]}},
            "signs.bruising",
            "Say late exactly where the sign is still expected after its window.",
        ),
        (
            {"signs": {"redness": EXPECTED["signs"]["bruising"]}},
            "signs.redness",
            "Say late exactly where the sign is still expected after its window.",
        ),
        (
            {"signs": {"bruising": EXPECTED["signs"]["bruising"] | {"facts": ["MEM-009"]}}},
            "signs.bruising",
            "MEM-009 is from memory and never shown to a patient. Take it out.",
        ),
        ({"days": EXPECTED["days"][1:]}, "days", "Say something on each day from 0 to 14, once and in order."),
        (
            {"days": [EXPECTED["days"][0] | {"facts": ["AFT-999"]}]},
            "days[0]",
            "There is no fact 'AFT-999'. Name one of evidence/data/facts.",
        ),
        (
            {"later": [*EXPECTED["later"], EXPECTED["later"][0] | {"facts": ["AFT-999"]}]},
            "later[3]",
            "There is no fact 'AFT-999'. Name one of evidence/data/facts.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)
def test_a_wrong_expectation_is_refused(differs, key, sentence):
    with pytest.raises(DataError) as wrong:
        expected.load(EXPECTED | differs)
    assert (wrong.value.file, wrong.value.key, wrong.value.sentence) == ("expected.toml", key, sentence)


def test_what_is_expected_is_read():
    redness, bruising = EXPECTED["signs"]["redness"], EXPECTED["signs"]["bruising"]
    found = expected.load(EXPECTED | {"signs": {"redness": redness, "bruising": bruising}})
    assert found.over == "Tell us if you still have {signs}."
    late, short = found.reactions
    assert (late.sign, late.from_hours, late.usual_until_hours, late.until_hours) == ("redness", 0, 72, 168)
    assert (late.usual, late.late, late.still) == (redness["usual"], redness["late"], "redness")
    assert late.facts == tuple(redness["facts"])
    assert [source.id for source in late.sources][:2] == ["skinpen-ifu", "hong-kong-j-dermatol-venereol-2018-26-52-57"]
    assert (short.sign, short.late, short.still) == ("bruising", "", "bruises")


def test_the_days_are_read_and_then_what_takes_weeks():
    found = expected.load(EXPECTED).stretches
    assert [one.days for one in found[:2]] == [range(1), range(1, 3)]
    assert [one.text for one in found] == [one["text"] for one in EXPECTED["days"] + EXPECTED["later"]]
    assert [one.facts for one in found] == [tuple(one["facts"]) for one in EXPECTED["days"] + EXPECTED["later"]]
    assert [source.id for source in found[0].sources] == ["skinpen-manual-fr"]
