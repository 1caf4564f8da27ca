"""The guide to measuring photographs runs as it stands."""

import re

from needlework.cli.main import Parser, load
from tests.astronaut import photograph
from tests.repo.tree import ROOT

GUIDE = (ROOT / "docs/how-to/measure-photographs.md").read_text("utf-8")
NAMES = ("first-1.jpg", "first-2.jpg", "today-1.jpg", "today-2.jpg")


def test_the_python_of_the_guide_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for number, name in enumerate(NAMES):
        photograph(tmp_path / name, number)
    (block,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    exec(block, {})
    said = capsys.readouterr().out.splitlines()
    assert {line.split()[0] for line in said} == {"cheek-left", "cheek-right", "forehead"}
    assert "cheek-left texture not-distinguishable" in "\n".join(said)


def test_every_command_of_the_guide_is_understood():
    lines = re.findall(r"^needlework (.+)$", GUIDE, re.MULTILINE)
    assert len(lines) == 3
    for line in lines:
        name, *words = line.split()
        parser = Parser(prog=name)
        load(name).add_arguments(parser)
        parser.parse_args(words)


def test_every_option_that_the_guide_names_is_there():
    known = ""
    for name in ("inspect", "measure"):
        parser = Parser(prog=name)
        load(name).add_arguments(parser)
        known += parser.format_help()
    assert {option for option in re.findall(r"--[a-z][a-z-]+", GUIDE) if option not in known} == set()
