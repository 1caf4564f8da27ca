"""What a test needs from the machine: missing, it fails in CI; elsewhere it is skipped and counted aloud at the end."""

import os
from collections import Counter

import pytest


def needs(condition: object, sentence: str) -> None:
    """Go on if the machine can run this test; `sentence` says what is missing and how to get it."""
    if condition:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must run every test: {sentence}")
    pytest.skip(sentence)


def said_aloud(reasons: list[str]) -> list[str]:
    """Return the lines that a run ends with when something could not run."""
    if not reasons:
        return []
    lines = [f"{count} × {reason}" for reason, count in Counter(reasons).most_common()]
    return [f"{len(reasons)} not run on this machine:", *lines]
