"""`needlework numbing`: the example runs, a person reads a table, a machine reads JSON, bad input takes one line."""

import json
import re

import pytest

from needlework.cli.main import main

DOCUMENT = {
    "product": "EMLA",
    "mass_g": 61,
    "area_cm2": 600,
    "on": "2026-12-01T10:00:00+00:00",
    "off": "2026-12-01T10:30:00+00:00",
    "patient": {"answers": {"anaesthetic_allergy": {}}},
}


@pytest.fixture(autouse=True)
def _wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")


def run(tmp_path, document, *arguments):
    file = tmp_path / "numbing.json"
    file.write_text(json.dumps(document), "utf-8")
    return main(["numbing", str(file), *arguments])


def test_the_example_is_within(capsys, tmp_path):
    assert main(["numbing", "--example"]) == 0
    assert run(tmp_path, json.loads(capsys.readouterr().out), "--json") == 0
    assert json.loads(capsys.readouterr().out)["standing"] == "within"


def test_a_person_reads_who_must_not_the_checks_and_the_times(capsys, tmp_path):
    assert run(tmp_path, DOCUMENT) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "This patient must not have it: An allergy to local anaesthetics of the amide kind."
    assert lines[1] == "This patient must not have it: An allergy to numbing cream or a local anaesthetic."
    assert lines[3] == "EMLA cream 5% (lidocaine 2.5% with prilocaine 2.5%), adults: must-not"
    assert lines[5].startswith("Who must not have it: Methaemoglobinaemia or G6PD deficiency")
    head = next(place for place, line in enumerate(lines) if line.startswith("product"))
    assert lines[head].split() == ["product", "check", "standing", "value", "limit", "do"]
    assert [line.split("  ")[0] for line in lines[head + 2 : head + 6]] == ["EMLA"] * 4
    cells = [[cell.strip() for cell in re.split(r" {2,}", line)] for line in lines[head + 2 : head + 6]]
    assert [line[1:5] for line in cells] == [
        ["mass", "over", "61 g", "at most 60 g"],
        ["area", "within", "600 cm2", "at most 600 cm2"],
        ["dose-per-area", "under", "1.017 g/10 cm2", "1.5 g/10 cm2"],
        ["time", "too-short", "30 min", "60 to 300 min"],
    ]
    assert [line[5] for line in cells[1:]] == [
        "This patient must not have it: put none on, and take off what is on."
    ] * 3
    assert cells[0][5].startswith("Too much: take cream off now")
    assert not [line for line in lines if line.startswith("Ready from")]
    assert lines[-1].startswith("EMLA and LMX4 are pharmacy medicines")


def test_a_person_reads_from_when_it_is_ready(capsys, tmp_path):
    assert run(tmp_path, DOCUMENT | {"patient": {}}) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "EMLA cream 5% (lidocaine 2.5% with prilocaine 2.5%), adults: over"
    assert "Ready from 2026-12-01T11:00:00+00:00, off by 2026-12-01T15:00:00+00:00." in lines


def test_a_person_reads_that_a_product_is_not_checked(capsys, tmp_path):
    assert run(tmp_path, DOCUMENT | {"product": "Lidiam", "patient": {}}) == 0
    said = capsys.readouterr().out
    assert said.startswith("Lidiam 4% (lidocaine 4%): not-checked\n\nWho must not have it: ")
    assert "\n\nKnown and not checked: no limits were read for Lidiam.\n\nKnown and not checked: no dose" in said
    assert "Ready from" not in said


def test_a_person_reads_which_of_two_products_was_not_checked(capsys, tmp_path):
    second = [{"product": "Lidiam", "mass_g": 45, "area_cm2": 100}]
    checked = {"mass_g": 15, "area_cm2": 100, "off": "2026-12-01T11:00:00+00:00", "patient": {}}
    assert run(tmp_path, DOCUMENT | checked | {"also": second}) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "EMLA cream 5% (lidocaine 2.5% with prilocaine 2.5%), adults; Lidiam 4% (lidocaine 4%): not-checked"
    )
    assert "Known and not checked: no limits were read for Lidiam." in lines
    assert (
        "Ready from 2026-12-01T11:00:00+00:00, off by 2026-12-01T15:00:00+00:00. Nothing is known of Lidiam." in lines
    )


def test_what_is_wrong_takes_one_line(capsys, tmp_path):
    assert run(tmp_path, DOCUMENT | {"mass_g": 30000}) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.endswith(": mass_g: Send a number from 0.1 to 500 g.\n")
