"""`needlework plan`: the example runs, a person reads tables, a machine reads JSON, bad input takes one line."""

import json

import pytest

from needlework.cli.main import main
from needlework.cli.plan import told, work

DOCUMENT = {
    "concerns": [{"concern": "acne-scars", "zones": ["cheeks"]}, {"concern": "wrinkles", "zones": ["temple-left"]}],
    "device": "Exceed",
    "skin_type": "V",
    "nation": "Scotland",
    "planned_date": "2026-12-01",
    "chosen": [{"zone": "cheek-left", "depth_mm": 1.5}, {"zone": "temple-left", "depth_mm": 0.5}],
}


@pytest.fixture(autouse=True)
def _wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")


def run(tmp_path, document, *arguments):
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(document), "utf-8")
    return main(["plan", str(file), *arguments])


def test_the_example_is_a_plan(capsys, tmp_path):
    assert main(["plan", "--example"]) == 0
    assert run(tmp_path, json.loads(capsys.readouterr().out), "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [zone["zone"] for zone in found["zones"]] == ["cheek-left", "cheek-right", "abdomen"]
    assert [zone["chosen"] and zone["chosen"]["standing"] for zone in found["zones"]] == ["within", None, "above-label"]


def test_a_person_reads_each_zone_once(capsys, tmp_path):
    assert run(tmp_path, DOCUMENT) == 0
    said = capsys.readouterr().out
    lines = said.splitlines()
    assert lines[0] == (
        "Exceed: label limit not published, hardware limit 1.5 mm. No label limit of this device was read."
    )
    assert lines.index("  As for cheek-left.") == lines.index("cheek-right (acne-scars)") + 1
    assert "  Chosen: nothing yet." in lines
    assert "  Chosen: 1.5 mm, within. No deeper than what is published for this zone." in lines
    assert "  Mean skin thickness 1.07–1.33 mm (women, men)." in lines
    assert "  Behind these: studies 4, regulator or label 0, vendor and consumer pages 2." in lines
    assert lines.index("  No depth was read for this zone and these concerns.") == (
        lines.index("temple-left (wrinkles)") + 1
    )
    assert "  Chosen: 0.5 mm, no-source. No depth was read for this zone and these concerns. Write the reason." in lines
    assert lines[-1] == "The ranges are what others published. None is a recommendation: the practitioner chooses."


def test_a_person_reads_ranges_courses_gates_law_and_cautions(capsys, tmp_path):
    run(tmp_path, DOCUMENT)
    said = capsys.readouterr().out
    assert "0.25–1.5 (printed 0.25–2)" in said
    assert "up to 1.5  " in said
    assert "\n1.5                        acne scars, roller; no zone named" in said
    assert "acne-scars  3–6       14–42" in said
    assert "Never under 2 weeks: policy of this rule set." in said
    assert "waits this long by default. (28 days)" in said
    assert "Gate permitted-premises: not met. The law of this nation" in said
    assert "\nScotland: At 1.5 mm or deeper, and at any depth with radiofrequency" in said
    assert "\nCaution: PIH in 5 of 36 patients" in said
    assert "\n  Endpoint: Redness: the operators" in said
    assert "\n  Passes: Rolling fifteen times" in said


def test_a_person_reads_what_was_not_found(capsys, tmp_path):
    age_spots = {"concerns": [{"concern": "age-spots", "zones": ["periorbital-left"]}], "nation": "England"}
    run(tmp_path, DOCUMENT | age_spots | {"chosen": [], "device": "PRO Pen"})
    said = capsys.readouterr().out
    assert "age-spots  not found  not found     No trial" in said
    assert "  Mean skin thickness: not found." in said
    assert "label limit not published, hardware limit not published." in said
    assert "Gate lesion-examined: not met. Have each spot looked at" in said
    run(tmp_path, DOCUMENT | age_spots | {"chosen": [{"zone": "periorbital-left", "depth_mm": 0.3}]})
    (stands,) = [line for line in capsys.readouterr().out.splitlines() if "Chosen:" in line]
    assert stands.startswith("  Chosen: 0.3 mm, refused. lesion-examined is not met. Have each spot looked at")
    assert stands.endswith("and that nothing was suspicious.")
    assert "  Caution: Only outside the orbital rim" in said


def test_a_gate_that_is_met_says_so():
    premises = work(DOCUMENT | {"premises": "pharmacy"})
    assert "Gate permitted-premises: met\n" in told(premises)


def test_a_range_beyond_the_device_says_so():
    found = work(DOCUMENT)
    found["zones"][1]["published"] = [{"range_mm": None, "published_mm": [1.5, 2.0], "for": "x", "sources": []}]
    assert "beyond the device (1.5–2)" in told(found)


def test_what_is_wrong_takes_one_line(capsys, tmp_path):
    eyelid = DOCUMENT | {"concerns": [{"concern": "wrinkles", "zones": ["eyelid-left"]}]}
    assert run(tmp_path, eyelid) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.endswith(": concerns[0].zones: 'eyelid-left' is never treated. Take it out of the plan.\n")
