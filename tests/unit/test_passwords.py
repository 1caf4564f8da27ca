"""Which passwords are good enough."""

import pytest

from needlework.accounts.passwords import faults

NAMES = ["Amira Khan", "amira.khan@example.test", "Linthorpe Road"]


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short", "at least 12 characters"),
        ("x" * 129, "at most 128 characters"),
        ("passwordpassword", "lists that attackers try"),
        ("1234567890!!password", "lists that attackers try"),
        ("administrator", "lists that attackers try"),
        ("ababababababab", "repeats too few"),
        ("amira-is-the-best-1", "contains “amira”"),
        ("visit LINTHORPE soon", "contains “linthorpe”"),
    ],
)
def test_a_password_is_refused_with_its_reason(password, reason):
    assert reason in " ".join(faults(password, about=NAMES))


@pytest.mark.parametrize("password", ["heron quilt saddle lantern", "ñandú-şemsiye-кот-дом", "h" * 6 + "eron quilt"])
def test_a_long_unguessable_password_is_taken_whatever_its_characters(password):
    assert faults(password, about=NAMES) == []


def test_short_parts_of_names_do_not_count():
    assert faults("joyous heron saddle", about=["Jo Ng"]) == []
