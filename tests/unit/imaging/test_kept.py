"""Answers are kept line by line, and found again whatever stopped the writing."""

import json

import pytest

from needlework.evidence.errors import InputError
from needlework.imaging import kept

ANSWER = {"comparable": True, "zones": {}}


@pytest.fixture
def book(tmp_path):
    return tmp_path / "measured.jsonl"


def test_a_book_begins_empty(book):
    assert kept.places(book) == {}
    assert book.read_bytes() == b""


def test_an_answer_is_found_where_it_was_written(book):
    kept.add(book, "one", "jo/2026-02-01", {"comparable": False})
    place = kept.add(book, "two", "jo/2026-03-01", ANSWER)
    assert kept.places(book)["two"] == place
    assert kept.answer(book, place) == ANSWER


def test_the_last_answer_to_a_mark_counts(book):
    kept.add(book, "one", "jo/2026-02-01", {"comparable": False})
    place = kept.add(book, "one", "jo/2026-02-01", ANSWER)
    assert kept.places(book) == {"one": place}


def test_a_line_that_was_not_written_to_its_end_is_cut_off(book):
    kept.add(book, "one", "jo/2026-02-01", ANSWER)
    whole = book.read_bytes()
    book.write_bytes(whole + b'{"mark": "two", "answ')
    assert list(kept.places(book)) == ["one"]
    assert book.read_bytes() == whole


def test_two_runs_do_not_write_into_one_book(book):
    another = pytest.raises(InputError, match=r"Another run is measuring this folder\.")
    with kept.alone(book), another, kept.alone(book):
        pass
    with kept.alone(book):
        assert kept.places(book) == {}


@pytest.mark.parametrize("line", [b"hello\n", b"[1]\n", b"3\n", b'{"visit": 1}\n', b"\xff\n"])
def test_a_file_that_is_no_book_is_refused_and_left_alone(book, line):
    before = json.dumps({"mark": "one", "of": "", "answer": {}}).encode() + b"\n" + line
    book.write_bytes(before)
    with pytest.raises(InputError, match=r"line 2: This is no answer of this program\."):
        kept.places(book)
    assert book.read_bytes() == before


def test_a_book_that_cannot_be_written_is_told_before_anything_is_measured(tmp_path):
    with pytest.raises(InputError, match=r"It cannot be written \(Is a directory\)"):
        kept.places(tmp_path)
