"""Names are found by any part of them, however they are typed."""

import unicodedata
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from needlework.patients import finding
from needlework.patients.folding import fold, search_text, words

LETTERS = st.text(st.characters(categories=["Lu", "Ll", "Lt", "Lo"], max_codepoint=0x2FFF), min_size=2, max_size=12)
NAME = st.lists(LETTERS, min_size=1, max_size=3).flatmap(
    lambda parts: st.sampled_from([" ", "-", "'", "’"]).map(lambda mark: mark.join(parts))
)
BIRTHDAY = st.dates(date(1900, 1, 1), date(2026, 11, 22))


def line(*names: str, phone: str = "", email: str = "") -> str:
    return search_text(names, phone=phone, email=email)


@given(NAME, NAME, st.data())
def test_any_part_of_a_name_finds_it(family, names, data):
    whole = data.draw(st.sampled_from([family, names]))
    start = data.draw(st.integers(0, len(whole) - 2))
    part = whole[start : data.draw(st.integers(start + 2, len(whole)))]
    wanted = finding.read(part)
    assume(wanted)
    assert all(word in line(family, names) for word in wanted.words)


@given(NAME)
def test_accents_and_capitals_fold_both_ways(name):
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    for typed in (name, plain, unicodedata.normalize("NFD", name)):
        assert words(typed) == words(name)


@given(st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F)))
def test_capitals_fold_away(name):
    assert words(name.upper()) == words(name) == words(name.lower())


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read(typed):
    wanted = finding.read(typed)
    assert all(word and word == word.strip() for word in wanted.words)


@given(BIRTHDAY)
def test_a_birthday_is_read_in_three_ways(day):
    for typed in (day.isoformat(), f"{day.day}/{day.month}/{day.year}", f"{day.day} {day:%B} {day.year}"):
        assert finding.read(typed) == finding.Wanted(dates=(day,))


@given(st.integers(7_000_000_000, 7_999_999_999), st.data())
def test_any_four_figures_of_a_phone_find_it(number, data):
    written = f"0{number}"
    start = data.draw(st.integers(0, len(written) - 4))
    part = written[start : data.draw(st.integers(start + 4, len(written)))]
    (word,) = finding.read(part).words
    assert word in line("Ellison", phone=f"+44{number}")


@pytest.mark.parametrize(
    "typed",
    ["+44 7700 900123", "0044 7700 900123", "+44 (0)7700 900123", "07700 900 123", "(07700) 900-123", "7700900123"],
)
def test_a_phone_is_found_with_or_without_its_country(typed):
    (word,) = finding.read(typed).words
    assert word in line("Ellison", phone="+447700900123")


@pytest.mark.parametrize("typed", ["O'Brien", "o’brien", "OBRIEN", "brie", "o brien"])
def test_apostrophes_do_not_matter(typed):
    assert all(word in line("O'Brien") for word in finding.read(typed).words)


@pytest.mark.parametrize("typed", ["Smith-Jones", "smith jones", "smithjones", "jones smith", "ith-jo"])
def test_hyphens_do_not_matter(typed):
    assert all(word in line("Smith-Jones") for word in finding.read(typed).words)


def test_words_a_birthday_and_a_phone_may_stand_together():
    assert finding.read("Jo ell 12/06/1988 0123") == finding.Wanted(("jo", "ell", "0123"), (date(1988, 6, 12),))


def test_a_year_of_two_figures_may_lie_in_either_century():
    assert finding.read("1.2.08").dates == (date(1908, 2, 1), date(2008, 2, 1))


def test_a_day_that_never_was_is_no_birthday():
    assert finding.read("31/02/1988").dates == ()


@pytest.mark.parametrize("typed", ["", "e", "12", "123", "   ", "'"])
def test_too_little_is_not_looked_for(typed):
    assert not finding.read(typed)


def test_part_of_an_address_finds_it():
    (word,) = finding.read("Jo.Ellison@ex").words
    assert word in line("Ellison", email="jo.ellison@example.test")
