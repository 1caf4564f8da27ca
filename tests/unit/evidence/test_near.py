"""The nearest known word: offered where it is near, and nothing guessed where it is not."""

import pytest

from needlework.evidence.near import near, nearest


def test_a_slip_of_the_hand_is_named():
    assert near("rednes", ["redness", "pus"], "Send one.") == "Did you mean 'redness'?"


def test_a_word_that_merely_shares_letters_is_not_offered():
    assert near("eyelids", ["keloid", "pus"], "Send one.") == "Send one."


@pytest.mark.parametrize(("known", "found"), [("abcx", ["abcx"]), ("abxy", [])], ids=["at three quarters", "below"])
def test_three_quarters_alike_is_near(known, found):
    assert nearest("abcd", iter([known])) == found


def test_several_come_nearest_first_and_no_more_than_asked():
    assert nearest("abcdefgh", ["abcdefxx", "abcdefgx", "zzz"], most=3) == ["abcdefgx", "abcdefxx"]
    assert nearest("abcdefgh", ["abcdefxx", "abcdefgx"]) == ["abcdefgx"]
