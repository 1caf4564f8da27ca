"""A file of the rules is read once and is named when it is not there."""

import pytest

from needlework.clinical.backing import rule_table


def test_a_file_of_the_rules_is_read_once():
    assert rule_table("gates.toml")["lesion-examined"]["concerns"] == ["age-spots"]
    assert rule_table("gates.toml") is rule_table("gates.toml")
    with pytest.raises(FileNotFoundError):
        rule_table("nothing.toml")
