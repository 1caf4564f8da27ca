"""Backups that are damaged, foreign, or would overwrite something: refused with a sentence, nothing changed."""

from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pysqlite3
import pytest
from django.conf import settings
from django.db import connection

from needlework.config.backups import archive, making, restoring, sqlite, staging
from needlework.config.home import Home
from needlework.patients.models import Patient
from needlework.vault import keys, stream
from needlework.vault.errors import KeyFileError, UnreadableBackupError, VaultError
from tests import elsewhere
from tests.factories import backups

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


def test_a_backup_does_not_open_with_another_key_or_with_none(backup, new_home):
    backups.clinic()
    making.back_up(backup, at=AT)
    needed = keys.read(new_home.key_file).master.fingerprint
    new_home.key_file.unlink()
    refused(backup, new_home, "is missing. Put back the copy", KeyFileError)
    keys.create(new_home.key_file)
    refused(backup, new_home, f"made with another key: it needs the key {needed}")


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


def test_a_backup_is_not_made_with_a_key_that_does_not_open_the_data(backup, real_home):
    backups.clinic(1)
    real_home.key_file.unlink()
    keys.create(real_home.key_file)
    with pytest.raises(KeyFileError, match="does not belong to this database"):
        making.back_up(backup, at=AT)
    assert not backup.exists()


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
    with backup.open("wb") as file, stream.Writer(file, keys.read(settings.HOME.key_file).master) as out:
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
    backups.clinic(1)
    copy = tmp_path / "copy.sqlite3"
    sqlite.copy(real_home, copy)
    broken = pysqlite3.connect(copy)
    broken.execute("DELETE FROM accounts_clinic")
    broken.commit()
    broken.close()
    with pytest.raises(UnreadableBackupError, match="points at a missing row of accounts_clinic"):
        sqlite.checked(copy)
