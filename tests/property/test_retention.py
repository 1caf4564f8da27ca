"""How long a record is kept: eight years for adults, to 25 for children, and never shorter than either says."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from needlework.front.retention import keep_until, rule, years_after

LAST = date(2026, 11, 22)
BIRTHDAYS = st.dates(date(1930, 1, 1), date(2026, 1, 1))
ENTRIES = st.dates(date(2026, 1, 1), date(2060, 12, 31))


def test_an_adults_record_is_kept_eight_years_after_the_last_entry():
    assert keep_until(born=date(1988, 6, 12), last_entry=LAST, by=rule()) == date(2034, 11, 22)


def test_a_childs_record_is_kept_to_the_twenty_fifth_birthday():
    assert keep_until(born=date(2012, 6, 12), last_entry=LAST, by=rule()) == date(2037, 6, 12)


def test_the_record_of_somebody_who_was_seventeen_is_kept_to_the_twenty_sixth_birthday():
    assert keep_until(born=date(2008, 12, 1), last_entry=LAST, by=rule()) == date(2034, 12, 1)


def test_the_day_of_the_eighteenth_birthday_counts_as_adult():
    assert keep_until(born=date(2008, 11, 22), last_entry=LAST, by=rule()) == date(2034, 11, 22)


def test_a_leap_day_without_a_match_becomes_the_first_of_march():
    assert years_after(date(2028, 2, 29), 1) == date(2029, 3, 1)
    assert years_after(date(2028, 2, 29), 4) == date(2032, 2, 29)


def test_the_rule_names_where_it_comes_from():
    assert "Records Management" in rule().source


@given(BIRTHDAYS, ENTRIES)
def test_no_record_is_kept_shorter_than_an_adults(born, last):
    assert keep_until(born=born, last_entry=last, by=rule()) >= years_after(last, rule().adult_years)


@given(BIRTHDAYS, ENTRIES, st.integers(1, 4000))
def test_a_later_entry_never_shortens_the_keeping_of_an_adult(born, last, days):
    later = last + timedelta(days=days)
    if years_after(born, 18) <= last:
        assert keep_until(born=born, last_entry=later, by=rule()) >= keep_until(born=born, last_entry=last, by=rule())
