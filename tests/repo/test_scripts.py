"""Scripts: plain sh that anybody can read, each saying what it does, and started alike."""

import os
import subprocess

import pytest

from tests.repo.tree import ROOT, name

SCRIPTS = sorted(path for path in (ROOT / "script").iterdir() if not path.name.startswith("_"))
SOURCED = sorted((ROOT / "script").glob("_*"))


@pytest.mark.parametrize("path", [*SCRIPTS, *SOURCED], ids=name)
def test_a_script_is_valid_sh(path):
    subprocess.run(["sh", "-n", path], check=True)


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_a_script_can_be_started_and_says_what_it_does(path):
    first, second, *rest = path.read_text("utf-8").splitlines()
    assert os.access(path, os.X_OK)
    assert first == "#!/bin/sh"
    assert second.startswith("# ")
    assert rest[0] == '. "$(dirname "$0")/_environment"'


def test_the_scripts_are_the_promised_ones():
    assert {path.name for path in SCRIPTS} >= {"bench", "check", "demo", "serve", "test"}


def test_ci_checks_then_tests():
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith("script/")] == ["script/check", "script/test"]
