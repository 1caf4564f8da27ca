"""The overrides that the documents show run as they stand."""

import re

import pytest

from needlework.cli import documents
from needlework.cli.main import main
from tests.repo.tree import ROOT

HOW_TO = (ROOT / "docs/how-to/use-the-rules.md").read_text("utf-8")
WHY = (ROOT / "docs/explanation/the-rules.md").read_text("utf-8")
OVERRIDES = {
    "screen": re.findall(r"```toml\n(\[\[override\]\].*?)```", WHY, re.DOTALL),
    "numbing": re.findall(r"<<'END'\n(.*?)END\n", HOW_TO, re.DOTALL),
}


@pytest.mark.parametrize("command", OVERRIDES)
def test_the_overrides_that_are_shown_lie_over_an_answer(command, tmp_path, capsys):
    (text,) = OVERRIDES[command]
    document, clinic = tmp_path / "case.json", tmp_path / "clinic.toml"
    document.write_text(documents.example(command), "utf-8")
    clinic.write_text(text, "utf-8")
    assert main([command, str(document), "--overrides", str(clinic)]) == 0
    assert "Set by the clinic: " in capsys.readouterr().out
