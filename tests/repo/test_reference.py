"""Generated reference pages: each is what the rules and tests make of it today."""

import pytest

from docs.generator.pages import REFERENCE, pages

PAGES = pages()


@pytest.mark.parametrize("path", PAGES)
def test_a_generated_page_is_not_stale(path):
    written = REFERENCE / path
    assert written.is_file(), "Run script/reference"
    assert written.read_text("utf-8") == PAGES[path], "Run script/reference"


def test_no_generated_page_outlives_its_maker():
    made = {path for path in REFERENCE.rglob("*.md") if path.read_text("utf-8").startswith("<!-- Written by")}
    assert {path.relative_to(REFERENCE).as_posix() for path in made} == set(PAGES)
