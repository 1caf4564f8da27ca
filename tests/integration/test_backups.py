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
from django.db import connection

from needlework.audit.models import Event
from needlework.config.backups import archive, making, restoring, staging
from needlework.config.home import Home
from needlework.patients.models import Patient
from needlework.vault import durable, files, keys, locks, stream
from needlework.vault.errors import KeyFileError, UnreadableBackupError, VaultError
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


def everything(home: Home) -> dict[Path, bytes]:
    """Every file of a home, but for locks."""
    kept = [path for path in home.path.rglob("*") if path.is_file() and not path.name.startswith(".")]
    return {path: path.read_bytes() for path in kept}


def refused(backup: Path, home: Home, sentence: str, kind: type[VaultError] = UnreadableBackupError) -> None:
    """Restoring is refused with a sentence and leaves the home as it was."""
    with elsewhere.living_in(home):
        before = everything(home)
        with pytest.raises(kind, match=sentence):
            restoring.restore(backup)
        assert everything(home) == before
        assert not list(home.path.glob(f"{staging.PREFIX}*"))
        if home.database_url:
            assert connection.introspection.table_names() == []


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
    environment = homes.environment(settings_home())
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


def settings_home() -> Home:
    from django.conf import settings

    return settings.HOME


def test_a_backup_shows_nothing_without_its_key(backup, real_home):
    backups.clinic()
    making.back_up(backup, at=AT)
    raw = backup.read_bytes()
    assert backups.NAME.encode() not in raw
    for word in (b"patient", b"sqlite", b"SQLite", b"Linthorpe", b"migrations", b"photograph"):
        assert word not in raw


def test_a_backup_does_not_open_with_another_key_or_with_none(backup, new_home):
    backups.clinic()
    making.back_up(backup, at=AT)
    needed = keys.read(new_home.key_file).master.fingerprint
    new_home.key_file.unlink()
    refused(backup, new_home, "is missing. Put back the copy", KeyFileError)
    keys.create(new_home.key_file)
    refused(backup, new_home, f"made with another key: it needs the key {needed}")


def test_a_backup_made_before_the_master_key_was_rotated_still_opens(backup, new_home):
    stored = backups.clinic()
    making.back_up(backup, at=AT)
    keys.add_master(new_home.key_file)
    with elsewhere.living_in(new_home):
        restoring.restore(backup)
        assert {name: files.get(name) for name in files.names()} == stored


@pytest.mark.parametrize("place", [0.0, 0.001, 0.3, 0.6, 0.999])
def test_one_flipped_bit_is_refused(backup, new_home, place):
    backups.clinic(1)
    making.back_up(backup, at=AT)
    raw = bytearray(backup.read_bytes())
    raw[int(place * (len(raw) - 1))] ^= 4
    backup.write_bytes(raw)
    refused(backup, new_home, r"[.]")


@pytest.mark.parametrize("length", [0, 10, 100, 50_000, -1])
def test_a_backup_that_was_cut_off_is_refused(backup, new_home, length):
    backups.clinic(1)
    making.back_up(backup, at=AT)
    backup.write_bytes(backup.read_bytes()[:length])
    refused(backup, new_home, "cut off|not a backup")


def test_something_else_is_refused(backup, new_home):
    backup.write_bytes(b"PK\3\4 a holiday photograph" * 100)
    refused(backup, new_home, "not a backup made by Needlework")


def test_a_backup_of_a_newer_version_is_refused(backup, new_home):
    about = {"version": "2031.1.0", "engine": connection.vendor, "migrations": [["patients", "0099_teleport"]]}
    write(backup, about, {})
    refused(backup, new_home, "made by Needlework 2031.1.0. Install that version")


def test_a_backup_of_the_other_engine_is_refused(backup, new_home):
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    write(backup, {"version": "2026.11.0", "engine": other, "migrations": []}, {})
    refused(backup, new_home, "is of a clinic on " + {"postgresql": "PostgreSQL", "sqlite": "SQLite"}[other])


def test_a_backup_with_fewer_files_than_it_says_is_refused(backup, new_home):
    write(backup, {"version": "2026.11.0", "engine": connection.vendor, "migrations": []}, {}, files=1)
    refused(backup, new_home, "holds 0 of 1 files")


def write(backup: Path, about: dict, rows: dict, *, files: int = 0) -> None:
    """Write a backup of nothing, under the right key."""
    with backup.open("wb") as file, stream.Writer(file, keys.read(settings_home().key_file).master) as out:
        archive.add_value(out, "about", about)
        archive.add_value(out, "contents", {"rows": rows, "files": files})


def test_other_rows_than_the_backup_says_are_refused(backup, new_home):
    backups.clinic(1)
    counted = archive.add_value

    def miscounted(out, kind, value):
        counted(out, kind, value | {"rows": value["rows"] | {"patients_patient": 999}} if kind == "contents" else value)

    with (
        patch.object(archive, "add_value", miscounted),
        pytest.raises(UnreadableBackupError, match="not what was read"),
    ):
        making.back_up(backup, at=AT)
    assert not backup.exists()
    with patch.object(archive, "add_value", miscounted), patch.object(restoring, "read_through", Everything):
        making.back_up(backup, at=AT)
    refused(backup, new_home, "holds other rows than it says")


class Everything:
    """Equal to whatever was written."""

    def __init__(self, *_: object) -> None:
        pass

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None


def test_a_home_with_a_clinic_is_not_restored_over(backup, real_home):
    backups.clinic()
    making.back_up(backup, at=AT)
    people = Patient.objects.count()
    before = {path: content for path, content in everything(real_home).items() if "sqlite3" not in path.name}
    with pytest.raises(restoring.HomeInUseError, match=r"There is a clinic in .* already"):
        restoring.restore(backup)
    assert {path: content for path, content in everything(real_home).items() if "sqlite3" not in path.name} == before
    assert Patient.objects.count() == people


def test_a_home_with_files_alone_is_not_restored_over(backup, new_home):
    backups.clinic(1)
    making.back_up(backup, at=AT)
    (new_home.files / "ab").mkdir(parents=True)
    (new_home.files / "ab" / ("ab" * 16)).write_bytes(b"somebody's")
    refused(backup, new_home, "There is a clinic in", restoring.HomeInUseError)


def test_a_backup_never_replaces_a_file(backup, real_home):
    backup.write_bytes(b"last week's")
    with pytest.raises(FileExistsError):
        making.back_up(backup, at=AT)
    assert backup.read_bytes() == b"last week's"


def test_a_full_disk_leaves_no_half_backup(backup, real_home):
    backups.clinic()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with patch.object(stream.Writer, "_seal", full), pytest.raises(OSError, match="No space left"):
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


def test_a_damaged_database_is_not_backed_up_as_if_it_were_whole(backup, real_home):
    if connection.vendor != "sqlite":
        assert connection.vendor == "postgresql", "PostgreSQL checks its own pages"
        return
    backups.clinic(60)
    connection.close()
    raw = bytearray(real_home.sqlite_file.read_bytes())
    page = raw.index(backups.NAME.encode()) // 4096 * 4096
    raw[page : page + 60] = b"\xff" * 60
    real_home.sqlite_file.write_bytes(raw)
    with pytest.raises(UnreadableBackupError, match="The database is damaged"):
        making.back_up(backup, at=AT)
    assert not backup.exists()


def test_a_row_that_points_nowhere_is_noticed(real_home, tmp_path):
    if connection.vendor != "sqlite":
        assert connection.vendor == "postgresql", "PostgreSQL checks every key when it loads"
        return
    from needlework.config.backups import sqlite

    backups.clinic(1)
    copy = tmp_path / "copy.sqlite3"
    sqlite.copy(real_home, copy)
    import pysqlite3

    broken = pysqlite3.connect(copy)
    broken.execute("DELETE FROM accounts_clinic")
    broken.commit()
    broken.close()
    with pytest.raises(UnreadableBackupError, match="points at a missing row of accounts_clinic"):
        sqlite.checked(copy)


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
