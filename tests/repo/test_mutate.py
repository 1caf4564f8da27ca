"""Mutation testing has packages of its own: pinned like the others, and the same where both have them."""

import re

from tests.repo.tree import ROOT

PIN = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    """Return what a lock installs, by name."""
    return dict(PIN.findall((ROOT / lock).read_text("utf-8")))


def test_every_line_of_its_lock_is_a_pin_with_a_hash_and_no_address():
    text = (ROOT / "requirements-mutate.lock").read_text("utf-8")
    lines = text.replace("\\\n", " ").splitlines()
    assert [line for line in lines if not re.match(r"[\w.-]+==\S+.*--hash=sha256:[0-9a-f]{64}", line)] == []
    assert "://" not in text


def test_tests_run_under_the_same_pytest_and_hypothesis_as_elsewhere():
    mutate, main = pins("requirements-mutate.lock"), pins("requirements.lock")
    assert {"mutmut", "pytest", "hypothesis"} <= set(mutate)
    assert (mutate["pytest"], mutate["hypothesis"]) == (main["pytest"], main["hypothesis"])
