"""The published numbers: every entry once, for one use, with what of it was read, and refused where it claims more."""

from collections import Counter
from hashlib import sha256
from importlib.resources import files

import pytest

from docs.generator.forecast_data import pages
from needlework.evidence.errors import DataError
from needlework.forecast.data.entries import digest, entries, entry, load
from needlework.forecast.data.vocabulary import AXES, BLOCKS, ERRORS, OF, READ, USES
from needlework.forecast.model.parameters import parameters

FITTED_AND_TESTED = [one for one in entries().values() if one.use in {"fit", "heldout"}]
WITHOUT_HTTPS = {"acne_sharma_prp", "wr_dermapen_aging2018", "geo_dermapen_90hz"}
"""Whether these sites answer over https was not seen."""

GOOD = {
    "block": "acne",
    "quantity": "scar score",
    "units": "points",
    "x": {"sessions": 3, "days_after_last": [30, 90]},
    "y": {"before": [3.2], "after": [2.4, "not given"]},
    "error": {"kind": "sd", "before": [0.4]},
    "n": 40,
    "source": "Sharma 2019",
    "url": "https://example.org/one",
    "read": "partly",
    "of": "microneedling",
}
"""A made-up entry that has everything."""

NEITHER_NUMBERS = {"y": None, "units": None}
REFUSED = {
    "nothing under its id": ("fit", "text", "This stands under no id. Put it under the line [id] of its entry."),
    "a key that does not exist": (
        "fit",
        {"unit": "mm"},
        "There is no key 'unit'. Did you mean 'units'?",
    ),
    "no source": (
        "fit",
        {"source": None},
        "source is missing. Write a text between quotation marks, not an empty one.",
    ),
    "an empty list": (
        "fit",
        {"y": []},
        "y is not what it must be. Write a list of numbers and texts, at least one, or a table of such lists.",
    ),
    "a table with a bare number": (
        "fit",
        {"y": {"before": 3.2}},
        "y is not what it must be. Write a list of numbers and texts, at least one, or a table of such lists.",
    ),
    "circumstances in a list": (
        "fit",
        {"x": [30]},
        "x is not what it must be. "
        "Write a table of numbers, texts and lists of them: { sessions = 3, days = [30, 90] }.",
    ),
    "a truth among circumstances": (
        "fit",
        {"x": {"occluded": True}},
        "x is not what it must be. "
        "Write a table of numbers, texts and lists of them: { sessions = 3, days = [30, 90] }.",
    ),
    "an error of no kind": (
        "fit",
        {"error": {"values": [0.4]}},
        'error is not what it must be. Write a table that says its kind: { kind = "sd", values = [0.4, 0.6] }.',
    ),
    "an error that is a number": (
        "fit",
        {"error": 0.4},
        'error is not what it must be. Write a table that says its kind: { kind = "sd", values = [0.4, 0.6] }.',
    ),
    "half read": ("fit", {"read": "half"}, "read 'half' is not one of: read, partly, second-hand, not read."),
    "evidence of plants": (
        "fit",
        {"of": "plant"},
        "of 'plant' is not one of: microneedling, analogue, wound, animal, in-vitro, device, opinion.",
    ),
    "an error of an unknown kind": (
        "fit",
        {"error": {"kind": "SD"}},
        "kind 'SD' is not one of: sd, assumed sd, se, ci, ci95, ci95 as printed, ci99, iqr, range, plus or minus, p, "
        "upper bound, upper bound for the longest, bounds.",
    ),
    "an unknown block": (
        "fit",
        {"block": "hair"},
        "block 'hair' is not one of: pore, erythema, cells, age, histology, acne, depth, spacing, wrinkle, striae, "
        "geometry.",
    ),
    "an axis that is nearly known": (
        "fit",
        {"x": {"interval_day": 30}},
        "x has no axis 'interval_day'. Did you mean 'interval_days'?",
    ),
    "an axis without a unit": (
        "fit",
        {"x": {"temperature": 37}},
        "x has no axis 'temperature'. Use a known one, or add it with its unit to AXES.",
    ),
    "numbers without a unit": ("context", {"units": None}, "Numbers need their unit: add units."),
    "fitted and never read": (
        "fit",
        {"read": "not read"},
        "Nobody has read this: move it to context.toml until its numbers were seen.",
    ),
    "held out and never read": (
        "heldout",
        {"read": "not read"},
        "Nobody has read this: move it to context.toml until its numbers were seen.",
    ),
    "fitted without numbers": (
        "fit",
        NEITHER_NUMBERS,
        "This has no numbers: say in note how its sentence is used, or move it to context.toml.",
    ),
    "held out with words for numbers": (
        "heldout",
        {"y": ["more"]},
        "This has no numbers: say in note how its sentence is used, or move it to context.toml.",
    ),
    "no address and no word about it": (
        "prior",
        {"url": None},
        "This has no address: add url, or say in note why there is none.",
    ),
    "the number of a machine": (
        "prior",
        {"url": "http://192.0.2.1:8081/360747"},
        "url does not lead to a site by its name: write https://, or leave it out and say why in note.",
    ),
    "an address without a scheme": (
        "prior",
        {"url": "example.org"},
        "url does not lead to a site by its name: write https://, or leave it out and say why in note.",
    ),
}
TAKEN = {
    "everything": ("fit", {}),
    "no error": ("fit", {"error": None}),
    "a sentence with a note": ("fit", {**NEITHER_NUMBERS, "note": "Only its sign is used."}),
    "a sentence that is not used": ("context", NEITHER_NUMBERS),
    "what nobody read, as context": ("context", {"read": "not read"}),
    "no address, with a note": ("fit", {"url": None, "note": "The page is gone."}),
    "an older address": ("fit", {"url": "http://example.org"}),
}


def changed(changes):
    """Return the good entry with changes; None takes a key out."""
    return {key: value for key, value in (GOOD | changes).items() if value is not None}


def test_every_entry_stands_once_with_its_use():
    assert Counter(one.use for one in entries().values()) == {"fit": 27, "prior": 14, "heldout": 13, "context": 32}
    assert all(entry(key) is one and one.id == key for key, one in entries().items())


def test_every_word_of_the_vocabulary_is_used():
    every = entries().values()
    assert {one.use for one in every} == set(USES)
    assert {one.read for one in every} == set(READ)
    assert {one.of for one in every} == set(OF)
    assert {one.block for one in every} == set(BLOCKS)
    assert {axis for one in every for axis in one.x} == set(AXES)
    assert {one.error["kind"] for one in every if one.error} == set(ERRORS)


def test_what_a_prior_names_is_an_entry():
    named = {key for one in parameters().values() for key in one.entries}
    assert named - set(entries()) == set()


@pytest.mark.parametrize("one", FITTED_AND_TESTED, ids=lambda one: one.id)
def test_what_is_fitted_or_tested_on_was_read_in_some_way(one):
    assert one.read != "not read"
    assert one.numbers() or one.note


def test_an_address_is_https_or_known_not_to_be_or_absent_with_a_note():
    bare = {one.id for one in entries().values() if one.url and not one.url.startswith("https://")}
    assert bare == WITHOUT_HTTPS
    assert [one.id for one in entries().values() if not one.url] == ["col3_gay1978", "pen_sasaki2017"]


@pytest.mark.parametrize("key", ["cell_macrophage_skibidy", "cell_myofib_skibidy", "col_skibidy"])
def test_a_curve_has_a_number_for_each_day(key):
    assert len(entry(key).x["days"]) == len(entry(key).numbers())


@pytest.mark.parametrize("key", ["striae_jewds2017", "wr_dermapen_aging2018", "striae_alster2020"])
def test_people_are_counted_in_every_class(key):
    one = entry(key)
    assert sum(one.numbers("people")) == one.n
    assert len(one.numbers("people")) == len(one.x["class"])


@pytest.mark.parametrize("key", ["striae_jewds2017", "wr_dermapen_aging2018"])
def test_people_are_the_published_shares_of_all(key):
    one = entry(key)
    expected = [share * one.n for share in one.numbers("share")]
    assert one.numbers("people") == pytest.approx(expected, abs=0.006)


def test_numbers_are_of_one_row_or_of_all_without_texts():
    (made,) = load([("fit", {"one": GOOD})]).values()
    assert made.numbers("before") == (3.2,)
    assert made.numbers() == (3.2, 2.4)


def test_what_was_read_cannot_be_changed():
    (made,) = load([("fit", {"one": GOOD})]).values()
    assert made.x["days_after_last"] == (30, 90)
    assert made.y["after"] == (2.4, "not given")


@pytest.mark.parametrize(("use", "changes"), TAKEN.values(), ids=TAKEN)
def test_an_entry_is_taken_with(use, changes):
    assert load([(use, {"one": changed(changes)})])["one"].use == use


@pytest.mark.parametrize(("use", "changes", "sentence"), REFUSED.values(), ids=REFUSED)
def test_an_entry_is_refused_with(use, changes, sentence):
    table = changed(changes) if isinstance(changes, dict) else changes
    with pytest.raises(DataError) as refused:
        load([(use, {"one": table})])
    assert str(refused.value) == f"{use}.toml: one: {sentence}"


def test_an_id_is_refused_in_a_second_file():
    with pytest.raises(DataError) as refused:
        load([("fit", {"one": GOOD}), ("heldout", {"one": GOOD})])
    sentence = "This id is already in fit.toml. Keep the entry in one file, for one use."
    assert str(refused.value) == f"heldout.toml: one: {sentence}"


def test_the_digest_is_that_of_what_is_fitted_and_then_of_the_priors():
    folder = files("needlework.forecast.data")
    both = b"".join((folder / name).read_bytes() for name in ("fit.toml", "parameters.toml"))
    assert digest() == sha256(both).hexdigest()


def test_the_page_tells_every_entry_and_counts_what_was_read():
    page = pages()["forecast/data.md"]
    headings = [line.removeprefix("#### ") for line in page.splitlines() if line.startswith("#### ")]
    assert sorted(headings) == sorted(entries())
    assert "**Fitted** (the model is fitted to it): 27 entries; 18 read, 6 partly, 3 second-hand." in page
    assert "**Hardly any full text was read.**" in page
