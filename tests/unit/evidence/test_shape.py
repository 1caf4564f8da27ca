"""The shape of an entry: each kind takes what it must and refuses the rest with its remedy."""

from datetime import UTC, date, datetime

import pytest

from needlework.evidence import shape
from needlework.evidence.errors import DataError

TAKEN = {
    "text": (shape.TEXT, "one"),
    "texts": (shape.TEXTS, ["one", "two"]),
    "truth": (shape.TRUTH, False),
    "number": (shape.NUMBER, 0.5),
    "whole number": (shape.NUMBER, 0),
    "infinite": (shape.NUMBER, float("inf")),
    "count": (shape.COUNT, 1),
    "text value": (shape.VALUE, "K202243"),
    "number value": (shape.VALUE, 1.5),
    "values": (shape.VALUES, [0.5, "not given"]),
    "table": (shape.TABLE, {"days": [1, 7]}),
    "range": (shape.RANGE, [0, 1.5]),
    "range of one point": (shape.RANGE, [30, 30]),
    "open range": (shape.RANGE, [6, float("inf")]),
    "day": (shape.DAY, date(2026, 11, 22)),
}

REFUSED = {
    "empty text": (shape.TEXT, "", "Write a text between quotation marks, not an empty one."),
    "blank text": (shape.TEXT, " \n", "Write a text between quotation marks, not an empty one."),
    "number for text": (shape.TEXT, 1, "Write a text between quotation marks, not an empty one."),
    "text for texts": (shape.TEXTS, "one", "Write a list of texts, at least one."),
    "no texts": (shape.TEXTS, [], "Write a list of texts, at least one."),
    "a number among texts": (shape.TEXTS, ["one", 2], "Write a list of texts, at least one."),
    "text for truth": (shape.TRUTH, "true", "Write true or false, without quotation marks."),
    "number for truth": (shape.TRUTH, 1, "Write true or false, without quotation marks."),
    "text for number": (shape.NUMBER, "1.5", "Write a number, without quotation marks."),
    "truth for number": (shape.NUMBER, True, "Write a number, without quotation marks."),
    "no number": (shape.NUMBER, float("nan"), "Write a number, without quotation marks."),
    "none counted": (shape.COUNT, 0, "Write a whole number of at least 1, without quotation marks."),
    "half counted": (shape.COUNT, 1.5, "Write a whole number of at least 1, without quotation marks."),
    "truth counted": (shape.COUNT, True, "Write a whole number of at least 1, without quotation marks."),
    "list value": (shape.VALUE, [1], "Write a number or a text."),
    "truth value": (shape.VALUE, True, "Write a number or a text."),
    "one number for values": (shape.VALUES, 1.5, "Write a list of numbers or texts, at least one."),
    "no values": (shape.VALUES, [], "Write a list of numbers or texts, at least one."),
    "a truth among values": (shape.VALUES, [1, True], "Write a list of numbers or texts, at least one."),
    "list for table": (shape.TABLE, [1], "Write a table: { days = [1, 7] }."),
    "empty table": (shape.TABLE, {}, "Write a table: { days = [1, 7] }."),
    "range of three": (shape.RANGE, [0, 1, 2], "Write its two ends, the lower first: [0.5, 1.5]."),
    "range of one": (shape.RANGE, [0], "Write its two ends, the lower first: [0.5, 1.5]."),
    "range backwards": (shape.RANGE, [2, 1], "Write its two ends, the lower first: [0.5, 1.5]."),
    "range of texts": (shape.RANGE, ["0", "1"], "Write its two ends, the lower first: [0.5, 1.5]."),
    "range without a number": (shape.RANGE, [0, float("nan")], "Write its two ends, the lower first: [0.5, 1.5]."),
    "one number for a range": (shape.RANGE, 1.5, "Write its two ends, the lower first: [0.5, 1.5]."),
    "text for day": (shape.DAY, "2026-11-22", "Write a day without quotation marks: 2026-11-22."),
    "moment for day": (
        shape.DAY,
        datetime(2026, 11, 22, 9, tzinfo=UTC),
        "Write a day without quotation marks: 2026-11-22.",
    ),
}


@pytest.mark.parametrize(("kind", "value"), TAKEN.values(), ids=TAKEN)
def test_a_kind_takes_what_it_must(kind, value):
    entry = {"one": value}
    assert shape.check(entry, file="a.toml", key="K", needs={"one": kind}) is entry


@pytest.mark.parametrize(("kind", "value", "remedy"), REFUSED.values(), ids=REFUSED)
def test_a_kind_refuses_the_rest_with_its_remedy(kind, value, remedy):
    with pytest.raises(DataError) as wrong:
        shape.check({"one": value}, file="a.toml", key="K", needs={"one": kind})
    assert str(wrong.value) == f"a.toml: K: one is not what it must be. {remedy}"
    assert (wrong.value.file, wrong.value.key) == ("a.toml", "K")


def test_what_is_needed_is_not_left_out():
    with pytest.raises(DataError) as wrong:
        shape.check({}, file="a.toml", key="K", needs={"one": shape.TRUTH}, may={"two": shape.TEXT})
    assert str(wrong.value) == "a.toml: K: one is missing. Write true or false, without quotation marks."


def test_what_may_be_there_may_be_left_out():
    assert shape.check({}, file="a.toml", key="K", needs={}, may={"two": shape.TEXT}) == {}


def test_what_may_be_there_is_of_its_kind_too():
    with pytest.raises(DataError, match="two is not what it must be"):
        shape.check({"two": 2}, file="a.toml", key="K", needs={}, may={"two": shape.TEXT})


def test_an_unknown_key_near_a_known_one():
    with pytest.raises(DataError) as wrong:
        shape.check({"unitt": "mm"}, file="a.toml", key="K", needs={}, may={"unit": shape.TEXT})
    assert str(wrong.value) == "a.toml: K: There is no key 'unitt'. Did you mean 'unit'?"


def test_an_unknown_key_near_nothing():
    with pytest.raises(DataError) as wrong:
        shape.check({"zzz": 1}, file="a.toml", key="K", needs={"unit": shape.TEXT}, may={"note": shape.TEXT})
    assert str(wrong.value) == "a.toml: K: There is no key 'zzz'. Known here: note, unit."


def test_what_stands_under_no_id():
    with pytest.raises(DataError) as wrong:
        shape.check(3, file="a.toml", key="K", needs={})
    assert str(wrong.value) == "a.toml: K: This stands under no id. Put it under the line [id] of its entry."
