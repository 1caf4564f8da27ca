"""`needlework aftercare`: the document in, a table or one JSON document out."""

import json
import re
from itertools import pairwise

import pytest

from needlework.cli.documents import example
from needlework.cli.main import main


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "session.json"
    path.write_text(example("aftercare"))
    return path


def test_the_example_becomes_dates_for_machines(document, capsys):
    assert main(["aftercare", str(document), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    found = {one["id"]: one for one in answer["instructions"]}
    assert found["makeup"]["to"] == "2026-12-02T10:48:00+00:00"
    assert found["makeup"]["hours"] == {"default": 72, "range": [24, 72], "chosen": 24}
    assert answer["safety_net"][0]["do"] == "999"


def test_the_example_is_a_table_for_a_reader(document, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    assert main(["aftercare", str(document)]) == 0
    told = re.sub(" {2,}(?=[^ ])", "  ", capsys.readouterr().out)
    assert told.startswith("Id  Do  From  Until  Hours  What\n")
    assert (
        "makeup  avoid  2026-12-01 10:48  2026-12-02 10:48  24 (24 to 72)  Do not put make-up on the treated skin."
        in told
    )
    assert "medicines  use  2026-12-01 10:48  Keep taking all your medicines." in told
    assert "brushes  avoid  2026-12-01 10:48  2026-12-07 10:48  144  Do not use face brushes.\n" in told
    headings = [
        "Id  Do  From",
        "\n\nDay  What to expect",
        "\n\nThe safety net, always whole:\nWhen",
        "\n\nWhy:\nmedicines: ",
    ]
    assert all(told.index(one) < told.index(other) for one, other in pairwise(headings))
    assert (
        "\n  NHS Chelsea and Westminster: Microneedling post-treatment information (NHS leaflet) "
        "https://chelwest.nhs.uk/microneedling\n"
    ) in told
    assert "\n  policy of this rule set: no source read (policy)\n" in told
    assert told.endswith("\n\nRule set 2026.11.\n")


def test_what_is_wrong_is_one_line(tmp_path, capsys):
    path = tmp_path / "session.json"
    path.write_text(example("aftercare").replace('"makeup": 24', '"makeup": 23'))
    assert main(["aftercare", str(path)]) == 2
    assert capsys.readouterr() == (
        "",
        f"needlework: {path}: choices.makeup: Send a whole number from 24 to 72 hours.\n",
    )


def test_help_shows_a_line_to_copy(capsys):
    with pytest.raises(SystemExit):
        main(["aftercare", "--help"])
    assert "Example: needlework aftercare --example | needlework aftercare -" in capsys.readouterr().out
    assert main(["aftercare", "--example"]) == 0
    assert json.loads(capsys.readouterr().out)["choices"] == {"makeup": 24}
