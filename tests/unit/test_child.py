"""Work in a child process: its answer comes back, its complaint too, and its breakdown is not taken for either."""

import os

import pytest

from needlework.cli.errors import BadInputError
from needlework.config.child import ChildFailedError, in_child


def test_the_answer_comes_back_from_another_process():
    assert in_child(lambda: f"not {os.getpid()}") != f"not {os.getpid()}"


def test_a_long_answer_comes_back_whole():
    assert in_child(lambda: "ä" * 300_000) == "ä" * 300_000


def test_what_is_wrong_with_the_input_is_raised_here():
    def complain():
        raise BadInputError("Enter something else")

    with pytest.raises(BadInputError, match="Enter something else"):
        in_child(complain)


def test_a_breakdown_is_a_failure_and_says_why_on_standard_error(capfd):
    with pytest.raises(ChildFailedError, match="ended with 1"):
        in_child(lambda: str(1 / 0))
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_a_killed_child_is_a_failure():
    with pytest.raises(ChildFailedError, match="ended with -9"):
        in_child(lambda: os.kill(os.getpid(), 9) or "")
