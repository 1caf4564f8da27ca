"""What the law of each nation says about a plan on a day."""

from datetime import date

import pytest

from needlework.evidence.errors import DataError, InputError
from needlework.evidence.nations import NATIONS, law, licence_from, load, premises, provisions

COUNCIL, PERMITTED, AGE = "scotland-council-licence", "scotland-permitted-premises", "scotland-age"
SHALLOW, DEEP, UNSTATED = [COUNCIL], [PERMITTED, AGE], [COUNCIL, PERMITTED, AGE]
START = date(2027, 9, 6)

ENTRY = {
    "nation": "Scotland",
    "text": "A licence is needed.",
    "sources": ["ssi-2026-87"],
    "confidence": "medium",
    "review_by": date(2027, 2, 22),
}


def ids(nation, **plan):
    return [one.id for one in law(nation, **plan)]


@pytest.mark.parametrize(
    ("depth_mm", "told"),
    [(0, SHALLOW), (1.49, SHALLOW), (1.5, DEEP), (1.51, DEEP), (None, UNSTATED)],
    ids=["no depth", "below", "at", "above", "not stated"],
)
def test_scotland_draws_its_line_at_one_and_a_half_millimetres(depth_mm, told):
    assert ids("Scotland", depth_mm=depth_mm) == told


@pytest.mark.parametrize("feature", ["radiofrequency", "prescribed-anaesthetic", "intimate-area"])
@pytest.mark.parametrize("depth_mm", [0.5, 1.5, None], ids=["shallow", "deep", "not stated"])
def test_what_scotland_schedules_counts_as_deep_at_any_depth(feature, depth_mm):
    assert ids("Scotland", depth_mm=depth_mm, features=[feature]) == DEEP


def test_any_other_feature_changes_nothing():
    assert ids("Scotland", depth_mm=0.5, features=["hydrogel"]) == SHALLOW


@pytest.mark.parametrize("depth_mm", [0.5, 1.5, None], ids=["shallow", "deep", "not stated"])
@pytest.mark.parametrize(
    ("nation", "told"),
    [
        ("England", ["england-licensing", "england-age"]),
        ("Wales", ["wales-special-procedures"]),
        ("Northern Ireland", ["northern-ireland"]),
    ],
    ids=["England", "Wales", "Northern Ireland"],
)
def test_the_other_nations_draw_no_line(nation, told, depth_mm):
    assert ids(nation, depth_mm=depth_mm, features=["radiofrequency"]) == told


def test_an_unknown_nation_is_refused():
    with pytest.raises(InputError) as wrong:
        law("scotland")
    assert str(wrong.value) == (
        "nation: That is not known here. Send one of: England, Scotland, Wales, Northern Ireland."
    )


@pytest.mark.parametrize(
    ("on", "says"),
    [
        (date(2027, 9, 5), "a council licence will be needed from 6 September 2027"),
        (date(2027, 9, 6), "a council licence is needed"),
        (date(2027, 9, 7), "a council licence is needed"),
    ],
    ids=["the day before", "the day", "the day after"],
)
def test_the_scottish_licence_is_told_as_of_the_planned_day(on, says):
    (licence,) = law("Scotland", depth_mm=1)
    assert licence.told(on).startswith(
        "Below 1.5 mm, with no radiofrequency, no prescribed anaesthetic and no intimate area, "
    )
    assert says in licence.told(on)


def test_a_provision_without_a_start_is_told_the_same_on_any_day():
    first, _ = law("Scotland", depth_mm=2)
    assert first.told(date(2020, 1, 1)) == first.told(date(2040, 1, 1)) == first.text


def test_a_provision_is_written():
    (licence,) = law("Scotland", depth_mm=1)
    assert licence.as_json(date(2026, 12, 1)) == {
        "nation": "Scotland",
        "text": licence.text_before,
        "in_force": "2027-09-06",
        "sources": [
            {
                "title": "Civic Government (Scotland) Act 1982 (Licensing of Non-surgical Procedures) Order 2026, "
                "S.S.I. 2026/87",
                "url": "https://www.legislation.gov.uk/ssi/2026/87",
                "strength": "law (its own schedule was not read)",
            }
        ],
    }


def test_a_provision_without_a_start_is_written_without_one():
    assert law("England")[0].as_json(date(2026, 12, 1))["in_force"] is None


def test_what_was_never_checked_says_so():
    (northern_ireland,) = law("Northern Ireland")
    assert [one.id for one in northern_ireland.sources] == ["memory"]
    assert "from memory, not checked" in northern_ireland.text


@pytest.mark.parametrize("nation", NATIONS)
def test_every_nation_has_its_law(nation):
    assert law(nation)


def test_the_licence_starts_in_scotland_alone():
    assert {nation: licence_from(nation) for nation in NATIONS} == {
        "England": None,
        "Scotland": START,
        "Wales": None,
        "Northern Ireland": None,
    }


def test_the_premises_that_scotland_permits():
    assert provisions()[PERMITTED].permitted_premises == (
        "his-registered-clinic",
        "independent-hospital",
        "gp-practice",
        "dental-practice",
        "pharmacy",
    )
    assert set(premises()) - set(provisions()[PERMITTED].permitted_premises) == {"clinic", "salon", "home-visit"}


def refused(sentence, **changed):
    with pytest.raises(DataError) as wrong:
        load({"premises": ["clinic", "salon"], "licence": {**ENTRY, **changed}})
    assert str(wrong.value) == f"nations.toml: licence: {sentence}"


def test_a_bare_provision_is_read():
    (made,) = load({"premises": ["clinic"], "licence": ENTRY}).values()
    assert (made.id, made.licence, made.permitted_premises, made.in_force) == ("licence", False, (), None)


def test_a_provision_of_an_unknown_nation_is_refused():
    refused("There is no nation 'UK'. Write one of: England, Scotland, Wales, Northern Ireland.", nation="UK")


def test_a_provision_with_both_depths_is_refused():
    refused(
        "A provision holds from a depth or below one: keep depth_from_mm or depth_below_mm, not both.",
        depth_from_mm=1.5,
        depth_below_mm=1.5,
    )


def test_a_provision_that_starts_says_what_holds_until_then():
    refused("Until in_force something else is true: say it in text_before.", in_force=START)


def test_what_holds_until_then_needs_the_day():
    refused("text_before needs the day on which it ends: add in_force.", text_before="Not yet.")


def test_a_licence_needs_its_day():
    refused("A licence needs the day from which it is asked for: add in_force.", licence=True)


def test_a_licence_with_its_day_is_read():
    changed = {**ENTRY, "licence": True, "in_force": START, "text_before": "Not yet."}
    assert load({"premises": ["clinic"], "licence": changed})["licence"].licence


def test_unknown_premises_are_refused():
    refused("There are no premises 'barn'. Write one of: clinic, salon.", permitted_premises=["clinic", "barn"])


def test_known_premises_are_read():
    table = {"premises": ["clinic", "salon"], "licence": {**ENTRY, "permitted_premises": ["salon"]}}
    assert load(table)["licence"].permitted_premises == ("salon",)


def test_an_unknown_source_is_refused():
    refused("There is no source 'nowhere'. Add it to sources.toml, or name one that is there.", sources=["nowhere"])


def test_an_unknown_key_is_refused():
    refused("There is no key 'in_forse'. Did you mean 'in_force'?", in_forse=START)


@pytest.mark.parametrize("table", [{}, {"premises": []}, {"premises": "clinic"}], ids=["none", "empty", "a text"])
def test_a_table_without_premises_is_refused(table):
    with pytest.raises(DataError) as wrong:
        load(table)
    assert str(wrong.value) == (
        "nations.toml: premises: The kinds of premises are missing. Write a list of texts, at least one."
    )
