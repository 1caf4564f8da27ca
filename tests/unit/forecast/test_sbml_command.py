"""`needlework forecast sbml` at the terminal."""

import json
import sys

import libsbml
import numpy as np
import pytest

from needlework.cli import documents
from needlework.cli.main import main
from needlework.forecast.calibration.posterior import posterior
from needlework.forecast.model import parameters

COURSE = json.loads(documents.example("forecast"))
ZONES = [
    {"zone": "cheek-left", "depth_mm": 1.5, "punctures_per_cm2": 1000},
    {"zone": "forehead", "depth_mm": 0.5, "punctures_per_cm2": 1000},
]


@pytest.fixture
def send(tmp_path):
    """Return a function that writes a course with changes to a file: its name."""

    def sent(**changes):
        file = tmp_path / "course.json"
        file.write_text(json.dumps({key: value for key, value in {**COURSE, **changes}.items() if value is not None}))
        return str(file)

    return sent


def printed(capsysbinary, *arguments):
    assert main(["forecast", "sbml", *arguments]) == 0
    return libsbml.readSBMLFromString(capsysbinary.readouterr().out.decode()).getModel()


def refused(capsys, *arguments):
    """Return the one line that a refusal prints."""
    assert main(["forecast", "sbml", *map(str, arguments)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err


def test_it_prints_the_course_with_the_medians_of_the_packaged_draws(capsysbinary, send):
    model = printed(capsysbinary, send())
    medians = parameters.values(np.median(posterior().free, axis=0)[None])
    assert model.getNumEvents() == COURSE["sessions"]
    assert model.getParameter("pace").getValue() == pytest.approx(medians["pace"][0])
    assert f"{len(posterior().free)} draws" in model.getNotesString()
    assert posterior().digest in model.getNotesString()


def test_it_writes_a_new_file_and_says_so(capsys, send, tmp_path):
    file = tmp_path / "course.xml"
    assert main(["forecast", "sbml", send(), "--out", str(file)]) == 0
    assert capsys.readouterr().out.startswith(f"Wrote {file}: SBML Level 3 Version 2.")
    assert file.read_bytes().startswith(b"<?xml")


def test_what_is_there_is_left_as_it_is(capsys, send, tmp_path):
    file = tmp_path / "course.xml"
    file.write_text("mine")
    assert refused(capsys, send(), "--out", file) == f"needlework: {file} exists already. Name a new file.\n"
    assert file.read_text() == "mine"


def test_what_is_wrong_with_the_course_names_the_file_and_the_field(capsys, send):
    file = send(depth_mm=-1)
    assert refused(capsys, file).startswith(f"needlework: {file}: depth_mm: Send a number from 0.05 to ")


def test_a_file_that_is_no_json_is_told_where_to_begin(capsys, tmp_path):
    file = tmp_path / "course.json"
    file.write_text("{")
    assert "begin with `needlework forecast --example`" in refused(capsys, file)


def test_zones_that_differ_do_not_go_into_one_document(capsys, send):
    file = send(zones=ZONES, depth_mm=None, punctures_per_cm2=None, measured=None)
    assert refused(capsys, file) == (
        f"needlework: {file}: zones: SBML holds one depth and density. Send those of one zone.\n"
    )


def test_zones_that_are_treated_alike_are_one_course(capsysbinary, send):
    alike = [ZONES[0], {**ZONES[0], "zone": "cheek-right"}]
    file = send(zones=alike, depth_mm=None, punctures_per_cm2=None, measured=None)
    assert printed(capsysbinary, file).getNumEvents() == COURSE["sessions"]


def test_without_libsbml_it_says_what_to_install(capsys, send, monkeypatch):
    monkeypatch.setitem(sys.modules, "libsbml", None)
    for loaded in [name for name in sys.modules if name.startswith("needlework.forecast.sbml")]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.delattr("needlework.forecast.sbml", raising=False)
    assert "pip install 'needlework[research]'" in refused(capsys, send())
