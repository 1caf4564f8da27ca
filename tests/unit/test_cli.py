"""The terminal: commands are found by name, bad input takes one line and exit code 2, nothing is imported in vain."""

import argparse
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from needlework import __version__
from needlework.cli.errors import BadInputError
from needlework.cli.main import COMMANDS, Parser, load, main


def test_without_a_command_the_help_lists_them_all(capsys):
    assert main([]) == 0
    said = capsys.readouterr().out
    assert all(f"  {name} " in said for name in COMMANDS)


def test_the_help_lists_first_what_runs_a_clinic_and_then_the_rules(capsys):
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    listed = [line.split()[0] if line.startswith("  ") else line for line in said.splitlines() if line]
    assert listed[1:-1] == [
        "A clinic:", "demo", "serve", "work", "backup", "restore", "move-to", "export", "trial-payments",
        "audit", "manage",
        "The rules:", "screen", "plan", "numbing", "aftercare", "triage", "evidence",
        "Photographs:", "sticker", "inspect", "measure",
        "What to expect:", "forecast", "forecast", "forecast", "forecast", "forecast", "forecast",
    ]  # fmt: skip


def test_the_version_is_the_packages(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.strip() == __version__


def test_an_output_that_is_no_terminal_and_no_file_is_left_as_it_is(monkeypatch):
    kept = StringIO()
    monkeypatch.setattr(sys, "stdout", kept)
    assert main(["--version"]) == 0
    assert kept.getvalue().strip() == __version__


def test_an_unknown_command_is_answered_with_the_nearest_in_one_line(capsys):
    assert main(["srve"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "needlework: There is no command 'srve'. Did you mean 'serve'? `needlework --help` lists them all.\n"
    )


def test_wrong_arguments_take_one_line_that_names_the_help(capsys):
    assert main(["serve", "--port", "eight"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == ("needlework: Argument --port: invalid int value: 'eight'. See `needlework serve --help`.\n")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_with_an_example(name, capsys):
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert f"Example: {load(name).EXAMPLE}" in said
    assert f"needlework {name}" in load(name).EXAMPLE


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_example_is_accepted_by_its_command(name):
    words = load(name).EXAMPLE.rsplit(f"needlework {name}", 1)[1].split()
    parser = Parser(prog=name)
    load(name).add_arguments(parser)
    assert isinstance(parser.parse_args(words), argparse.Namespace)


def test_a_complaint_is_raised_and_not_printed():
    with pytest.raises(BadInputError):
        Parser(prog="needlework x").parse_args(["--nothing"])


def test_help_imports_neither_django_nor_any_room():
    code = (
        "import sys; from needlework.cli.main import main; main(['--help']);"
        "print([name for name in sys.modules if name == 'django' or name.startswith('needlework.')], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "['needlework.cli', 'needlework.cli.errors', 'needlework.cli.main']"


def test_a_pipe_that_nobody_reads_to_the_end_ends_without_a_word():
    said = subprocess.run(
        f"{Path(sys.executable).with_name('needlework')} evidence review --json | head -c 1",
        shell=True, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert (said.stdout, said.stderr) == ("{", "")


def test_a_command_that_is_stopped_by_hand_ends_in_one_line(monkeypatch, capsys):
    def stopped(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("needlework.cli.sticker.run", stopped)
    assert main(["sticker", "stickers.pdf"]) == 1
    assert capsys.readouterr().err == "needlework: Stopped.\n"
