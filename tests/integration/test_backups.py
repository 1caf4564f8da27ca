"""A backup of a running clinic, restored elsewhere."""

import errno
import os
import shutil
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import connection

from needlework.audit.models import Event
from needlework.config.backups import making, restoring, staging
from needlework.config.home import Home
from needlework.patients.models import Patient
from needlework.vault import durable, files, keys, locks, stream
from needlework.vault.errors import VaultError
from tests import elsewhere, homes
from tests.factories import accounts, backups, patients

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def backup(real_home, tmp_path):
    return tmp_path / "clinic.backup"


@pytest.fixture
def new_home(real_home, tmp_path):
    with elsewhere.empty(tmp_path / "new") as home:
        yield home


def test_everything_is_there_after_a_restore_elsewhere(backup, new_home):
    stored = backups.clinic()
    people = {patient.pk: patient.given_names for patient in Patient.objects.all()}
    events = Event.objects.count()
    made = making.back_up(backup, at=AT)
    assert made.files == len(stored)
    assert made.rows["patients_patient"] == len(people) == 5
    with elsewhere.living_in(new_home):
        assert restoring.restore(backup) == made
        assert {patient.pk: patient.given_names for patient in Patient.objects.all()} == people
        assert {name: files.get(name) for name in files.names()} == stored
        assert Event.objects.count() == events
        accounts.user(name="Somebody New")
        assert Event.objects.create(at=AT, verb="x", actor_kind="system").pk > events


def test_a_restored_clinic_is_of_this_version_and_its_home_is_private(backup, new_home):
    backups.clinic()
    making.back_up(backup, at=AT)
    with elsewhere.living_in(new_home):
        restoring.restore(backup)
    said = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--check", "--skip-checks"],
        env=homes.environment(new_home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stdout + said.stderr
    private = [path for path in new_home.path.rglob("*") if path.suffix not in {".lock", "-wal", "-shm"}]
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in private if "sqlite3-" not in path.name} == {0}


def test_what_was_acknowledged_before_a_backup_under_writes_is_in_it(backup, new_home):
    patients.lead()
    connection.close()
    environment = homes.environment(settings.HOME)
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.backing_up.busy"], env=environment, text=True, stdout=subprocess.PIPE
        )
        for _ in range(3)
    ]
    try:
        acknowledged = [writer.stdout.readline().strip() for writer in writers for _ in range(20)]
        for _ in range(3):
            backup.unlink(missing_ok=True)
            making.back_up(backup, at=AT)
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    with elsewhere.living_in(new_home):
        restoring.restore(backup)
        found = {f"{person.given_names} {person.known_as}" for person in Patient.objects.all()}
        assert set(acknowledged) <= found
        assert len(found) > len(acknowledged), "the writers went on meanwhile"
        for line in found:
            assert files.get(line.split()[1]) == line.split()[0].encode() * 100


def test_a_backup_shows_nothing_without_its_key(backup, real_home):
    backups.clinic()
    making.back_up(backup, at=AT)
    raw = backup.read_bytes()
    assert backups.NAME.encode() not in raw
    for word in (b"patient", b"sqlite", b"SQLite", b"Linthorpe", b"migrations", b"photograph"):
        assert word not in raw


def test_a_backup_made_before_the_master_key_was_rotated_still_opens(backup, new_home):
    stored = backups.clinic()
    making.back_up(backup, at=AT)
    keys.add_master(new_home.key_file)
    with elsewhere.living_in(new_home):
        restoring.restore(backup)
        assert {name: files.get(name) for name in files.names()} == stored


def test_a_backup_never_replaces_a_file(backup, real_home):
    backup.write_bytes(b"last week's")
    with pytest.raises(FileExistsError):
        making.back_up(backup, at=AT)
    assert backup.read_bytes() == b"last week's"


def test_a_full_disk_leaves_no_half_backup(backup, real_home):
    backups.clinic()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with patch.object(stream.Writer, "_write_chunk", full), pytest.raises(OSError, match="No space left"):
        making.back_up(backup, at=AT)
    assert [path.name for path in backup.parent.iterdir() if path.name.startswith((durable.TEMPORARY, "clinic"))] == []
    assert not list(real_home.path.glob(f"{staging.PREFIX}*"))


def test_what_a_killed_backup_left_is_removed_by_the_next(backup, real_home):
    left = real_home.path / f"{staging.PREFIX}abc"
    left.mkdir()
    (left / "copy.sqlite3").write_bytes(b"half")
    with staging.folder(real_home):
        assert not left.exists()


def test_a_file_erased_during_the_backup_is_left_out(backup, new_home):
    stored = backups.clinic()
    gone = sorted(stored)[2]
    listed = files.names

    def erased_meanwhile():
        for name in listed():
            if name == gone:
                files.path_of(name).unlink()
            yield name

    with patch.object(files, "names", erased_meanwhile):
        assert making.back_up(backup, at=AT).files == len(stored) - 1
    with elsewhere.living_in(new_home):
        restoring.restore(backup)
        assert set(files.names()) == set(stored) - {gone}


def test_a_backup_is_not_made_beside_a_rotation(backup, real_home):
    with locks.alone(), pytest.raises(VaultError, match="is running"):
        making.back_up(backup, at=AT)
    assert not backup.exists()


def test_a_clinic_with_no_files_and_no_patients_is_restored(backup, new_home):
    making.back_up(backup, at=AT)
    with elsewhere.living_in(new_home):
        assert restoring.restore(backup).files == 0
        assert not Patient.objects.exists()


def needlework(home: Home, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "import sys; from needlework.cli.main import main; sys.exit(main())", *arguments]
    return subprocess.run(command, env=homes.environment(home), capture_output=True, text=True, check=False)


def test_the_commands_say_what_they_did_and_what_is_wrong(backup, real_home, new_home):
    backups.clinic()
    connection.close()
    made = needlework(real_home, "backup", backup)
    assert (made.returncode, made.stderr) == (0, "")
    assert "and 5 files" in made.stdout
    assert str(real_home.key_file) in made.stdout
    again = needlework(real_home, "backup", backup)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == f"needlework: {backup} exists already. Name a new file.\n"
    nowhere = needlework(real_home, "backup", backup.parent / "nowhere" / "clinic.backup")
    assert nowhere.returncode == 2
    assert "cannot be written (No such file or directory)" in nowhere.stderr
    restored = needlework(new_home, "restore", backup)
    assert (restored.returncode, restored.stderr) == (0, "")
    assert "all checked" in restored.stdout
    twice = needlework(new_home, "restore", backup)
    assert (twice.returncode, twice.stdout, twice.stderr.count("\n")) == (2, "", 1)
    assert "There is a clinic in" in twice.stderr
    missing = needlework(new_home, "restore", backup.with_name("missing"))
    assert missing.returncode == 2
    assert "No such file or directory. Check the file" in missing.stderr
    shutil.rmtree(new_home.path)
