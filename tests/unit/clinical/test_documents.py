"""Documents from outside: read with care, refused in one line that names the file and says what to do."""

import argparse
import io
import json
import resource
import sys
from types import SimpleNamespace

import pytest

from needlework.cli import documents
from needlework.cli.errors import BadInputError
from needlework.cli.main import Parser
from needlework.evidence.errors import InputError


def given(tmp_path, content):
    """Return the name of a file that holds some bytes."""
    file = tmp_path / "case.json"
    file.write_bytes(content)
    return str(file)


def refused(file):
    """Return what is said about a file that is refused, without its folder."""
    with pytest.raises(BadInputError) as wrong:
        documents.read(file)
    return str(wrong.value).rpartition("/")[2]


def options(*words):
    parser = Parser(prog="needlework screen")
    documents.add_arguments(parser)
    return parser.parse_args(words)


def test_a_document_is_what_the_file_says(tmp_path):
    assert documents.read(given(tmp_path, b'\xef\xbb\xbf{"a": [1, 2.5, null, true]}')) == {"a": [1, 2.5, None, True]}


def test_a_dash_is_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b'{"a": 1}')))
    assert documents.read("-") == {"a": 1}


def test_a_closed_standard_input_is_told(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    assert refused("-") == "-: It cannot be read (there is no such thing). Name a file that is there."


BAD = {
    "empty": (b"", "It is empty. Begin with --example."),
    "blank": (b" \n ", "It is empty. Begin with --example."),
    "not JSON": (b'{"a": 1,\n}', "This is not JSON (line 2). Mend it, or begin with --example."),
    "not UTF-8": (b'{"a": "\xff"}', "It is not UTF-8 text. Save it as UTF-8."),
    "a key twice": (b'{"a": {"b": 1, "b": 1}}', "A key is there twice in one object. Keep one of the two."),
    "NaN": (b'{"a": NaN}', "NaN and Infinity are not JSON. Send a number."),
    "minus infinity": (b"[-Infinity]", "NaN and Infinity are not JSON. Send a number."),
    "a huge integer": (b"1" * 5_000, "A number has thousands of digits. Send a plain number."),
    "nested deeply": (
        b"[" * 100_000 + b"]" * 100_000,
        "It is nested too deeply. Send a plain document, or begin with --example.",
    ),
    "10 MB": (b'"' + b"a" * 10_000_000 + b'"', "It is larger than 1 MB. Send one case at a time."),
    "10 MB, nested": (b'{"a":' * 2_000_000, "It is larger than 1 MB. Send one case at a time."),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_plain_document_is_refused(kind, tmp_path):
    content, sentence = BAD[kind]
    assert refused(given(tmp_path, content)) == f"case.json: {sentence}"


def test_a_document_of_a_megabyte_is_still_read(tmp_path):
    assert len(documents.read(given(tmp_path, b'"' + b"a" * 999_998 + b'"'))) == 999_998


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    missing = "case.json: It cannot be read (No such file or directory). Name a file that is there."
    assert refused(str(tmp_path / "case.json")) == missing
    folder = f"{tmp_path.name}: It cannot be read (Is a directory). Name a file that is there."
    assert refused(str(tmp_path)) == folder
    assert refused("a\0b") == "a\0b: It cannot be read (there is no such thing). Name a file that is there."


def test_no_file_is_answered_with_what_to_do():
    sentence = "No file is named. Name one, or - for standard input; --example prints one to begin with."
    assert refused(None) == sentence


def test_an_answer_is_told_or_written_for_machines(tmp_path, capsys):
    file = given(tmp_path, b'{"a": 1}')
    assert documents.answer(options(file), lambda document: document, lambda found: f"a is {found['a']}") == 0
    assert capsys.readouterr().out == "a is 1\n"
    assert documents.answer(options(file, "--json"), lambda document: document, str) == 0
    assert json.loads(capsys.readouterr().out) == {"a": 1}


def test_wrong_input_names_file_and_field(tmp_path):
    def work(document):
        raise InputError("patient.age_years", "Send a whole number.")

    with pytest.raises(BadInputError, match=r"case\.json: patient\.age_years: Send a whole number\.$"):
        documents.answer(options(given(tmp_path, b"{}")), work, str)


def test_the_example_of_a_command_is_printed_and_nothing_else_done(capsys):
    asked = options("--example")
    assert asked.file is None
    assert documents.answer(asked, pytest.fail, pytest.fail) == 0
    assert json.loads(capsys.readouterr().out)["patient"] == {"date_of_birth": "1994-03-08", "fitzpatrick": "IV"}


def test_the_help_says_what_to_give(capsys):
    with pytest.raises(SystemExit):
        options("--help")
    said = " ".join(capsys.readouterr().out.split())
    assert "FILE a JSON document, or - for standard input" in said
    assert "--json write one JSON document, for machines" in said
    assert "--example print a document to begin with, and do nothing else" in said


def test_options_name_the_command_by_its_last_word():
    parser = argparse.ArgumentParser(prog="needlework plan")
    documents.add_arguments(parser)
    assert parser.parse_args(["--example"]).example == "plan"


def test_a_file_that_does_not_fit_is_not_left_behind(tmp_path):
    least, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, most))
    try:
        with pytest.raises(OSError, match="File too large"):
            documents.write_new(tmp_path / "page.html", b"x" * 100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (least, most))
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_kept(tmp_path):
    (tmp_path / "page.html").write_text("old")
    with pytest.raises(FileExistsError):
        documents.write_new(tmp_path / "page.html", b"new")
    assert (tmp_path / "page.html").read_text() == "old"
