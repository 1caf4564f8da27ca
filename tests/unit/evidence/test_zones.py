"""Zones and the groups that stand for several."""

import pytest

from needlework.evidence import zones
from needlework.evidence.errors import DataError, InputError

TABLE = zones.zones()


def test_a_zone_stands_for_itself():
    assert zones.expand(["chin"], field="zones") == ("chin",)


def test_a_group_stands_for_its_zones_in_the_tables_order():
    assert zones.expand(["cheeks"], field="zones") == ("cheek-left", "cheek-right")


def test_each_zone_comes_once():
    group, members = next(iter(TABLE.groups.items()))
    assert zones.expand([*members, group], field="zones") == zones.expand([group], field="zones")


def test_the_order_is_the_tables_whatever_was_asked():
    first, second = TABLE.face[0], TABLE.body[0]
    assert zones.expand([second, first], field="zones") == (first, second)


def test_an_unknown_zone_names_its_place_and_the_nearest():
    with pytest.raises(InputError) as wrong:
        zones.expand(["chin", "cheek-lift"], field="treatment.zones")
    assert str(wrong.value) == "treatment.zones[1]: There is no such zone. Did you mean 'cheek-left'?"


def test_an_unknown_zone_near_nothing():
    with pytest.raises(InputError) as wrong:
        zones.expand(["qqqq"], field="zones")
    assert (
        str(wrong.value)
        == "zones[0]: There is no such zone. Zones are named as cheek-left or abdomen, groups as cheeks or thighs."
    )


def test_a_zone_that_is_never_treated_may_be_named_but_not_planned():
    never = TABLE.never_treated[0]
    assert zones.expand([never], field="zones") == (never,)
    with pytest.raises(InputError) as wrong:
        zones.expand([never], field="zones", planned=True)
    assert str(wrong.value) == f"zones: {never!r} is never treated. Take it out of the plan."


def test_treatable_zones_may_be_planned():
    assert zones.expand(TABLE.treatable, field="zones", planned=True) == TABLE.treatable


KINDS = {"face": ["chin"], "body": ["back"], "never_treated": ["eyelid"]}


def test_a_group_of_a_zone_that_is_not_there_is_refused():
    with pytest.raises(DataError) as wrong:
        zones.checked({**KINDS, "groups": {"all": ["chin", "toe"]}})
    assert str(wrong.value) == "zones.toml: groups.all: 'toe' is no zone. Name zones of this table."


def test_a_table_of_zones_is_read():
    made = zones.checked({**KINDS, "groups": {"all": ["chin", "back"]}})
    assert (made.treatable, made.groups) == (("chin", "back"), {"all": ("chin", "back")})


def test_a_zone_of_two_kinds_is_refused():
    with pytest.raises(DataError) as wrong:
        zones.checked({**KINDS, "body": ["back", "chin"], "groups": {}})
    assert str(wrong.value) == "zones.toml: body: 'chin' is there twice. Keep one of the two."


def test_a_group_with_the_name_of_a_zone_may_not_mean_another():
    with pytest.raises(DataError) as wrong:
        zones.checked({**KINDS, "groups": {"chin": ["chin", "back"]}})
    assert str(wrong.value) == "zones.toml: groups.chin: A zone has this name. Give the group its own."


@pytest.mark.parametrize("key", ["face", "body", "never_treated"])
def test_a_kind_left_out_is_refused(key):
    with pytest.raises(DataError, match=rf"zones.toml: the whole file: {key} is missing"):
        zones.checked({one: value for one, value in {**KINDS, "groups": {}}.items() if one != key})


def test_a_group_that_is_no_list_is_refused():
    with pytest.raises(DataError) as wrong:
        zones.checked({**KINDS, "groups": {"all": "chin"}})
    assert str(wrong.value) == (
        "zones.toml: groups.all: A group is a list of zones. Write a list of texts, at least one."
    )


def test_a_group_with_the_name_of_a_zone_may_mean_that_zone():
    assert zones.checked({**KINDS, "groups": {"chin": ["chin"]}}).groups == {"chin": ("chin",)}


def test_groups_are_a_table():
    with pytest.raises(DataError) as wrong:
        zones.checked({**KINDS, "groups": ["chin"]})
    assert str(wrong.value) == "zones.toml: the whole file: groups is not what it must be. Write the table [groups]."
