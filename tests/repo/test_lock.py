"""The lock file pins everything, by hash and without an address, and fits what the package asks for."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.repo.tree import ROOT

LOCK = (ROOT / "requirements.lock").read_text("utf-8").replace("\\\n", " ")
LINES = [line for line in LOCK.splitlines() if line.strip() and not line.lstrip().startswith("#")]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ASKED = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"] + PROJECT["build-system"]["requires"]


def pinned() -> dict[str, Version]:
    """Return what the lock installs."""
    pins = (re.match(r"([\w.-]+)(?:\[[^]]*\])?==([^\s;]+)", line) for line in LINES)
    return {canonicalize_name(pin[1]): Version(pin[2]) for pin in pins if pin}


def test_every_line_of_the_lock_is_a_pin_with_a_hash():
    assert [line for line in LINES if not re.match(r"[\w.-]+(\[[^]]*\])?==\S+.*--hash=sha256:[0-9a-f]{64}", line)] == []


def test_the_lock_names_no_address():
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|@ file", LOCK)


@pytest.mark.parametrize("text", ASKED)
def test_the_lock_has_what_the_package_asks_for(text):
    asked = Requirement(text)
    assert pinned()[canonicalize_name(asked.name)] in asked.specifier
