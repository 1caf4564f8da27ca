"""The clinic's key file."""

import os
import stat
import subprocess
import sys

import pytest

from needlework.config.home import Home, signing_key
from needlework.vault import keys
from needlework.vault.errors import KeyFileError


@pytest.fixture
def path(tmp_path):
    return tmp_path / "elsewhere" / "clinic.key"


def test_what_is_written_is_read_again(path):
    made = keys.create(path)
    assert keys.read(path) == made
    assert len(made.master.secret) == len(made.signing) == 32
    assert made.master.secret != made.signing


def test_only_its_owner_may_read_it(path):
    keys.create(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_two_key_files_share_nothing(path, tmp_path):
    first, second = keys.create(path), keys.create(tmp_path / "other.key")
    assert first.master.secret != second.master.secret
    assert first.signing != second.signing


def test_a_key_file_that_is_there_is_never_touched(path):
    keys.create(path)
    before = path.read_bytes()
    with pytest.raises(KeyFileError, match=r"There is a key file at .* already"):
        keys.create(path)
    assert path.read_bytes() == before


def test_a_missing_key_file_says_where_it_was_looked_for(path):
    with pytest.raises(KeyFileError, match=r"is missing\. Put back the copy") as refusal:
        keys.read(path)
    assert str(path) in str(refusal.value)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("master = ", "master = A", 1),
        lambda text: text.replace("check = ", "check = 0"),
        lambda text: "\n".join(line for line in text.splitlines() if not line.startswith("master")),
        lambda text: "something else\n" * 5,
        lambda text: text.encode() + b"\xff\xfe",
    ],
)
def test_a_damaged_key_file_is_refused(path, damage):
    keys.create(path)
    damaged = damage(path.read_text())
    path.write_bytes(damaged if isinstance(damaged, bytes) else damaged.encode())
    with pytest.raises(KeyFileError, match=r"is damaged\. Put back the copy"):
        keys.read(path)


def test_every_slip_of_the_hand_in_a_typed_key_is_noticed(path):
    keys.create(path)
    text = path.read_text()
    start = text.index("master = ") + len("master = ")
    for position in range(start, start + 43):
        other = "A" if text[position] != "A" else "B"
        path.write_text(text[:position] + other + text[position + 1 :])
        with pytest.raises(KeyFileError, match="damaged"):
            keys.read(path)


def test_a_key_file_of_a_newer_version_is_refused(path):
    keys.create(path)
    path.write_text(path.read_text().replace("version 1", "version 2"))
    with pytest.raises(KeyFileError, match="newer version"):
        keys.read(path)


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(KeyFileError, match="cannot be written: Not a directory"):
        keys.create(tmp_path / "file" / "clinic.key")


def test_a_key_file_that_cannot_be_read_is_said(tmp_path):
    with pytest.raises(KeyFileError, match="cannot be read: Is a directory"):
        keys.read(tmp_path)


def test_a_new_master_keeps_the_former_one_and_the_signing_secret(path):
    before = keys.create(path)
    after = keys.add_master(path)
    assert keys.read(path) == after
    assert (after.signing, after.masters[1:]) == (before.signing, before.masters)
    assert after.master != before.master
    assert after.named(before.master.fingerprint) == before.master
    assert after.named("0" * 16) is None


def test_a_new_master_key_signs_nobody_out(path, tmp_path):
    keys.create(path)
    home = Home(tmp_path, path)
    before = signing_key(home)
    keys.add_master(path)
    assert signing_key(home) == before


def test_without_a_key_file_the_signing_key_lasts_for_one_process(path, tmp_path):
    home = Home(tmp_path, path)
    assert signing_key(home) != signing_key(home)


def test_keys_for_different_purposes_have_nothing_in_common(path):
    master = keys.create(path).master
    derived = {master.derive("backup"), master.derive("backup", b"salt"), master.derive("data keys"), master.secret}
    assert len(derived) == 4
    assert master.fingerprint not in path.read_text()


def test_secrets_do_not_show_in_tracebacks(path):
    made = keys.create(path)
    assert str(made.master.secret) not in repr(made)
    assert str(made.signing) not in repr(made)


def test_reading_the_key_file_starts_no_database():
    program = "import sys, needlework.vault.keys; sys.exit('needlework.vault.models' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], env=os.environ, check=False).returncode == 0
