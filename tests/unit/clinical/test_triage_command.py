"""`needlework triage`: its answer for people and for machines, and what it refuses with one line."""

import json
import os
import subprocess
import sys

import pytest

from needlework.cli import documents, triage
from needlework.cli.main import main
from needlework.clinical import safety_net, signs

EXAMPLE = json.loads(documents.example("triage"))
WRONG = {"text": "perhaps", "number": 7, "truth": True, "list": [[]], "object": {"a": 1}, "nothing": None}
FITS = {
    ("hours_since", "number"),
    ("temperature_c", "nothing"),
    ("free_text", "nothing"),
    ("free_text", "text"),
}
"""Kinds that are right for a key, or as good as leaving it out."""
LEAVES = [
    (place, kind)
    for place in ["hours_since", "reported_by", "signs", "signs.0", "temperature_c", "free_text"]
    for kind in WRONG
    if (place, kind) not in FITS
]


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "800")


def asked(tmp_path, document, *options):
    path = tmp_path / "report.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    return main(["triage", str(path), *options])


def changed(place, value):
    """Return the example with one leaf replaced."""
    document = json.loads(json.dumps(EXAMPLE))
    key, _, index = place.partition(".")
    if index:
        document[key][int(index)] = value
    else:
        document[key] = value
    return document


@pytest.mark.parametrize(("place", "kind"), LEAVES)
def test_a_leaf_of_the_wrong_kind_is_refused_with_one_line(tmp_path, capsys, place, kind):
    assert asked(tmp_path, changed(place, WRONG[kind]), "--json") == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"needlework: {tmp_path}/report.json: {place.split('.')[0]}")
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '"redness"',
        "{",
        '{"hours_since": 1, "hours_since": 2}',
        '{"hours_since": NaN, "reported_by": "patient", "signs": []}',
        '{"hours_since": 1e999, "reported_by": "patient", "signs": []}',
        '{"hours_since": ' + "9" * 400 + ', "reported_by": "patient", "signs": []}',
        '{"signs": ' + "[" * 100_000 + "]" * 100_000 + "}",
        " " * 1_000_001,
    ],
    ids=["empty", "list", "null", "text", "broken", "twice", "nan", "infinite", "huge", "deep", "large"],
)
def test_a_document_that_is_none_is_refused_with_one_line(tmp_path, capsys, text):
    assert asked(tmp_path, text) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)


def test_the_example_answers_for_machines(tmp_path, capsys):
    assert asked(tmp_path, EXAMPLE, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == [
        "rule_set",
        "tier",
        "notify",
        "answer_within_minutes",
        "read_free_text",
        "signs",
        "safety_net",
    ]
    assert (found["tier"], found["notify"], found["answer_within_minutes"]) == (
        "same_day",
        ["practitioner", "lead"],
        60,
    )
    assert [(one["sign"], one["tier"]) for one in found["signs"]] == [
        ("pain_rising", "same_day"),
        ("fever", "same_day"),
        ("redness", "expected"),
    ]
    assert found["safety_net"] == safety_net.as_json()


def test_the_example_is_told_to_a_person(tmp_path, capsys):
    assert asked(tmp_path, EXAMPLE) == 0
    told = capsys.readouterr().out
    assert told.startswith(
        "same_day: GP, NHS 111 or pharmacist today\n"
        "Tell in the clinic: practitioner, lead. Answer within 60 minutes (policy, unverified).\n\n"
    )
    assert "There is free text" not in told
    assert "  If it gets worse, not better, after 2 days get medical help today. Call your GP or 111.\n" in told
    assert told.endswith("Rule set 2026.11\n")
    for line in safety_net.lines():
        assert f"{line.when}  " in told
        assert line.do in told


def row(told, label):
    """Return the cells of a sign's row."""
    return [
        cell.strip() for cell in next(line for line in told.splitlines() if line.startswith(label)).split("  ") if cell
    ]


def test_a_person_reads_the_whole_of_a_sign(tmp_path, capsys):
    asked(tmp_path, EXAMPLE | {"signs": ["pain_rising", "redness"]})
    told = capsys.readouterr().out
    assert row(told, "Sign") == ["Sign", "Tier", "Because", "What to do", "Tell outside"]
    assert row(told, "Pain, heat") == [
        "Pain, heat or redness getting worse after 48 hours",
        "same_day",
        "this sign needs help today (partly policy)",
        signs.signs()["pain_rising"].action,
        "GP or NHS 111",
    ]
    assert row(told, "Redness like") == [
        "Redness like mild sunburn",
        "expected",
        "expected up to 168 h",
        "None. Explain beforehand.",
        "-",
    ]


def test_a_sign_that_nobody_read_of_says_so(tmp_path, capsys):
    asked(tmp_path, EXAMPLE | {"signs": ["fever"]})
    assert row(capsys.readouterr().out, "Temperature")[2] == (
        "38.4 °C measured; this sign needs help today (policy or memory, unverified)"
    )


def test_a_sign_that_was_read_in_part_says_so(tmp_path, capsys):
    asked(tmp_path, EXAMPLE | {"hours_since": 48, "signs": ["urticaria"], "temperature_c": None})
    assert row(capsys.readouterr().out, "Hives")[1:3] == ["same_day", "this sign needs help today (partly policy)"]


def test_a_raised_sign_shows_first_what_its_tier_asks_for(tmp_path, capsys):
    asked(tmp_path, {"hours_since": 3, "reported_by": "patient", "signs": ["urticaria", "faint"]})
    told = capsys.readouterr().out
    hives, faint = row(told, "Hives"), row(told, "Pale")
    assert hives[1:] == [
        "emergency",
        "hives together with faint: a whole-body allergic reaction until shown otherwise (within 24 h of one another) "
        "(policy, unverified); this sign needs help today (partly policy)",
        f"999 or A&E now. By itself: {signs.signs()['urticaria'].action}",
        "999 or A&E, NHS 111",
    ]
    assert faint[3:] == [f"999 or A&E now. By itself: {signs.signs()['faint'].action}", "999 or A&E"]


def test_a_sign_that_lasts_too_long_shows_what_is_promised(tmp_path, capsys):
    asked(tmp_path, {"hours_since": 169, "reported_by": "patient", "signs": ["redness"]})
    assert row(capsys.readouterr().out, "Redness like")[3:] == [
        "Reply within 2 working days. By itself: None. Explain beforehand.",
        "-",
    ]


def test_free_text_asks_for_a_person(tmp_path, capsys):
    asked(tmp_path, EXAMPLE | {"signs": [], "temperature_c": None, "free_text": "odd"})
    told = capsys.readouterr().out
    assert told.startswith(
        "practitioner_review: reply within 2 working days\n"
        "Tell in the clinic: practitioner. Answer within 2 working days (policy, unverified).\n"
        "There is free text: a person must read it.\n\n"
        "No sign was reported.\n\n"
        "The safety net, always whole:\nWhen"
    )


def test_what_is_expected_is_told_to_nobody(tmp_path, capsys):
    asked(tmp_path, EXAMPLE | {"signs": ["redness"], "temperature_c": None})
    assert capsys.readouterr().out.startswith("expected: nobody needs to answer\n\nSign")


def test_the_help_shows_an_example_that_runs(capsys):
    with pytest.raises(SystemExit):
        main(["triage", "--help"])
    assert f"Example: {triage.EXAMPLE}" in capsys.readouterr().out
    assert triage.EXAMPLE == "needlework triage --example | needlework triage -"


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["told", "json"])
def test_a_terminal_that_is_not_utf_8_prints_what_it_can(options):
    line = [sys.executable, "-c", "from needlework.cli.main import main; raise SystemExit(main())", "triage", "-"]
    plain = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    report = json.dumps(EXAMPLE | {"signs": ["fever"]}).encode()
    ran = subprocess.run([*line, *options], input=report, capture_output=True, env=plain, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert (b"38.4 \\u00b0C measured" if options else b"38.4 ?C") in ran.stdout


def test_the_example_line_runs(capsys):
    assert main(["triage", "--example"]) == 0
    text = capsys.readouterr().out
    line = [sys.executable, "-c", "from needlework.cli.main import main; raise SystemExit(main())", "triage", "-"]
    ran = subprocess.run(line, input=text, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("same_day: ")
