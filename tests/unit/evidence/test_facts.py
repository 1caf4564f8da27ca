"""Facts: what the loader refuses, each with file, key and what to do; and what a patient may be shown."""

import pytest

from needlework.evidence import toml
from needlework.evidence.errors import DataError
from needlework.evidence.facts import fact, facts, load
from needlework.evidence.sources import STRENGTHS, sources

ENTRY = {
    "statement": "The label evaluated depths up to 1.5 mm.",
    "value": 1.5,
    "unit": "mm",
    "range": [0, 1.5],
    "applies_to": "SkinPen",
    "source": "fda-den160029",
    "strength": "regulator",
    "strength_class": "regulator_or_ifu",
    "verified": True,
    "primary_read": True,
}
FROM_MEMORY = {"source": "memory", "strength_class": "memory", "verified": False, "primary_read": False}


def entry(*without, **changed):
    """Return the entry with some keys changed and some left out."""
    return {key: value for key, value in {**ENTRY, **changed}.items() if key not in without}


def refused(sentence, *without, **changed):
    with pytest.raises(DataError) as wrong:
        fact("device.toml", "DEV-900", entry(*without, **changed))
    assert str(wrong.value) == f"device.toml: DEV-900: {sentence}"


def test_a_whole_entry_is_read():
    made = fact("device.toml", "DEV-900", entry(note="n", read_via="mirror"))
    assert (made.id, made.topic, made.statement) == ("DEV-900", "device", ENTRY["statement"])
    assert (made.value, made.unit, made.range) == (1.5, "mm", (0, 1.5))
    assert made.source is sources()["fda-den160029"]
    assert (made.range_of, made.range_unit, made.note, made.read_via) == (None, None, "n", "mirror")


def test_a_bare_entry_is_read():
    made = fact("device.toml", "DEV-900", entry("value", "unit", "range"))
    assert (made.value, made.unit, made.range) == (None, None, None)


def test_an_unknown_source_is_refused():
    refused("There is no source 'nowhere'. Add it to sources.toml, or name one that is there.", source="nowhere")


def test_a_number_without_its_unit_is_refused():
    refused("A number needs its unit: add unit.", "unit")


def test_a_range_without_its_unit_is_refused():
    refused("A number needs its unit: add unit.", "unit", "value")


def test_a_number_beside_a_range_of_something_else_still_needs_its_unit():
    refused("A number needs its unit: add unit.", "unit", range_of="needles", range_unit="mm")


def test_a_range_with_its_own_unit_needs_no_other():
    assert fact("a.toml", "A", entry("unit", "value", range_of="needles", range_unit="mm")).range_unit == "mm"


def test_a_text_needs_no_unit():
    assert fact("a.toml", "A", entry("unit", "range", value="K202243")).value == "K202243"


@pytest.mark.parametrize("value", [0, 1.5], ids=["lower end", "upper end"])
def test_a_range_holds_its_ends(value):
    assert fact("a.toml", "A", entry(value=value)).value == value


@pytest.mark.parametrize("value", [-0.01, 1.51], ids=["below", "above"])
def test_a_range_that_does_not_hold_its_value_is_refused(value):
    refused("The range does not hold the value: mend one, or say range_of what it is.", value=value)


def test_a_range_of_something_else_need_not_hold_the_value():
    assert fact("a.toml", "A", entry(value=3, range_of="needles", range_unit="mm")).range_of == "needles"


@pytest.mark.parametrize("lone", ["range_of", "range_unit"])
def test_a_range_of_something_else_says_both_what_and_in_which_unit(lone):
    refused(
        "A range of something else says both what and in which unit: add range_of and range_unit.", **{lone: "needles"}
    )


@pytest.mark.parametrize("lone", ["range_of", "range_unit"])
def test_what_speaks_of_a_range_that_is_not_there_is_refused(lone):
    refused("range_of and range_unit speak of a range: add range, or take them out.", "range", **{lone: "needles"})


def test_a_range_of_three_is_refused():
    refused("range is not what it must be. Write its two ends, the lower first: [0.5, 1.5].", range=[0, 1, 2])


def test_an_id_that_is_in_another_file_is_refused():
    with pytest.raises(DataError) as wrong:
        load([("device.toml", {"DEV-900": ENTRY}), ("plan.toml", {"DEV-900": ENTRY})])
    assert str(wrong.value) == "plan.toml: DEV-900: This id is already in device.toml. Give the new fact its own."


def test_an_id_twice_in_one_file_is_refused():
    with pytest.raises(DataError) as wrong:
        toml.loads("[DEV-900]\nvalue = 1\n[DEV-900]\nvalue = 2\n", name="device.toml")
    assert str(wrong.value).startswith("device.toml: syntax: This is not TOML (Cannot declare ('DEV-900',) twice")
    assert str(wrong.value).endswith("). Mend that line.")


UNVERIFIED = "An unverified fact says so: strength_class is memory and primary_read is false until its source was read."


def test_an_unverified_fact_that_does_not_say_so_is_refused():
    refused(UNVERIFIED, verified=False, primary_read=False)


def test_an_unverified_fact_that_was_read_in_its_primary_source_is_refused():
    refused(UNVERIFIED, **{**FROM_MEMORY, "primary_read": True})


MEMORY = "Nothing was read for this fact: say verified = false and primary_read = false."


def test_a_fact_from_memory_that_claims_to_be_verified_is_refused():
    refused(MEMORY, **{**FROM_MEMORY, "verified": True})


def test_a_fact_of_a_source_without_address_that_claims_to_be_verified_is_refused():
    refused(MEMORY, source="policy", strength_class="policy")


def test_a_fact_of_class_memory_with_a_real_source_that_claims_to_be_verified_is_refused():
    refused(MEMORY, strength_class="memory")


def test_an_unknown_strength_is_refused():
    refused(f"strength_class 'strong' is not one of: {', '.join(STRENGTHS)}.", strength_class="strong")


def test_an_unknown_key_is_refused():
    refused("There is no key 'statment'. Did you mean 'statement'?", statment="one")


def test_an_empty_statement_is_refused():
    refused("statement is not what it must be. Write a text between quotation marks, not an empty one.", statement=" ")


def test_a_text_for_verified_is_refused():
    refused("verified is not what it must be. Write true or false, without quotation marks.", verified="false")


def test_a_list_for_the_source_is_refused():
    refused("source is not what it must be. Write a text between quotation marks, not an empty one.", source=["a"])


@pytest.mark.parametrize("key", ["statement", "applies_to", "source", "strength", "strength_class"])
def test_what_every_fact_needs_is_not_left_out(key):
    refused(f"{key} is missing. Write a text between quotation marks, not an empty one.", key)


@pytest.mark.parametrize("key", ["verified", "primary_read"])
def test_every_fact_says_how_it_was_read(key):
    refused(f"{key} is missing. Write true or false, without quotation marks.", key)


@pytest.mark.parametrize("key", ["unit", "range_unit", "range_of", "note", "read_via"])
def test_what_a_fact_may_say_is_a_text(key):
    refused(f"{key} is not what it must be. Write a text between quotation marks, not an empty one.", **{key: 1})


def test_what_stands_under_no_id_is_refused():
    with pytest.raises(DataError, match=r"device.toml: verified: This stands under no id"):
        load([("device.toml", {"verified": True})])


def test_every_fact_is_there():
    assert len(facts()) == 316
    assert sum(one.verified for one in facts().values()) == 300


def test_a_fact_from_memory_is_marked_and_never_shown_to_a_patient():
    from_memory = [one for one in facts().values() if one.from_memory]
    assert {one.id for one in from_memory} == {one for one in facts() if one.startswith("MEM-")}
    assert len(from_memory) == 16
    assert not any(one.for_patients or one.verified or one.primary_read for one in from_memory)


def test_patients_may_be_shown_every_verified_fact_and_no_other():
    shown = [one for one in facts().values() if one.for_patients]
    assert len(shown) == 300
    assert all(one.verified and one.strength_class != "memory" for one in shown)


def test_a_fact_from_memory_is_not_for_patients():
    assert not fact("a.toml", "A", entry(**FROM_MEMORY)).for_patients
    assert fact("a.toml", "A", ENTRY).for_patients
