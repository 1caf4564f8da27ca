"""`needlework inspect`: one sentence for every check that is not met, and what was seen."""

import io
import json
import re
import sys
from types import SimpleNamespace

import pytest

from needlework.cli.inspect import told
from needlework.cli.main import main
from needlework.imaging.inspection.checks import limits
from tests.astronaut import photograph
from tests.made_files import jpeg


@pytest.fixture(scope="module")
def portrait(tmp_path_factory):
    return photograph(tmp_path_factory.mktemp("portrait") / "a.jpg", 1)


@pytest.fixture
def gradient(tmp_path):
    (tmp_path / "gradient.jpg").write_bytes(jpeg())
    return tmp_path / "gradient.jpg"


def seen(name, ok, value=2.0, limit=1.0):
    do = None if ok else limits()[name].do
    return {"check": name, "ok": ok, "value": value, "limit": limit, "unit": limits()[name].unit, "do": do}


def photo(*checks, **more):
    shown = {"file": "a.jpg", "fit": all(check["ok"] for check in checks), "scale_mm_per_px": 0.183}
    return {"photos": [shown | {"colour_reference": "card", "checks": list(checks)} | more]}


@pytest.fixture
def given(monkeypatch):
    """What comes by standard input."""

    def give(content: bytes | None) -> None:
        monkeypatch.setattr(sys, "stdin", None if content is None else SimpleNamespace(buffer=io.BytesIO(content)))

    return give


def test_a_dash_is_the_photograph_of_standard_input(gradient, given, capsys):
    given(gradient.read_bytes())
    assert main(["inspect", "-", str(gradient), "--json"]) == 0
    first, second = json.loads(capsys.readouterr().out)["photos"]
    assert (first["file"], second["file"]) == ("-", str(gradient))
    assert first["checks"] == second["checks"]


@pytest.mark.parametrize(
    ("content", "dashes", "said"),
    [(b"", 1, "It is empty."), (None, 1, "It is empty."), (jpeg(), 2, "Standard input holds one photograph.")],
    ids=["empty", "closed", "named twice"],
)
def test_standard_input_without_a_photograph_is_bad_input(given, capsys, content, dashes, said):
    given(content)
    assert main(["inspect", *["-"] * dashes]) == 2
    assert capsys.readouterr().err.startswith(f"needlework: -: {said}")


def test_json_is_what_is_promised(portrait, capsys):
    assert main(["inspect", str(portrait), "--against", str(portrait), "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["photos"]
    assert found["file"] == str(portrait)
    assert found["face"]["count"] == 1
    assert found["colour_reference"] == "none"
    checks = {check["check"]: check for check in found["checks"]}
    assert checks["pose"]["value"] == checks["expression"]["value"] == 0
    assert set(checks["focus"]) == {"check", "ok", "value", "limit", "unit", "do"}
    assert found["fit"] is all(check["ok"] for check in checks.values())


def test_a_picture_without_a_face_says_what_to_do(gradient, capsys):
    assert main(["inspect", str(gradient)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{gradient}: not fit to be measured.\n  Photograph one person alone")
    assert said.endswith("Scale not known, no colour reference.\n")


def test_what_to_do_comes_before_what_was_seen():
    assert told(photo(seen("focus", False, 1.83, 1.5), seen("face-size", True, 0.18, 0.4))) == (
        "a.jpg: not fit to be measured.\n"
        "  Hold still and tap the cheek to focus.\n"
        "\n"
        "Check      Seen            Limit        Met\n"
        "---------  --------------  -----------  ---\n"
        "focus      1.83 px         at most 1.5  no\n"
        "face-size  0.18 mm per px  at most 0.4  yes\n"
        "0.18 mm per pixel, colour by the sticker."
    )


@pytest.mark.parametrize(
    ("name", "limit"), [("compression", "at least 1"), ("shine", "at most 1"), ("face", "1")], ids=lambda value: value
)
def test_a_limit_says_which_side_is_good(name, limit):
    row = told(photo(seen(name, True))).splitlines()[4]
    assert re.split(r"\s{2,}", row)[2] == limit


@pytest.mark.parametrize(
    ("name", "value", "shown"), [("face", 1, "1 face"), ("face", 2, "2 faces"), ("hair", 1.0, "1 %")]
)
def test_what_is_counted_stands_in_the_singular_or_the_plural(name, value, shown):
    assert told(photo(seen(name, True, value))).splitlines()[4].startswith(f"{name}   {shown}")


def test_a_fit_photograph_says_so():
    assert told(photo(seen("focus", True))).startswith("a.jpg: fit to be measured.\n\nCheck")


def test_a_file_that_is_no_photograph_takes_one_line(tmp_path, gradient, capsys):
    (tmp_path / "notes.txt").write_text("hello")
    assert main(["inspect", str(gradient), str(tmp_path / "notes.txt"), "--json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        f"needlework: {tmp_path}/notes.txt: It is no photograph of a kind that is known. "
        "Save it as JPEG, PNG or HEIC.\n"
    )


def test_without_a_photograph_the_help_is_named(capsys):
    assert main(["inspect"]) == 2
    assert "PHOTO" in capsys.readouterr().err
