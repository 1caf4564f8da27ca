"""Sources: what the loader refuses, and how one is written."""

import pytest

from needlework.evidence.errors import DataError
from needlework.evidence.facts import facts
from needlework.evidence.sources import STRENGTHS, WITHOUT_ADDRESS, cite, load, sources

ENTRY = {"title": "A trial", "url": "https://example.org/", "strength": "RCT", "strength_class": "rct"}


def refused(sentence, *without, **changed):
    changed_entry = {key: value for key, value in {**ENTRY, **changed}.items() if key not in without}
    with pytest.raises(DataError) as wrong:
        load({"trial": changed_entry})
    assert str(wrong.value) == f"sources.toml: trial: {sentence}"


def test_a_source_is_read_and_written():
    source = load({"trial": ENTRY})["trial"]
    assert (source.id, source.strength_class) == ("trial", "rct")
    assert source.as_json() == {"title": "A trial", "url": "https://example.org/", "strength": "RCT"}


def test_a_publication_without_its_address_is_refused():
    refused("A publication needs its address: add url.", "url")


@pytest.mark.parametrize("strength", sorted(WITHOUT_ADDRESS))
def test_memory_and_policy_have_no_address(strength):
    entry = {"title": strength, "strength": strength, "strength_class": strength}
    assert load({strength: entry})[strength].url is None


def test_an_unknown_strength_is_refused():
    refused(f"strength_class 'strong' is not one of: {', '.join(STRENGTHS)}.", strength_class="strong")


def test_an_unknown_key_is_refused():
    refused("There is no key 'link'. Known here: same_as, strength, strength_class, title, url.", link="x")


@pytest.mark.parametrize("key", ["title", "url", "strength", "strength_class"])
def test_an_empty_text_is_refused(key):
    refused(f"{key} is not what it must be. Write a text between quotation marks, not an empty one.", **{key: ""})


@pytest.mark.parametrize("key", ["title", "strength", "strength_class"])
def test_what_every_source_needs_is_not_left_out(key):
    refused(f"{key} is missing. Write a text between quotation marks, not an empty one.", key)


def twins(**same_as):
    """Return three sources, some of them the same as another."""
    return load({key: ENTRY | ({"same_as": same_as[key]} if key in same_as else {}) for key in "abc"})


def test_a_publication_that_was_read_at_two_addresses_is_one():
    found = twins(b="a")
    assert {key: one.publication for key, one in found.items()} == {"a": "a", "b": "a", "c": "c"}
    assert found["b"].as_json() == found["a"].as_json()


@pytest.mark.parametrize(
    ("same_as", "sentence"),
    [
        ({"b": "d"}, "b: same_as: There is no source 'd'. Name one that is there."),
        ({"b": "b"}, "b: same_as names the source itself. Name the other one, or drop it."),
        ({"b": "a", "a": "c"}, "b: same_as names a source that is the same as 'c'. Name 'c'."),
        ({"a": "b", "b": "a"}, "a: same_as names a source that is the same as 'a'. Name 'a'."),
        ({"a": ""}, "a: same_as is not what it must be. Write a text between quotation marks, not an empty one."),
    ],
    ids=["unknown", "itself", "chain", "ring", "empty"],
)
def test_a_twin_that_cannot_be_one_is_refused(same_as, sentence):
    with pytest.raises(DataError) as wrong:
        twins(**same_as)
    assert str(wrong.value) == f"sources.toml: {sentence}"


TWINS = {
    "juhasz-2020": "juhasz-cohen-2020-clin-cosmet-investig",
    "systematic-review-examining-the-potential": "gowda-2021",
    "waldman-et-al-2017-asds-guidelines-task": "asds-2017",
    "cdc-mmwr-2024-73-16-372-376-hiv-and-prp": "cdc-hiv",
    "dermapen-4-manual-p23-esmanual-top": "dermapen4-ifu",
    "alqam-et-al-2022-abstract-pmc9472661": "alqam-et-al-2022-aesthet-surg-j",
}


def test_what_was_read_at_two_addresses_is_marked_and_equally_strong():
    known = sources()
    assert {one.id: one.same_as for one in known.values() if one.same_as} == TWINS
    assert all(known[one].strength_class == known[other].strength_class for one, other in TWINS.items())


def test_an_unknown_source_is_not_cited():
    with pytest.raises(DataError) as wrong:
        cite(["fda-mn", "nowhere"], file="screening.toml", key="pregnant")
    assert str(wrong.value) == (
        "screening.toml: pregnant: There is no source 'nowhere'. Add it to sources.toml, or name one that is there."
    )


def test_sources_are_cited_in_the_order_they_are_named():
    assert [one.id for one in cite(iter(["policy", "fda-mn"]), file="a", key="b")] == ["policy", "fda-mn"]


def test_every_shipped_source_stands_with_its_address():
    assert {one.id for one in sources().values() if one.url is None} == WITHOUT_ADDRESS
    assert all(one.url is None or one.url.startswith(("http://", "https://")) for one in sources().values())


def test_no_address_is_there_twice():
    addresses = [one.url for one in sources().values() if one.url]
    assert len(addresses) == len(set(addresses))


def test_every_source_that_says_systematic_review_is_ranked_as_one():
    loose = [
        one.id
        for one in sources().values()
        if "systematic review" in one.title.lower() and one.strength_class == "review"
    ]
    assert loose == []


def test_no_fact_is_ranked_above_its_source():
    rank = list(STRENGTHS).index
    read = [one for one in facts().values() if one.strength_class not in {"derived", "compiled"}]
    above = {one.id for one in read if rank(one.strength_class) < rank(one.source.strength_class)}
    assert above == {"SAF-009"}, "a systematic review read in a report of it, and marked as not read itself"
