"""`needlework screen`: one line for whatever is wrong, a table in a terminal, JSON for machines."""

import copy
import json
import subprocess
import sys

import pytest

from needlework.cli import documents, screen
from needlework.cli.main import main

EXAMPLE = json.loads(documents.example("screen"))
WRONG = {"null": None, "true": True, "number": 7, "negative": -1, "fraction": 0.001, "huge": 10**4000, "text": "\ud800",
         "empty": "", "list": [], "nested": [[]], "object": {}, "strange": {"zzz": {}}}  # fmt: skip


@pytest.fixture(autouse=True)
def _terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")


def asked(tmp_path, document, *words):
    """Run the command on a document and return its exit code."""
    file = tmp_path / "case.json"
    file.write_text(json.dumps(document))
    return main(["screen", str(file), *words])


def leaves(value, path=()):
    """Return the path of every value of a document, the whole document's first."""
    yield path
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in below:
        yield from leaves(one, (*path, key))


def replaced(path, value):
    if not path:
        return value
    document = copy.deepcopy(EXAMPLE)
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return document


def accepted(path, kind):
    """Say whether a wrong kind of value means something there after all."""
    if kind == "null":
        return path[-1:] in {
            ("depth_mm",),
            ("topical_anaesthetic",),
            ("answered_on",),
            ("free_text",),
            ("answers",),
        } or (path[:1] == ("answers",) and len(path) == 3)
    fits = {
        "depth_mm": {"number"},
        "topical_anaesthetic": {"true"},
        "unsure": {"true"},
        "free_text": {"text", "empty"},
        "answers": {"object"},
    }
    if path[:1] == ("answers",) and len(path) == 2:
        return kind == "object"
    if path[-1:] == ("zones",) and path[0] == "answers":
        return kind == "list"
    return bool(path) and kind in fits.get(path[-1], set())


@pytest.mark.parametrize("kind", WRONG)
@pytest.mark.parametrize("path", list(leaves(EXAMPLE)), ids=lambda path: ".".join(map(str, path)) or "document")
def test_a_wrong_kind_of_value_anywhere_takes_one_line(path, kind, tmp_path, capsys):
    code = asked(tmp_path, replaced(path, WRONG[kind]), "--json")
    said = capsys.readouterr()
    if accepted(path, kind):
        assert (code, said.err) == (0, "")
        assert json.loads(said.out)["rule_set"]
        return
    assert (code, said.out) == (2, "")
    line = said.err.removesuffix("\n")
    assert "\n" not in line
    assert line.startswith("needlework: ")
    named = [key for key in path if isinstance(key, str)]
    assert "case.json: " in line
    assert not named or named[0] in line or "There is a key" in line


NO_DOCUMENT = {
    "empty": b"",
    "nested": b"[" * 100_000,
    "10 MB": b'{"a":' * 2_000_000,
    "a key twice": b'{"a": 1, "a": 2}',
    "not UTF-8": b"\xff",
    "missing": None,
}


@pytest.mark.parametrize("kind", NO_DOCUMENT)
def test_what_is_no_document_takes_one_line(kind, tmp_path, capsys):
    content = NO_DOCUMENT[kind]
    file = tmp_path / "case.json"
    if content is not None:
        file.write_bytes(content)
    assert main(["screen", str(file), "--json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"needlework: {file}: ")
    assert said.err.count("\n") == 1


def test_an_unknown_value_is_never_repeated(tmp_path, capsys):
    for path in leaves(EXAMPLE):
        asked(tmp_path, replaced(path, "Secret-4711"))
        asked(tmp_path, replaced(path, {"Secret-4711": 1}))
    assert "4711" not in capsys.readouterr().err


def test_the_blood_borne_virus_key_is_refused_in_silence_about_it(tmp_path, capsys):
    document = replaced(("answers",), {"bbv_do_not_ask": {"positive": True}})
    assert asked(tmp_path, document) == 2
    said = capsys.readouterr().err
    assert "bbv" not in said
    assert "positive" not in said
    assert said.endswith("answers: One of the keys must never be asked about. Take it out and keep no copy of it.\n")


def test_machines_read_json(tmp_path, capsys):
    assert asked(tmp_path, EXAMPLE, "--json") == 0
    answered = json.loads(capsys.readouterr().out)
    assert answered == screen.work(EXAMPLE)
    assert (answered["outcome"], answered["earliest_date"]) == ("defer", "2026-12-01")


def test_a_terminal_shows_a_table_reasons_sources_and_the_law(tmp_path, capsys):
    assert asked(tmp_path, EXAMPLE) == 0
    parts = capsys.readouterr().out.split("\n\n")
    assert parts[0] == "Outcome: defer, from 2026-12-01 at the earliest."
    table = parts[1].splitlines()
    assert table[0].split() == ["Outcome", "Finding", "Until", "Zones", "What", "to", "do"]
    assert table[2].startswith("defer                     Isotretinoin stopped      2026-12-01  ")
    assert any("treat around" in line and "cheek-left" in line for line in table)
    assert parts[2].startswith("isotretinoin_recent: The 6-month gap comes from product labelling")
    assert "    https://ouci.dntb.gov.ua/en/works/7qMKeMb7" in parts[2].splitlines()
    assert parts[-3] == "There is free text. Nothing here has read it: a person must."
    assert parts[-2].startswith("Law in Scotland: Below 1.5 mm, with no radiofrequency, no prescribed anaesthetic")
    assert parts[-1] == (
        "These rules inform a practitioner. Whatever they find, a consultation stays open to everybody. Rule\n"
        "set 2026.11.\n"
    )


def test_nothing_declared_takes_few_lines(tmp_path, capsys):
    plan = EXAMPLE["treatment"] | {"jurisdiction": "Wales"}
    assert asked(tmp_path, {"patient": {"age_years": 40, "fitzpatrick": "II"}, "treatment": plan}) == 0
    parts = capsys.readouterr().out.split("\n\n")
    assert parts[0] == "Outcome: suitable."
    assert [part[:12] for part in parts[1:]] == ["Law in Wales", "These rules "]


def test_a_rule_that_is_policy_says_so_and_needs_no_address(tmp_path, capsys):
    assert asked(tmp_path, EXAMPLE | {"answers": {"shingles_active": {}}}) == 0
    parts = capsys.readouterr().out.split("\n\n")
    reason, source = parts[2].split("\n  ")
    assert " ".join(reason.split()) == (
        "shingles_active: Active virus, painful nerve, spread. "
        "This rule is policy or from memory: its outcome was read in no source."
    )
    assert source == "memory (unverified) (memory)"


def test_the_example_runs_as_it_stands():
    program = "from needlework.cli.main import main; raise SystemExit(main())"
    command = [sys.executable, "-c", program, "screen"]
    example = subprocess.run([*command, "--example"], capture_output=True, check=True)
    done = subprocess.run([*command, "-", "--json"], input=example.stdout, capture_output=True, check=True)
    assert (json.loads(done.stdout)["outcome"], done.stderr) == ("defer", b"")
