"""Grading: what is refused, and how scales are read and checked."""

import copy
from importlib.resources import files

import pytest

from needlework.clinical.grading import Grading, as_json, change, grade, keep, load, scale, scales, scales_by_id
from needlework.clinical.rule_set import VERSION
from needlework.evidence import toml
from needlework.evidence.errors import DataError, InputError

TABLE = toml.read(files("needlework.clinical") / "rules" / "grading.toml")


def refused(work) -> tuple[str, str]:
    with pytest.raises(InputError) as wrong:
        work()
    return wrong.value.field, wrong.value.sentence


def test_an_unknown_scale_is_refused():
    known = ", ".join(scales_by_id())
    assert refused(lambda: scale("sci-q")) == ("scale", f"There is no such scale. Send one of: {known}.")


def test_an_unknown_concern_is_refused():
    known = "acne-scars, wrinkles, uneven-tone, age-spots, melasma, stretch-marks"
    assert refused(lambda: scales("wisdom")) == ("concern", f"That is not known here. Send one of: {known}.")


@pytest.mark.parametrize("step", [0, 5, -1, 1.0, 2.5, True, "2", None])
def test_a_step_that_the_scale_does_not_have_is_refused(step):
    assert refused(lambda: grade("goodman-baron", {"grade": step})) == (
        "values.grade",
        "Send a whole number from 1 to 4.",
    )


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_every_step_of_the_scale_is_its_score(step):
    assert grade("goodman-baron", {"grade": step}) == Grading("goodman-baron", step, "lower", (1, 4))


def test_a_missing_item_is_refused():
    values = {"vascularity": 1, "pigmentation": 1, "height": 1}
    assert refused(lambda: grade("vancouver", values)) == (
        "values.pliability",
        "This is missing. Send a whole number from 0 to 5.",
    )


def test_an_item_that_is_not_asked_for_is_refused():
    assert refused(lambda: grade("vancouver", {"wisdom": 1})) == (
        "values",
        "There is an item that is not known. Send: vascularity, pigmentation, pliability, height.",
    )


@pytest.mark.parametrize("name", ["posas-2", "face-q", "ecca"])
def test_a_scale_that_is_not_reproduced_cannot_be_graded(name):
    assert refused(lambda: grade(name, {})) == (
        "scale",
        "This scale is not reproduced here. Rate it on its own form and keep the score.",
    )


@pytest.mark.parametrize("name", ["goodman-baron", "ecca"])
def test_only_a_stored_scale_keeps_a_score(name):
    assert refused(lambda: keep(name, 2, version="1")) == (
        "scale",
        "No score is kept for this scale. Rate it here, or by another.",
    )


@pytest.mark.parametrize("version", ["", "  "])
def test_a_kept_score_needs_its_version(version):
    assert refused(lambda: keep("posas-2", 6, version=version)) == (
        "version",
        "Name the version of the form, as it is printed on it.",
    )


@pytest.mark.parametrize("score", [5.9, 60.1, float("nan"), float("inf"), True, "12", None])
def test_a_kept_score_stays_within_the_range_where_that_is_known(score):
    assert refused(lambda: keep("posas-2", score, version="2.0")) == ("score", "Send a number from 6 to 60.")


@pytest.mark.parametrize("score", [6, 6.0, 33, 60])
def test_a_kept_score_may_lie_on_the_ends_of_the_range(score):
    assert keep("posas-2", score, version=" 2.0 ") == Grading("posas-2", score, "lower", (6, 60), "2.0")


def test_where_no_range_is_known_any_number_is_kept():
    assert keep("face-q", -3, version="x", better="higher") == Grading("face-q", -3, "higher", None, "x")
    assert refused(lambda: keep("face-q", float("nan"), version="x", better="higher")) == ("score", "Send a number.")


@pytest.mark.parametrize("better", [None, "none", "stated", "up"])
def test_where_the_direction_depends_on_the_version_it_must_be_said(better):
    assert refused(lambda: keep("face-q", 1, version="x", better=better)) == (
        "better",
        "Say whether lower or higher is better on the form that was used.",
    )


def test_a_direction_against_the_scales_own_is_refused():
    assert keep("posas-2", 6, version="2.0", better="lower").better == "lower"
    assert refused(lambda: keep("posas-2", 6, version="2.0", better="higher")) == (
        "better",
        "On this scale lower is better. Check the form that was used.",
    )


@pytest.mark.parametrize(
    ("score", "became", "difference"),
    [(1.0000004, "same", 0), (1.0000006, "worse", 0.000001), (1.00001, "worse", 0.00001)],
)
def test_a_difference_is_told_to_the_millionth(score, became, difference):
    before, after = (keep("dlqi", one, version="1") for one in (1, score))
    found = change("dlqi", before, after)
    assert (found.became, found.difference) == (became, difference)


def test_a_grading_as_it_is_stored():
    assert as_json(grade("bother", {"bother": 7})) == {
        "rule_set": VERSION,
        "scale": "bother",
        "version": None,
        "score": 7,
        "range": [0, 10],
        "better": "lower",
    }
    assert as_json(keep("face-q", 50, version="Lines", better="higher"))["range"] is None


def test_a_score_by_region_has_one_decimal():
    values = dict.fromkeys(scale("mmasi").asked, 1)
    assert grade("mmasi", {**values, "chin-area": 3}).score == 1.2


def test_the_items_by_region_are_named_region_first():
    assert list(scale("mmasi").asked)[:3] == ["forehead-area", "forehead-darkness", "cheek-right-area"]
    assert list(scale("glogau").asked) == ["class"]


def test_a_stored_scale_says_where_it_is_had_from():
    assert scale("posas-2").obtained_from == "posas.nl: forms and instructions from the makers"
    assert scale("glogau").obtained_from is None


def test_sources_are_those_of_the_facts_each_once_and_the_scales_own():
    assert [source.id for source in scale("face-q").sources] == [
        "q-portfolio-face-q-aesthetics",
        "mapi-research-trust-eprovide-face-q",
    ]
    assert [source.id for source in scale("bother").sources] == ["policy"]


def test_the_table_is_read_as_it_stands():
    made = load(TABLE)
    assert made == scales_by_id()
    assert [source.id for source in made["bother"].sources] == ["policy"]
    assert made["glogau"].items[0].levels[0] == "I: no wrinkles"
    assert type(made["glogau"].items[0].levels) is tuple


def broken(name: str, **changed) -> dict:
    entry = {**copy.deepcopy(TABLE[name]), **changed}
    return {name: {key: value for key, value in entry.items() if value is not None}}


ITEMS = {"id": "grade", "name": "Grade", "least": 1, "most": 4}
UNKNOWN_KEY = "Scale.__init__() got an unexpected keyword argument 'colour'. The keys are those of Scale."
RUMOUR = "There is no source 'rumour'. Add it to sources.toml, or name one that is there."
USE = "A graded scale has items; a stored one says where it is had from; a described one has neither."
LICENCE = "A licence that was read names its facts; one that was not, none."


@pytest.mark.parametrize(
    ("name", "changed", "sentence"),
    [
        ("glogau", {"use": "guessed"}, "use is not known. Use one of: graded, stored, described."),
        ("glogau", {"kind": "feeling"}, "kind is not known. Use one of: outcome, descriptor."),
        ("glogau", {"better": "up"}, "better is not known. Use one of: lower, higher, none, stated."),
        ("glogau", {"licence": "free"}, "licence is not known. Use one of: ours, open, conditions, needed, not read."),
        ("glogau", {"concerns": ["wisdom"]}, "'wisdom' is not known. Name concerns and raters of the terms."),
        ("glogau", {"rated_by": ["cat"]}, "'cat' is not known. Name concerns and raters of the terms."),
        ("glogau", {"items": None}, USE),
        ("ecca", {"items": [ITEMS]}, USE),
        ("ecca", {"from": "somewhere"}, USE),
        ("dlqi", {"from": None}, USE),
        ("glogau", {"better": "none"}, "A descriptor, and nothing else, has no better."),
        ("monk", {"better": "lower"}, "A descriptor, and nothing else, has no better."),
        ("glogau", {"licence": "open"}, LICENCE),
        ("monk", {"licence": "not read"}, LICENCE),
        ("bother", {"licence_facts": ["SCL-020"]}, LICENCE),
        ("glogau", {"range": [1, 5]}, "Its items reach from 1 to 4: mend range or items."),
        ("glogau", {"range": [0, 4]}, "Its items reach from 1 to 4: mend range or items."),
        ("glogau", {"facts": ["MEM-003"]}, "The fact 'MEM-003' was not read. Name one that was, or none."),
        ("glogau", {"sources": ["rumour"]}, RUMOUR),
        ("glogau", {"facts": ["ACN-999"]}, "There is no fact 'ACN-999'. Name one of evidence/data/facts."),
        ("monk", {"licence_facts": ["MEM-005"]}, "The fact 'MEM-005' was not read. Name one that was, or none."),
        ("glogau", {"colour": "red"}, UNKNOWN_KEY),
    ],
    ids=lambda value: "",
)  # fmt: skip
def test_a_scale_that_is_wrong_is_refused_with_what_to_do(name, changed, sentence):
    with pytest.raises(DataError) as wrong:
        load(broken(name, **changed))
    assert (wrong.value.file, wrong.value.key, wrong.value.sentence) == ("grading.toml", name, sentence)


@pytest.mark.parametrize("levels", [["one", "two", "three"], ["one", "two", "three", "four", "five"]])
def test_levels_that_do_not_fit_the_steps_are_refused(levels):
    with pytest.raises(DataError) as wrong:
        load(broken("glogau", items=[{**ITEMS, "levels": levels}]))
    assert (wrong.value.file, wrong.value.key, wrong.value.sentence) == (
        "grading.toml",
        "glogau.grade",
        "Each step needs its words: give as many levels as there are steps.",
    )
