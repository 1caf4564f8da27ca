"""The watcher over web and background: what ends, what is started again, and after which pause."""

import subprocess
import sys
import time

import pytest

from needlework.cli.serving import supervisor
from needlework.cli.serving.supervisor import Part

pytestmark = pytest.mark.one_engine

SCRIPT = """
import os, signal, sys, time
from needlework.cli.serving import supervisor
from needlework.cli.serving.supervisor import Part, supervise

supervisor.GRACE_SECONDS = 1.0
supervisor.FIRST_PAUSE = 0.1
def say(word):
    os.write(1, f"{word}\\n".encode())
{body}
"""


def watched(body, *, end_after=None):
    """Run parts under a watcher in a process of its own; return its exit code, what was said, and how long it took."""
    began = time.monotonic()
    code = SCRIPT.replace("{body}", body)
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        if end_after is not None:
            for _ in range(end_after):
                process.stdout.readline()
            process.terminate()
        said, _ = process.communicate(timeout=30)
    return process.returncode, said.decode().split(), time.monotonic() - began


def test_a_part_that_does_not_end_when_told_is_ended():
    body = """
def stubborn():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    say(os.getpid())
    time.sleep(60)
sys.exit(supervise([Part("stubborn", stubborn, vital=True)]))
"""
    code, _, took = watched(body, end_after=1)
    assert code == 0
    assert took < 15


def test_a_part_that_breaks_down_is_started_again_and_its_error_is_not_its_parents():
    body = """
def broken():
    say("started")
    raise ValueError("broken")
def steady():
    time.sleep(60)
sys.exit(supervise([Part("web", steady, vital=True), Part("background", broken, vital=False, pause=0.1)]))
"""
    code, said, _ = watched(body, end_after=3)
    assert code == 0
    assert set(said) <= {"started"}


@pytest.mark.parametrize("ending", ["sys.exit(3)", "sys.exit('why')", "None", "1 / 0"])
def test_when_a_vital_part_ends_in_whatever_way_the_watcher_fails(ending):
    body = f"""
def short():
    {ending}
def long():
    time.sleep(60)
sys.exit(supervise([Part("web", short, vital=True), Part("background", long, vital=False)]))
"""
    assert watched(body)[0] == 1


def test_pauses_double_up_to_a_minute_and_start_over_after_a_good_run(monkeypatch):
    monkeypatch.setattr(supervisor, "time", now := type("Clock", (), {"monotonic": staticmethod(lambda: 1000.0)}))
    part = Part("background", lambda: None, vital=False, started=999.0)
    pauses = []
    for _ in range(8):
        part.postpone()
        pauses.append(part.due - 1000.0)
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    part.started = 900.0
    part.postpone()
    assert part.due - now.monotonic() == 1
