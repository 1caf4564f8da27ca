"""Power cuts and killed writers: nothing that was acknowledged is lost. The mutant shows that the test can fail."""

import os
import shutil
import signal
import subprocess
import sys

import pytest

from tests.needs import needs
from tests.power import NoLoopDeviceError, cut_again_and_again, disk, loop_devices
from tests.serving import environment

pytestmark = [pytest.mark.slow, pytest.mark.one_engine]
OPEN = "from needlework.cli import installation; installation.opened()"


@pytest.fixture
def prepared(tmp_path):
    """A clinic's home, and the environment of whoever works in it."""
    own = environment(tmp_path / "clinic") | {"DJANGO_SETTINGS_MODULE": "needlework.config.settings"}
    subprocess.run([sys.executable, "-c", OPEN], env=own, check=True)
    return tmp_path / "clinic", own | {"NEEDLEWORK_KEY_FILE": str(tmp_path / "clinic.key")}


@pytest.fixture
def cuttable(tmp_path):
    """A folder in which disks can be made and cut."""
    tools = os.geteuid() == 0 and shutil.which("mkfs.ext4") and shutil.which("losetup")
    needs(tools and can_mount(tmp_path), "A power cut needs root, mkfs.ext4 and loop devices.")
    yield tmp_path
    assert loop_devices(tmp_path) == ""


def can_mount(folder):
    try:
        with disk(folder):
            return True
    except NoLoopDeviceError:
        return False


def test_a_power_cut_loses_nothing_that_was_acknowledged(prepared, cuttable):
    home, own = prepared
    losses = cut_again_and_again(6, home, cuttable, own)
    assert losses.acknowledged > 30
    assert (losses.lost, losses.files_lost, losses.damaged) == (0, 0, [])


def test_the_same_cuts_lose_something_without_full_synchronisation(prepared, cuttable):
    home, own = prepared
    losses = cut_again_and_again(2, home, cuttable, own | {"DJANGO_SETTINGS_MODULE": "tests.settings_losing"})
    assert losses.lost > 0
    assert losses.damaged == []


def test_a_killed_writer_loses_nothing_that_it_acknowledged_and_leaves_no_lock(prepared):
    own = prepared[1]
    acknowledged = []
    for _ in range(4):
        with subprocess.Popen(
            [sys.executable, "-m", "tests.power", "write"], env=own, stdout=subprocess.PIPE
        ) as writer:
            acknowledged += [writer.stdout.readline() for _ in range(20)]
            writer.send_signal(signal.SIGKILL)
    said = subprocess.run(
        [sys.executable, "-m", "tests.power", "look"],
        env=own,
        input=b"".join(acknowledged),
        capture_output=True,
        check=True,
    ).stdout
    assert said == b'{"lost": 0, "files_lost": 0, "damaged": []}'
