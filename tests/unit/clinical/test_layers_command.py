"""`--overrides FILE`: what a clinic changed binds, is told and counted; a wrong file takes one line."""

import json
import subprocess
import sys

import pytest

from needlework.cli import documents
from needlework.cli.main import main
from needlework.evidence import toml

WHO = {"by": "Amina Rahman", "role": "lead", "reason": "our insurer asks for it"}
WHEN = {"on": "2026-12-01", "review_by": "2027-12-01"}
TOLD = "Set by the clinic: our insurer asks for it (Amina Rahman, lead, 2026-12-01)"
CHANGES = {
    "screen": {"file": "screening.toml", "id": "isotretinoin_recent", "key": "wait", "value": {"months": 9}},
    "plan": {"file": "devices.toml", "id": "SkinPen", "key": "label_limit_mm", "value": 1.25},
    "numbing": {"file": "numbing.toml", "id": "EMLA", "key": "max_mass_g", "value": 10},
    "triage": {"file": "signs.toml", "id": "redness", "key": "tier", "value": "same_day"},
}
SPACING = {"file": "screening.toml", "id": "microneedling_recent", "key": "wait", "value": {"weeks": 6}}


@pytest.fixture(autouse=True)
def _wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")


@pytest.fixture
def asked(tmp_path):
    """Return a function that runs a command's example under overrides."""

    def ask(command, overrides, *options):
        document, file = tmp_path / "document.json", tmp_path / "clinic"
        document.write_text(documents.example(command), "utf-8")
        file.write_text(overrides if isinstance(overrides, str) else json.dumps(overrides), "utf-8")
        return main([command, str(document), "--overrides", str(file), *options])

    return ask


def written(*changes):
    return {"override": [change | WHO | WHEN for change in changes]}


def resting(value):
    """Return every `set_by_clinic` of an answer."""
    if isinstance(value, dict):
        own = [value["set_by_clinic"]] if "set_by_clinic" in value else []
        return own + [found for one in value.values() for found in resting(one)]
    return [found for one in value for found in resting(one)] if isinstance(value, list) else []


@pytest.mark.parametrize("command", CHANGES)
def test_machines_read_what_the_clinic_set_and_how_much(asked, capsys, command):
    assert asked(command, written(*CHANGES.values()), "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["rule_set"], found["overrides"]) == ("2026.11", 4)
    told = resting(found)
    assert told
    assert all(one == WHO | {"on": "2026-12-01"} for one in told)


@pytest.mark.parametrize("command", CHANGES)
def test_without_overrides_an_answer_is_as_promised(capsys, tmp_path, command):
    document = tmp_path / "document.json"
    document.write_text(documents.example(command), "utf-8")
    assert main([command, str(document), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert "overrides" not in found
    assert resting(found) == []


@pytest.mark.parametrize("command", CHANGES)
def test_people_read_who_set_it_and_how_much_is_set(asked, capsys, command):
    assert asked(command, written(CHANGES[command])) == 0
    said = capsys.readouterr().out
    assert TOLD in said
    assert "Rule set 2026.11, with 1 override of the clinic" in said


def test_toml_and_json_are_read_alike(asked, capsys):
    answers = []
    for text in (toml.dumps(written(CHANGES["screen"])), json.dumps(written(CHANGES["screen"]))):
        assert asked("screen", text, "--json") == 0
        answers.append(capsys.readouterr().out)
    assert answers[0] == answers[1]


def test_no_overrides_are_counted_as_none(asked, capsys):
    assert asked("screen", "", "--json") == 2
    assert capsys.readouterr().err.endswith("clinic: It is empty. Begin with --example.\n")
    assert asked("screen", "override = []") == 0
    assert "Rule set 2026.11, with 0 overrides of the clinic." in capsys.readouterr().out


def test_where_the_sentence_stands(asked, capsys):
    asked("screen", written(CHANGES["screen"]))
    assert f"\n  {TOLD}\n" in capsys.readouterr().out
    asked("plan", written(CHANGES["plan"], SPACING))
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == TOLD
    assert lines.count(f"  {TOLD}") == 2
    assert "(42 days)" in lines[max(place for place, line in enumerate(lines) if line == TOLD) - 1]
    asked("numbing", written(CHANGES["numbing"]))
    assert f"\nmass: {TOLD}\n" in capsys.readouterr().out
    asked("triage", written(CHANGES["triage"]))
    assert f"\nredness: {TOLD}\n" in capsys.readouterr().out


def test_two_overrides_of_one_rule_are_both_told(asked, capsys):
    outcome = {"file": "screening.toml", "id": "isotretinoin_recent", "key": "outcome", "value": "refer"}
    later = outcome | WHO | {"by": "Ben Cole", "on": "2026-12-02", "review_by": "2027-12-01"}
    both = {"override": [CHANGES["screen"] | WHO | WHEN, later]}
    asked("screen", both)
    newest = "  Set by the clinic: our insurer asks for it (Ben Cole, lead, 2026-12-02)\n"
    assert f"{newest}  {TOLD}\n" in capsys.readouterr().out


WRONG = {
    "loosens": (
        written(CHANGES["screen"] | {"value": {"months": 5}}),
        "screening.isotretinoin_recent.wait: This would loosen the rule, which may only be tightened. "
        "Give a stricter value.",
    ),
    "unknown": (
        written(CHANGES["screen"] | {"id": "isotretinoin_recnt"}),
        "screening.isotretinoin_recnt.wait: There is no such entry. Did you mean 'isotretinoin_recent'?",
    ),
    "nobody": (
        {"override": [CHANGES["screen"] | WHO | WHEN | {"by": ""}]},
        "override[0].by: This is empty. Write it out: a named person answers for every override.",
    ),
    "a key twice": ('{"override": [], "override": []}', "A key is there twice in one object. Keep one of the two."),
    "no number": ('{"override": [NaN]}', "NaN and Infinity are not JSON. Send a number."),
    "not TOML": ("override = ", "This is neither TOML nor JSON (Invalid value (at end of document)). Mend that place."),
    "not JSON": (
        "{",
        "This is neither TOML nor JSON (Expecting property name enclosed in double quotes: line 1 column 2 (char 1)). "
        "Mend that place.",
    ),
    "deep TOML": ("a = " + "[" * 100_000, "It is nested too deeply. Send a plain table for each override."),
    "deep JSON": ('{"a":' + "[" * 100_000, "It is nested too deeply. Send a plain table for each override."),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_file_takes_one_line(asked, capsys, tmp_path, kind):
    content, sentence = WRONG[kind]
    assert asked("screen", content, "--json") == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"needlework: {tmp_path}/clinic: {sentence}\n")


def test_limits_that_contradict_each_other_take_one_line(asked, capsys, tmp_path):
    never = {"file": "numbing.toml", "id": "EMLA", "key": "least_minutes", "value": 301}
    assert asked("numbing", written(never)) == 2
    assert capsys.readouterr().err == (
        f"needlework: {tmp_path}/clinic: EMLA: least_minutes is longer than most_minutes. Mend one of the two.\n"
    )


def test_a_file_that_is_not_there_takes_one_line(capsys, tmp_path):
    document = tmp_path / "document.json"
    document.write_text(documents.example("screen"), "utf-8")
    assert main(["screen", str(document), "--overrides", str(tmp_path / "none")]) == 2
    assert "none: It cannot be read" in capsys.readouterr().err
    assert main(["screen", str(document), "--overrides", "-"]) == 2
    assert capsys.readouterr().err == ("needlework: --overrides: Standard input is for the document. Name a file.\n")


def test_screening_alone_reads_no_more_rule_files_than_it_needs():
    program = (
        "import json; from needlework.cli import documents, screen; from needlework.clinical import rule_set;"
        "screen.told(screen.work(json.loads(documents.example('screen'))));"
        "print(rule_set.current.cache_info().misses)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"


@pytest.mark.parametrize("command", [*CHANGES, "evidence review"])
def test_the_help_names_it(capsys, command):
    with pytest.raises(SystemExit):
        main([*command.split(), "--help"])
    assert "the clinic's own overrides of the rules, in TOML or JSON" in " ".join(capsys.readouterr().out.split())


def review(tmp_path, *options):
    file = tmp_path / "clinic.toml"
    file.write_text(toml.dumps(written(*CHANGES.values())), "utf-8")
    return main(["evidence", "review", "--overrides", str(file), *options])


@pytest.mark.parametrize(("on", "due"), [("2027-11-30", 0), ("2027-12-01", 4)])
def test_overrides_are_due_on_the_day_that_was_promised(tmp_path, capsys, on, due):
    assert review(tmp_path, "--on", on, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    mine = [one for one in found["doubts"] if one["kind"] == "override"]
    assert len(mine) == due
    assert found["overrides"] == 4
    falling = [one["ids"] for one in found["due"] if one["review_by"] == "2027-12-01"]
    assert [len(ids) for ids in falling] == [4] * (not due)
    for one in mine:
        assert (one["reasons"], one["statement"]) == (["due since 2027-12-01"], TOLD)


def test_people_read_which_overrides_are_due(tmp_path, capsys):
    assert review(tmp_path, "--on", "2027-12-01") == 0
    said = capsys.readouterr().out
    assert any(line.split()[:2] == ["numbing.EMLA.max_mass_g", "override"] for line in said.splitlines())
    assert said.rstrip().endswith("Rule set 2026.11, with 4 overrides of the clinic.")


def test_a_review_without_overrides_says_nothing_of_them(capsys):
    assert main(["evidence", "review", "--json"]) == 0
    assert "overrides" not in json.loads(capsys.readouterr().out)
