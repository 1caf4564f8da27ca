"""Password hashes are expensive: few run at once, some wait, the rest are turned away."""

from threading import Barrier, Event, Lock, Thread
from time import monotonic, sleep

import pytest

from needlework.accounts import hashing
from needlework.accounts.hashing import Queue, TooBusy


class Gauge:
    """Counts how many are inside at the same time."""

    def __init__(self):
        self.now = self.most = 0
        self.lock = Lock()
        self.open = Event()

    def work(self):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        self.open.wait(5)
        with self.lock:
            self.now -= 1


def run(queue, count):
    """Send so many through a queue at once; return how many ran at the same time and how many were turned away."""
    gauge, turned, start = Gauge(), [], Barrier(count + 1)

    def one():
        start.wait()
        try:
            with queue.turn():
                gauge.work()
        except TooBusy as fault:
            turned.append(str(fault))

    threads = [Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    start.wait()
    deadline = monotonic() + 5
    while (len(turned) < count - 8 or gauge.now < 2) and monotonic() < deadline:
        sleep(0.001)
    gauge.open.set()
    for thread in threads:
        thread.join(5)
    return gauge.most, turned


def test_at_most_two_hashes_run_at_once():
    most, turned = run(Queue(2, 6), 8)
    assert (most, turned) == (2, [])


def test_more_than_the_queue_holds_are_turned_away_with_a_sentence():
    most, turned = run(Queue(2, 6), 12)
    assert most == 2
    assert turned == [hashing.SENTENCE] * 4


def test_a_turn_is_given_back_after_a_fault():
    queue = Queue(1, 0)
    for _ in range(3):
        with pytest.raises(KeyError), queue.turn():
            raise KeyError
    with queue.turn():
        pass


def test_the_process_lets_two_through_and_six_wait():
    assert (hashing.AT_ONCE, hashing.WAITING) == (2, 6)


def test_a_password_matches_its_hash_alone():
    stored = hashing.hashed("heron quilt saddle lantern")
    assert hashing.matches("heron quilt saddle lantern", stored)
    assert not hashing.matches("heron quilt saddle", stored)


def test_without_a_stored_hash_one_is_computed_all_the_same(monkeypatch):
    seen = []
    real = hashing.check_password
    monkeypatch.setattr(hashing, "check_password", lambda *given: seen.append(given) or real(*given))
    assert not hashing.matches("the password of nobody at all", None)
    assert len(seen) == 1
    assert seen[0][1].startswith("argon2")
