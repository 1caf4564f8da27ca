"""The store of encrypted files."""

import os
import resource
import signal
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from needlework.vault import durable, files
from needlework.vault.errors import MissingFileError, UnreadableValueError
from tests import homes

PHOTO = b"JFIF and then some skin" * 1000
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_register(monkeypatch):
    monkeypatch.setattr(files, "_providers", [])


def everything_in(home):
    return sorted(path for path in home.files.rglob("*") if path.is_file() and path.name != ".lock")


def made(name, when):
    os.utime(files.path_of(name), (when.timestamp(), when.timestamp()))


def test_what_is_put_is_got_again(real_home):
    name = files.put(PHOTO)
    assert files.get(name) == PHOTO
    assert files.exists(name)
    assert list(files.names()) == [name]
    assert files.get(files.put(b"")) == b""


def test_the_same_photograph_twice_shows_nothing_in_common(real_home):
    first, second = files.put(PHOTO), files.put(PHOTO)
    assert first != second
    assert files.raw(first) != files.raw(second)
    assert b"skin" not in files.raw(first)


def test_files_and_folders_are_private(real_home):
    path = files.path_of(files.put(PHOTO))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (path.parent, real_home.files)} == {0o700}


def test_a_file_under_another_name_does_not_open(real_home):
    first, second = files.put(PHOTO), files.put(PHOTO)
    files.path_of(first).write_bytes(files.raw(second))
    with pytest.raises(UnreadableValueError):
        files.get(first)


def test_a_missing_file_and_an_impossible_name_are_said(real_home):
    with pytest.raises(MissingFileError, match="Restore a backup"):
        files.get("0" * 32)
    for name in ("../../etc/passwd", "", "G" * 32, "0" * 31):
        with pytest.raises(MissingFileError, match="is not the name of a file"):
            files.get(name)


def test_an_erased_file_is_gone_and_erasing_it_again_does_nothing(real_home):
    name = files.put(PHOTO)
    files.delete(name)
    files.delete(name)
    files.delete("0" * 32)
    assert not files.exists(name)
    assert everything_in(real_home) == []


def test_content_is_on_the_disk_before_the_name_and_the_name_before_we_go_on(real_home, monkeypatch):
    did = []
    fsync, rename = os.fsync, type(real_home.files).rename
    monkeypatch.setattr(
        os, "fsync", lambda handle: did.append(str(Path(f"/proc/self/fd/{handle}").readlink())) or fsync(handle)
    )
    monkeypatch.setattr(
        type(real_home.files), "rename", lambda path, to: did.append(f"{path} named {to}") or rename(path, to)
    )
    name = files.put(PHOTO)
    path = files.path_of(name)
    temporary = did[-3]
    assert temporary.startswith(str(path.parent / durable.TEMPORARY))
    assert did[-2:] == [f"{temporary} named {path}", str(path.parent)]
    assert {str(real_home.path), str(real_home.files)} <= set(did[:-3]), "new folders are synced in the ones above them"


def test_a_full_disk_leaves_nothing_behind(real_home):
    kept = files.put(PHOTO)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(PHOTO) // 2, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            files.put(PHOTO)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert everything_in(real_home) == [files.path_of(kept)]
    assert files.get(files.put(PHOTO)) == PHOTO


def test_files_of_a_process_that_was_killed_are_whole_or_not_there(real_home):
    program = (
        "import django; django.setup()\n"
        "from needlework.vault import files\n"
        "while True: print(files.put(b'skin' * 500_000), flush=True)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program], env=homes.environment(real_home), text=True, stdout=subprocess.PIPE
    )
    said = [process.stdout.readline().strip() for _ in range(20)]
    process.kill()
    said += [line for line in process.communicate()[0].split("\n")[:-1] if line]
    assert set(said) <= set(files.names())
    assert {files.get(name) for name in files.names()} == {b"skin" * 500_000}


def test_a_file_that_no_record_names_is_collected_after_a_day(real_home):
    named, unnamed, new = files.put(b"named"), files.put(b"unnamed"), files.put(b"new")
    for name in (named, unnamed):
        made(name, NOW - timedelta(hours=25))
    made(new, NOW - timedelta(hours=23))
    files.register(lambda: [named])
    assert files.collect(now=NOW) == 1
    assert set(files.names()) == {named, new}


def test_nothing_is_collected_while_no_room_says_what_it_keeps(real_home):
    name = files.put(b"unnamed")
    made(name, NOW - timedelta(days=30))
    assert files.collect(now=NOW) == 0
    assert files.exists(name)


def test_a_file_is_kept_when_any_room_names_it(real_home):
    first, second = files.put(b"first"), files.put(b"second")
    for name in (first, second):
        made(name, NOW - timedelta(days=2))
    files.register(lambda: [first])
    files.register(lambda: [second])
    assert files.collect(now=NOW) == 0


def test_nothing_is_collected_when_a_room_cannot_say(real_home):
    name = files.put(b"named")
    made(name, NOW - timedelta(days=2))

    def cannot_say():
        raise ConnectionError("the database is away")

    files.register(list)
    files.register(cannot_say)
    with pytest.raises(ConnectionError):
        files.collect(now=NOW)
    assert files.exists(name)


def test_what_a_broken_write_left_is_collected(real_home):
    folder = files.path_of(files.put(PHOTO)).parent
    left = folder / f"{durable.TEMPORARY}abc"
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    assert files.collect(now=NOW) == 1
    assert not left.exists()


def test_collecting_an_empty_home_finds_nothing(real_home):
    assert files.collect(now=NOW) == 0
    assert list(files.names()) == []


def test_an_erased_file_does_not_come_back_when_it_was_about_to_be_encrypted_anew(real_home):
    name = files.put(PHOTO)
    before = files.raw(name)
    files.delete(name)
    assert not files.replace(name, before, b"encrypted anew")
    assert not files.exists(name)


def test_erasing_waits_for_a_file_that_is_being_replaced(real_home):
    name = files.put(PHOTO)
    with files.changing():
        erasing = Thread(target=files.delete, args=[name])
        erasing.start()
        erasing.join(0.2)
        assert erasing.is_alive()
        assert files.exists(name)
    erasing.join(5)
    assert not files.exists(name)
