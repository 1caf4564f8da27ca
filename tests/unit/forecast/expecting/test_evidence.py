"""What stands behind each curve."""

import pytest

from needlework.evidence.errors import DataError
from needlework.forecast.concerns import CONCERNS
from needlework.forecast.expecting.evidence import ALWAYS, TAGS, differences, load, supports, told
from tests.expecting import course

GOOD = {"tag": "measured", "because": "It was.", "entries": ["wr_ablon2018"]}


def tags(course, instead=(), scales=()):
    return {one["of"]: one["tag"] for one in told(course, instead, scales, scales)}


@pytest.mark.parametrize("concern", CONCERNS)
def test_every_curve_has_a_tag_a_reason_and_sources(concern):
    found = told(course(concern=concern), [course(0)], ["share"], ["share"])
    assert [one["of"] for one in found] == [*ALWAYS, "alternatives", "place", "updated"]
    assert {one["tag"] for one in found} <= set(TAGS)
    assert all(one["because"] and one["sources"] for one in found)


def test_a_source_is_a_title_with_its_address():
    (series,) = (one for one in told(course(concern="wrinkles"), (), ()) if one["of"] == "series")
    assert series["sources"][0] == {
        "title": "Ablon 2018 JCAD 11(8):29",
        "url": "https://jcadonline.com/august-2018-microneedling/",
    }


def test_what_nobody_asked_for_has_no_tag():
    assert set(tags(course())) == set(ALWAYS)


def test_photographs_rest_on_an_assumed_slope():
    assert tags(course(), scales=["share", "photo"])["place"] == "prior-only"
    assert tags(course(), scales=["share", "photo"])["updated"] == "prior-only"
    assert tags(course(), scales=["share"])["place"] == "measured"


@pytest.mark.parametrize(
    ("other", "key", "tag"),
    [
        (course(0, 28), "sessions", "measured"),
        (course(0, 28, 56, 84, 112), "sessions", "measured"),
        (course(), "sessions", "measured"),
        (course(0, 14, 28, 42), "interval", "analogue"),
        (course(depth_mm=2.0), "depth", "prior-only"),
        (course(punctures_per_cm2=500), "density", "prior-only"),
    ],
)
def test_another_course_rests_on_what_it_differs_in(other, key, tag):
    assert differences(course(), other) == [f"alternatives.{key}"]
    assert tags(course(), [other])["alternatives"] == tag


def test_all_that_another_course_differs_in_is_told():
    assert differences(course(), course(0, 14, depth_mm=1.0)) == [
        "alternatives.sessions",
        "alternatives.interval",
        "alternatives.depth",
    ]


def test_the_weakest_of_several_differences_is_the_tag_and_all_reasons_are_told():
    (found,) = (
        one for one in told(course(), [course(0), course(0, 14, depth_mm=1.0)], ()) if one["of"] == "alternatives"
    )
    assert found["tag"] == "prior-only"
    assert "The one trial of spacing was of laser" in found["because"]
    assert "no difference is stated" in found["because"]
    assert len(found["sources"]) == 5


def test_no_curve_speaks_of_elastin():
    assert not any("elasti" in one.because.lower() for one in supports().values())


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"tag": "certain"}, "tag 'certain' is not one of: measured, analogue, prior-only."),
        ({"entries": ["ablon"]}, "There is no entry 'ablon'. Take an id of the data files."),
        ({"entries": []}, "entries is not what it must be. Write a list of texts, at least one."),
    ],
)
def test_a_file_that_claims_what_is_not_there_is_refused(changes, sentence):
    with pytest.raises(DataError) as wrong:
        load({"series": {"wrinkles": GOOD | changes}})
    assert str(wrong.value) == f"evidence.toml: series.wrinkles: {sentence}"
    assert load({"redness": GOOD})["redness"].tag == "measured"
