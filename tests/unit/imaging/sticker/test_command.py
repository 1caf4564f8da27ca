"""`needlework sticker` at the terminal."""

import json

import pytest

from needlework.cli.main import main
from needlework.imaging.sticker import page


def refused(capsys, *arguments):
    """Return the one line that a refusal prints."""
    assert main(["sticker", *map(str, arguments)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err


def test_it_writes_the_page_and_says_how_to_print_it(capsys, tmp_path):
    file = tmp_path / "stickers.pdf"
    assert main(["sticker", str(file)]) == 0
    assert file.read_bytes() == page.pdf()
    said = capsys.readouterr().out
    assert said.startswith(f"Wrote {file}: stickers of 60 × 45 mm, version 1.")
    assert "100 %" in said


def test_for_machines_it_says_what_it_wrote(capsys, tmp_path):
    file = tmp_path / "stickers.pdf"
    assert main(["sticker", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "path": str(file),
        "version": "1",
        "size_mm": [60.0, 45.0],
        "bytes": file.stat().st_size,
    }


def test_it_writes_the_page_alone_to_standard_output(capsysbinary):
    assert main(["sticker", "-"]) == 0
    assert capsysbinary.readouterr().out == page.pdf()


def test_two_things_do_not_go_to_standard_output(capsys):
    assert "Name a file for the page." in refused(capsys, "-", "--json")


def test_what_is_there_is_left_as_it_is(capsys, tmp_path):
    file = tmp_path / "stickers.pdf"
    file.write_text("mine")
    assert refused(capsys, file) == f"needlework: {file} exists already. Name a new file.\n"
    assert file.read_text() == "mine"
    assert "exists already" in refused(capsys, tmp_path)


@pytest.mark.parametrize("name", ["nowhere/stickers.pdf", "a\0b.pdf"], ids=["no such folder", "no such name"])
def test_a_file_that_cannot_be_written_is_named(capsys, tmp_path, name):
    assert "cannot be written" in refused(capsys, tmp_path / name)


def test_a_file_must_be_named(capsys):
    assert "FILE.pdf" in refused(capsys)
