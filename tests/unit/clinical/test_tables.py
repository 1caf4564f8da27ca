"""Tables in a terminal: as wide as they need, never wider than the terminal."""

import pytest

from needlework.cli.tables import paragraph, table


@pytest.fixture(autouse=True)
def _terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")


def test_a_table_is_as_wide_as_it_needs_to_be():
    assert table(["Rule", "Until"], [["pregnant", ""], ["open_wound", "2026-12-01"]]) == (
        "Rule        Until\n----------  ----------\npregnant\nopen_wound  2026-12-01"
    )


def test_the_widest_cells_wrap_at_the_width_of_the_terminal():
    said = table(["Rule", "Why"], [["pregnant", "No safety trials have been done, and numbing cream adds risk."]])
    assert said == (
        "Rule      Why\n"
        "--------  ------------------------------\n"
        "pregnant  No safety trials have been\n"
        "          done, and numbing cream adds\n"
        "          risk."
    )


def test_a_terminal_that_is_too_narrow_leaves_eight_columns_each(monkeypatch):
    monkeypatch.setenv("COLUMNS", "4")
    assert table(["a" * 20, "b"], [["cell", "d"]]).splitlines()[-2:] == ["--------  -", "cell      d"]


def test_a_table_without_rows_is_its_headers():
    assert table(["Rule"], []) == "Rule\n----"


def test_empty_cells_still_take_a_line():
    assert table(["A"], [[""]]) == "A\n-\n"


def test_a_terminal_that_does_not_say_how_wide_it_is_has_a_hundred_columns(monkeypatch):
    def none(_: int) -> None:
        raise OSError

    monkeypatch.delenv("COLUMNS")
    monkeypatch.setattr("os.get_terminal_size", none)
    assert max(map(len, paragraph("word " * 60).splitlines())) == 99


def test_a_paragraph_wraps_with_its_indent():
    assert paragraph("one two three four five six seven eight nine", "  ") == (
        "  one two three four five six seven\n  eight nine"
    )


def test_words_joined_by_a_slash_or_hyphen_break_there_and_not_within(monkeypatch):
    monkeypatch.setenv("COLUMNS", "22")
    said = table(["Do"], [["Watch for airway/breathing/circulation, well-being"]])
    assert said.splitlines()[2:] == ["Watch for airway/", "breathing/circulation,", "well-being"]
    monkeypatch.setenv("COLUMNS", "14")
    said = table(["Do"], [["airway/breathing/circulation well-being"]])
    assert said.splitlines()[2:] == ["airway/", "breathing/", "circulation", "well-being"]


def test_a_fraction_and_a_unit_stay_whole(monkeypatch):
    monkeypatch.setenv("COLUMNS", "8")
    assert table(["Do"], [["about 1/2 or m/s"]]).splitlines()[2:] == ["about", "1/2 or", "m/s"]
