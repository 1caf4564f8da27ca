"""Cells survive the way out and in again; merging and undoing is as if nothing had been."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from needlework.patients.importing.cells import FORMULA, escaped, unescaped
from needlework.patients.queries.merging import alike

CELL = st.one_of(st.text(max_size=30), st.from_regex(r"'{0,3}[=+\-@\t\r].{0,5}", fullmatch=True))
WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=8), min_size=1, max_size=3)


@given(CELL)
def test_a_cell_comes_back_as_it_was(cell):
    assert unescaped(escaped(cell)) == cell


@given(CELL)
def test_no_written_cell_starts_a_formula(cell):
    assert not escaped(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(CELL, min_size=2, max_size=6))
def test_a_row_comes_back_through_csv(cells):
    line = io.StringIO()
    csv.writer(line).writerow([escaped(cell) for cell in cells])
    (row,) = csv.reader(io.StringIO(line.getvalue(), newline=""))
    assert [unescaped(cell) for cell in row] == cells


@given(st.text(max_size=20))
def test_plain_cells_are_left_alone(cell):
    if not FORMULA.match(cell):
        assert escaped(cell) == cell


@given(WORDS, WORDS)
def test_likeness_does_not_depend_on_the_order_of_words(one, other):
    assert alike(one, other) == alike(one[::-1], other[::-1])
    assert alike(one, one) == 1
