"""Codes of authenticator apps and recovery codes."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pyotp
import pytest

from needlework.accounts import second_factor

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = datetime(2026, 11, 22, 9, 0, 10, tzinfo=UTC)
STEP = int(NOW.timestamp()) // 30


def code_at(offset):
    return pyotp.TOTP(SECRET).at(NOW + timedelta(seconds=offset))


@pytest.mark.parametrize(("offset", "step"), [(-30, STEP - 1), (0, STEP), (30, STEP + 1)])
def test_the_present_code_and_its_neighbours_are_taken(offset, step):
    assert second_factor.step_of(SECRET, code_at(offset), at=NOW, after=0) == step


@pytest.mark.parametrize("offset", [-60, 60])
def test_a_code_two_steps_away_is_not_taken(offset):
    assert second_factor.step_of(SECRET, code_at(offset), at=NOW, after=0) is None


def test_a_code_is_not_taken_twice():
    assert second_factor.step_of(SECRET, code_at(0), at=NOW, after=STEP) is None


def test_an_older_code_is_not_taken_after_a_newer_one():
    assert second_factor.step_of(SECRET, code_at(-30), at=NOW, after=STEP) is None


def test_ten_recovery_codes_are_all_different():
    codes = second_factor.new_codes()
    assert len(set(codes)) == 10
    assert all(len(code) == 11 and code[5] == "-" for code in codes)


@pytest.mark.parametrize("typed", ["ABCDE-23456", "abcde23456", " abcde 23456 "])
def test_a_recovery_code_may_be_typed_in_any_way(typed):
    batch = uuid4()
    assert second_factor.digest_of(typed, batch=batch) == second_factor.digest_of("ABCDE-23456", batch=batch)


def test_the_same_code_has_another_hash_in_another_batch():
    hashes = {second_factor.digest_of("ABCDE-23456", batch=uuid4()) for _ in range(3)}
    assert len(hashes) == 3
