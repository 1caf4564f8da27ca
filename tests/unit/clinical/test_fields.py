"""Keys of a document from outside: each asked for by kind, and a sentence for whatever is wrong."""

from datetime import UTC, date, datetime

import pytest

from needlework.clinical.fields import Fields
from needlework.evidence.errors import InputError


def refused(work):
    with pytest.raises(InputError) as wrong:
        work()
    return str(wrong.value)


def asked(value, at="top"):
    return Fields({"key": value}, at)


@pytest.mark.parametrize("value", [None, [], "text", 1, True])
def test_only_an_object_has_keys(value):
    sentence = "Send an object: keys and values between braces."
    assert refused(lambda: Fields(value, "plan")) == f"plan: {sentence}"
    assert refused(lambda: Fields(value)) == sentence


def test_a_key_is_named_with_where_it_is():
    assert Fields({}).name("key") == "key"
    assert Fields({}, "plan").name("key") == "plan.key"


def test_null_is_as_good_as_absent():
    assert [asked(value).has("key") for value in (None, 0, "", False)] == [False, True, True, True]
    assert Fields({}).has("key") is False
    assert asked(None).text("key", "usual") == "usual"
    assert refused(lambda: asked(None).text("key")) == "top.key: This is missing. Send a text."


def test_a_key_that_nobody_asked_for_is_refused():
    fields = Fields({"zones": 1, "device": 2}, "plan")
    assert refused(fields.done) == "plan: There is a key that is not known. Known here: ."
    assert fields.has("zones")
    assert refused(fields.done) == "plan: There is a key that is not known. Known here: zones."
    assert fields.has("devices") is False
    assert refused(fields.done) == "plan: There is a key that is not known. Did you mean 'devices'?"
    assert fields.has("device")
    fields.done()


def test_several_known_keys_are_told_in_order():
    fields = Fields({"qqq": 1})
    for key in ("beta", "alpha"):
        fields.has(key)
    assert refused(fields.done) == "There is a key that is not known. Known here: alpha, beta."


@pytest.mark.parametrize(
    ("ask", "wrong", "sentence"),
    [
        (lambda fields: fields.text("key"), 1, "Send a text."),
        (lambda fields: fields.choice("key", ("one", "two")), 1, "Send one of: one, two."),
        (lambda fields: fields.yes_or_no("key"), 1, "Send true or false."),
        (lambda fields: fields.number("key", "mm", least=0.5, most=2), "1", "Send a number from 0.5 to 2 mm."),
        (lambda fields: fields.whole("key", "years", least=0, most=9), "1", "Send a whole number from 0 to 9 years."),
        (lambda fields: fields.day("key"), 1, "Send a date as YYYY-MM-DD."),
        (
            lambda fields: fields.moment("key"),
            1,
            "Send a moment with its offset, as 2026-12-01T10:48:00+00:00.",
        ),
        (lambda fields: fields.texts("key"), "one", "Send a list of texts."),
        (lambda fields: fields.objects("key"), {}, "Send a list of objects."),
    ],
    ids=["text", "choice", "yes_or_no", "number", "whole", "day", "moment", "texts", "objects"],
)
def test_the_wrong_kind_is_refused(ask, wrong, sentence):
    assert refused(lambda: ask(asked(wrong))) == f"top.key: {sentence}"
    if sentence != "Send a list of objects.":
        assert refused(lambda: ask(Fields({}))) == f"key: This is missing. {sentence}"


def test_a_text_is_kept():
    assert asked("").text("key") == ""
    assert asked("a").text("key", "usual") == "a"


def test_a_choice_is_one_of_the_words():
    assert asked("one").choice("key", ("one", "two")) == "one"
    assert Fields({}).choice("key", ("one",), None) is None
    assert Fields({}).choice("key", ("one",), "usual") == "usual"
    near = "top.key: That is not known here. Did you mean 'three'?"
    assert refused(lambda: asked("thre").choice("key", ("one", "three"))) == near
    far = "top.key: That is not known here. Send one of: one, three."
    assert refused(lambda: asked("zzz").choice("key", ("one", "three"))) == far


def test_yes_or_no_is_true_or_false():
    assert asked(True).yes_or_no("key") is True
    assert asked(False).yes_or_no("key", True) is False
    assert Fields({}).yes_or_no("key", False) is False


@pytest.mark.parametrize("value", [0.5, 1, 2])
def test_a_number_within_its_bounds_is_kept(value):
    number = asked(value).number("key", "mm", least=0.5, most=2)
    assert number == value
    assert type(number) is float


def test_an_absent_number_is_the_usual_one():
    assert Fields({}).number("key", "mm", least=0, most=2, default=None) is None
    assert Fields({}).number("key", "mm", least=0, most=2, default=5.0) == 5.0


@pytest.mark.parametrize("value", [0.49, 2.01, True, float("nan"), float("inf"), -float("inf"), 10**4000])
def test_a_number_outside_its_bounds_is_refused(value):
    sentence = "top.key: Send a number from 0.5 to 2 mm."
    assert refused(lambda: asked(value).number("key", "mm", least=0.5, most=2)) == sentence


@pytest.mark.parametrize("value", [0, 9, 4.0])
def test_a_whole_number_is_kept(value):
    number = asked(value).whole("key", "years", least=0, most=9)
    assert number == value
    assert type(number) is int


@pytest.mark.parametrize("value", [-1, 10, 4.5, False, float("nan"), float("inf"), -(10**4000)])
def test_what_is_no_whole_number_within_its_bounds_is_refused(value):
    sentence = "top.key: Send a whole number from 0 to 9 years."
    assert refused(lambda: asked(value).whole("key", "years", least=0, most=9)) == sentence


def test_a_day_is_kept():
    assert asked("2028-02-29").day("key") == date(2028, 2, 29)
    assert Fields({}).day("key", None) is None


@pytest.mark.parametrize("text", ["2026-02-29", "2026-13-01", "0000-01-01"])
def test_a_day_that_never_comes_is_refused(text):
    sentence = "top.key: There is no such day. Send a date as YYYY-MM-DD."
    assert refused(lambda: asked(text).day("key")) == sentence


@pytest.mark.parametrize("text", ["1869-12-31", "0206-06-01", "0001-01-01", "2200-01-01", "9999-12-31"])
def test_a_day_in_no_year_of_a_lifetime_is_refused(text):
    assert refused(lambda: asked(text).day("key")) == "top.key: Check the year: send one from 1870 to 2199."
    sentence = "top.key: Check the year: send one from 1870 to 2199."
    assert refused(lambda: asked(f"{text}T12:00:00+14:00").moment("key")) == sentence


@pytest.mark.parametrize("text", ["1870-01-01", "2199-12-31"])
def test_the_first_and_the_last_day_are_kept(text):
    assert asked(text).day("key").isoformat() == text


@pytest.mark.parametrize("text", ["", "tomorrow", "20261201", "2026-12-01T00:00", "2026-12-01\n", "\u0662026-12-01"])
def test_what_is_no_day_is_refused(text):
    assert refused(lambda: asked(text).day("key")) == "top.key: Send a date as YYYY-MM-DD."


def test_a_moment_is_kept_with_its_offset():
    assert asked("2026-12-01T10:48:00+00:00").moment("key") == datetime(2026, 12, 1, 10, 48, tzinfo=UTC)
    assert Fields({}).moment("key", None) is None


@pytest.mark.parametrize("end", ["Z", "+00:00", "-13:59", "+14:00", ".5+01:00", ".000001+05:45"])
def test_a_moment_is_kept_with_any_offset_on_earth(end):
    text = f"2026-12-01T10:48:00{end}"
    assert asked(text).moment("key") == datetime.fromisoformat(text)


def test_the_seconds_of_a_moment_may_be_left_out():
    assert asked("2026-12-01T10:48Z").moment("key") == datetime(2026, 12, 1, 10, 48, tzinfo=UTC)


LOOSE = [
    "2026-12-01x10:00:00+00:00", "20261201T100000Z", "2026-12-01T10Z", "2026-W48-1T10:00+00:00",
    "2026-12-01T10:00:00+23:59", "2026-12-01T10:00:00+14:01", "2026-12-01 10:00:00+00:00",
]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "noon", "2026-12-01T10:48:00", "2026-12-01", "2026-12-01T25:00:00+00:00", "2026-02-30T10:00Z", *LOOSE]
)
def test_a_moment_without_its_offset_is_refused(text):
    sentence = "top.key: Send a moment with its offset, as 2026-12-01T10:48:00+00:00."
    assert refused(lambda: asked(text).moment("key")) == sentence


def test_texts_are_kept_as_a_tuple():
    assert asked(["a", ""]).texts("key") == ("a", "")
    assert Fields({}).texts("key", ()) == ()
    assert refused(lambda: asked(["a", 1]).texts("key")) == "top.key: Send a list of texts."


def test_an_object_is_named_with_where_it_is():
    inner = asked({"a": 1}).object("key")
    assert (inner.value, inner.at) == ({"a": 1}, "top.key")
    assert (asked(None).object("key").value, Fields({}).object("key").value) == ({}, {})
    assert refused(lambda: asked([]).object("key")).startswith("top.key: Send an object")


def test_objects_are_named_with_their_place():
    first, second = asked([{}, {"a": 1}]).objects("key")
    assert (first.at, second.at, second.value) == ("top.key[0]", "top.key[1]", {"a": 1})
    assert Fields({}).objects("key") == ()
    assert refused(lambda: asked([{}, 1]).objects("key")).startswith("top.key[1]: Send an object")


def test_whatever_was_asked_for_is_known():
    fields = Fields({"a": {}, "b": [], "c": 1.0, "d": 1, "e": "2026-12-01"})
    fields.object("a"), fields.objects("b"), fields.number("c", "mm", least=0, most=2)
    fields.whole("d", "years", least=0, most=2), fields.day("e")
    fields.done()
    assert fields.asked == {"a", "b", "c", "d", "e"}
