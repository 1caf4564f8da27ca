"""Any text whatever: kept, tidied or refused, never broken."""

import unicodedata

from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from needlework.web import characters, fields

NAME = fields.Text("Name", required=False, max_length=40)
NOTES = fields.LongText("Notes", required=False, max_length=400)


def cleaned(field, text):
    """Return the clean value, or None where it was refused."""
    try:
        return field.clean(text)
    except ValidationError as refusal:
        assert all(sentence.startswith("“") for sentence in refusal.messages)
        return None


@given(st.text())
def test_tidying_twice_changes_nothing_more(text):
    for tidy in (characters.one_line, characters.many_lines):
        assert tidy(tidy(text)) == tidy(text)


@given(st.text(max_size=60))
def test_a_kept_line_is_safe_anywhere(text):
    kept = cleaned(NAME, text)
    if kept is not None:
        assert len(kept) <= 40
        assert all(unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"} for character in kept)
        assert all(unicodedata.bidirectional(c) not in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI"} for c in kept)


@given(st.text(max_size=60))
def test_a_kept_text_holds_no_control_but_tabs_and_line_ends(text):
    kept = cleaned(NOTES, text)
    if kept is not None:
        assert {character for character in kept if unicodedata.category(character) == "Cc"} <= {"\n", "\t"}


@given(st.text(st.characters(categories=["L", "M", "N"]), min_size=1, max_size=20))
def test_letters_of_every_script_are_kept(text):
    composed = unicodedata.normalize("NFC", text)
    assert cleaned(NAME, text) == (composed if len(composed) <= 40 else None)


@given(st.text(st.characters()))
def test_text_without_hidden_characters_has_none(text):
    assert not characters.has_hidden(characters.without_hidden(text))
