"""Workers killed at random lose nothing and double nothing; and the proof can fail."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests import homes

pytestmark = pytest.mark.slow


@pytest.fixture
def kill(real_home):
    def run(*arguments: str) -> dict[str, Any]:
        command = [sys.executable, "-m", "tests.outbox_kills", *arguments]
        ended = subprocess.run(
            command, env=homes.environment(real_home), capture_output=True, text=True, timeout=120, check=False
        )
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout)

    return run


def test_nothing_is_lost_and_nothing_doubled_by_a_provider_that_acts_once_on_a_key(kill):
    came_of_it = kill()
    assert came_of_it["kills"] >= 30
    assert (came_of_it["lost"], came_of_it["doubled"]) == (0, 0)
    assert came_of_it["states"] == {"sent": 60}


def test_the_same_holds_while_the_clock_jumps_two_hours_back_and_forth(kill):
    came_of_it = kill("--jumps")
    assert (came_of_it["lost"], came_of_it["doubled"]) == (0, 0)
    assert came_of_it["states"] == {"sent": 60}


def test_by_mail_nothing_is_doubled_and_what_may_be_lost_waits_for_a_person(kill):
    came_of_it = kill("--channel", "email")
    assert (came_of_it["lost"], came_of_it["doubled"]) == (0, 0)
    assert set(came_of_it["states"]) <= {"sent", "parked"}


def test_a_worker_that_marks_first_loses_some(kill):
    assert kill("--mutant", "mark-first")["lost"] > 0


def test_a_worker_that_sends_first_doubles_some(kill):
    assert kill("--mutant", "send-first")["doubled"] > 0


def test_a_worker_that_takes_mail_servers_to_honour_keys_doubles_some(kill):
    assert kill("--mutant", "trust-mail", "--channel", "email")["doubled"] > 0
