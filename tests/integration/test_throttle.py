"""How often somebody may try to get in."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from needlework.accounts import throttle
from needlework.accounts.models import Attempt
from needlework.accounts.throttle import TooMany
from needlework.work import worker
from tests.factories.accounts import AT

pytestmark = pytest.mark.django_db

HERE, ELSEWHERE = "address:192.0.2.1", "address:198.51.100.7"


def fail(email="amira@example.test", origin=HERE, *, times=1, trusted=False, at=AT):
    for _ in range(times):
        throttle.try_sign_in(email=email, origin=origin, trusted=trusted, at=at)


def test_ten_wrong_passwords_from_one_address_are_enough():
    fail(times=10)
    with pytest.raises(TooMany, match="Wait 5 minutes"):
        fail()


def test_the_owner_still_gets_in_from_elsewhere():
    fail(times=10)
    fail(origin=ELSEWHERE)


def test_the_limit_passes_with_time():
    fail(times=10)
    fail(at=AT + timedelta(minutes=5))


def test_many_addresses_against_one_account_are_slowed_down_together():
    for number in range(60):
        fail(origin=f"address:203.0.113.{number}")
    with pytest.raises(TooMany, match="Wait 15 minutes"):
        fail(origin=ELSEWHERE)


def test_a_browser_known_for_the_account_is_not_slowed_down_by_others():
    for number in range(60):
        fail(origin=f"address:203.0.113.{number}")
    fail(origin="browser:known", trusted=True)


def test_a_known_browser_is_slowed_down_for_itself():
    fail(origin="browser:known", trusted=True, times=10)
    with pytest.raises(TooMany):
        fail(origin="browser:known", trusted=True)


def test_twenty_staff_behind_one_address_mistyping_three_times_each_are_not_locked_out():
    for number in range(20):
        fail(email=f"staff{number}@example.test", times=3)
    fail(email="another@example.test")


def test_one_address_trying_many_accounts_is_slowed_down():
    for number in range(40):
        fail(email=f"guess{number}@example.test")
    with pytest.raises(TooMany):
        fail(email="one.more@example.test")


def test_an_account_already_tried_at_a_busy_address_does_not_count_against_itself():
    for number in range(40):
        fail(email=f"guess{number}@example.test")
    fail(email="guess0@example.test")


def test_being_right_forgives_ones_own_tries():
    fail(times=9)
    throttle.forgive(throttle.try_sign_in(email="amira@example.test", origin=HERE, trusted=False, at=AT))
    assert not Attempt.objects.exists()


def test_tries_are_forgotten_after_a_day():
    fail()
    throttle.forget_old(at=AT + timedelta(hours=23))
    assert Attempt.objects.count() == 1
    throttle.forget_old(at=AT + timedelta(hours=25))
    assert Attempt.objects.count() == 0


def test_neither_e_mail_addresses_nor_origins_are_stored():
    fail()
    row = Attempt.objects.get()
    assert "amira" not in row.account
    assert "192.0.2.1" not in row.origin


def test_a_different_spelling_of_an_address_is_the_same_account():
    fail(times=10)
    with pytest.raises(TooMany):
        fail(email=" Amira@Example.TEST ")


def test_six_wrong_codes_are_enough():
    for _ in range(6):
        throttle.try_code(account="one", at=AT)
    with pytest.raises(TooMany):
        throttle.try_code(account="one", at=AT)
    throttle.try_code(account="another", at=AT)


def test_an_address_is_sent_three_links_an_hour():
    wishes = [throttle.wish_for_link(email="amira@example.test", origin=HERE, at=AT) for _ in range(4)]
    assert [wish is not None for wish in wishes] == [True, True, True, False]


def test_the_worker_forgets_old_tries_and_sessions():
    fail()
    old = SessionStore()
    old.create()
    Session.objects.update(expire_date=AT)
    worker.run_due(AT + timedelta(days=2))
    assert (Attempt.objects.count(), Session.objects.count()) == (0, 0)
