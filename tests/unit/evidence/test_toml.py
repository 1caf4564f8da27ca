"""TOML in and out: complaints name the file, and what is written reads back."""

from datetime import UTC, date, datetime, time
from importlib.resources import files

import pytest

from needlework.evidence import toml
from needlework.evidence.errors import DataError

SHIPPED = sorted(
    (
        path
        for folder in ("evidence/data", "evidence/data/facts", "clinical/rules")
        for path in files("needlework").joinpath(folder).iterdir()
        if path.name.endswith(".toml")
    ),
    key=str,
)

WRITTEN = {
    "nothing": ({}, "\n"),
    "a text": ({"a": 'says "mm"\n'}, 'a = "says \\"mm\\"\\n"\n'),
    "a deleted letter": ({"a": "\x7f"}, 'a = "\\u007f"\n'),
    "letters beyond ASCII": ({"a": "µm²"}, 'a = "µm²"\n'),
    "truth": ({"a": True, "b": False}, "a = true\nb = false\n"),
    "numbers": ({"a": 1, "b": 1.5, "c": 1e-06}, "a = 1\nb = 1.5\nc = 1e-06\n"),
    "no end": ({"a": float("inf"), "b": float("-inf")}, "a = inf\nb = -inf\n"),
    "a day": ({"a": date(2026, 11, 22)}, "a = 2026-11-22\n"),
    "a moment": ({"a": datetime(2026, 11, 22, 9, tzinfo=UTC)}, "a = 2026-11-22T09:00:00+00:00\n"),
    "a time": ({"a": time(9, 30)}, "a = 09:30:00\n"),
    "a key with a space": ({"Dermapen 4": 1}, '"Dermapen 4" = 1\n'),
    "bare keys": ({"a-b_1": 1}, "a-b_1 = 1\n"),
    "odd keys": ({"": 1, "-": 2, "é": 3, "a.b": 4}, '"" = 1\n"-" = 2\n"é" = 3\n"a.b" = 4\n'),
    "an empty list": ({"a": []}, "a = []\n"),
    "a tuple": ({"a": (1, 2)}, "a = [1, 2]\n"),
    "a list of lists": ({"a": [[1], ["b"]]}, 'a = [[1], ["b"]]\n'),
    "a table": ({"a": {"b": 1}}, "[a]\nb = 1\n"),
    "an empty table": ({"a": {}}, "[a]\n"),
    "a table in a table": ({"a": {"b": {"c": 1}}}, "[a]\n\n[a.b]\nc = 1\n"),
    "plain keys before tables": ({"a": {"b": 1}, "c": 2}, "c = 2\n\n[a]\nb = 1\n"),
    "tables in a list": ({"a": [{"b": 1}, {"b": 2}]}, "[[a]]\nb = 1\n\n[[a]]\nb = 2\n"),
    "a table among others in a list": ({"a": [1, {"b": 2, "c d": 3}]}, 'a = [1, { b = 2, "c d" = 3 }]\n'),
    "a list of 110 letters": ({"a": ["x" * 106]}, f'a = ["{"x" * 106}"]\n'),
    "a list of 111 letters": ({"a": ["x" * 107]}, f'a = [\n  "{"x" * 107}",\n]\n'),
}


@pytest.mark.parametrize(("document", "text"), WRITTEN.values(), ids=WRITTEN)
def test_a_document_is_written(document, text):
    assert toml.dumps(document) == text


@pytest.mark.parametrize("document", [document for document, _ in WRITTEN.values()], ids=WRITTEN)
def test_what_is_written_reads_back(document):
    back = toml.loads(toml.dumps(document), name="a.toml")
    assert back == {key: list(value) if isinstance(value, tuple) else value for key, value in document.items()}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_shipped_file_is_written_and_reads_back(path):
    document = toml.read(path)
    assert document
    assert toml.loads(toml.dumps(document), name=path.name) == document


def test_what_toml_has_no_word_for_is_not_written():
    with pytest.raises(TypeError, match="TOML has no NoneType"):
        toml.dumps({"a": None})


def test_what_is_not_toml_names_its_file(tmp_path):
    (tmp_path / "facts.toml").write_text("[a\n", "utf-8")
    with pytest.raises(DataError) as wrong:
        toml.read(tmp_path / "facts.toml")
    assert str(wrong.value).startswith("facts.toml: syntax: This is not TOML (")
    assert str(wrong.value).endswith("). Mend that line.")


def test_a_key_given_twice_is_not_toml():
    with pytest.raises(DataError, match=r"facts.toml: syntax: This is not TOML \(Cannot overwrite a value"):
        toml.loads("a = 1\na = 2\n", name="facts.toml")
