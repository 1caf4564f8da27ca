"""New keys for old, while the clinic works."""

import subprocess
import sys
import time
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from needlework.audit.models import Event
from needlework.messages.models import Attempt
from needlework.vault import envelope, files, keys, locks, ring, rotation
from needlework.vault.errors import VaultError
from needlework.vault.fields import Ciphertext
from needlework.vault.models import DataKey
from needlework.web import guards
from tests import homes
from tests.factories import messages
from tests.notes import tables
from tests.notes.models import Note, Withdrawal

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def notes(real_home):
    tables.make()


def versions():
    """The data keys under which columns and files are encrypted."""
    stored = [
        row.raw for column in ("text", "answers") for row in Note.objects.values_list(column, flat=True) if row.raw
    ]
    stored += [row.raw for row in Withdrawal.objects.values_list("reason", flat=True)]
    stored += [files.raw(name) for name in files.names()]
    return {envelope.version_of(raw, "") for raw in stored}


def some_notes(count=10):
    notes = Note.objects.bulk_create([Note(text=f"text {n}", answers={"n": n}) for n in range(count)])
    Withdrawal.objects.create(note=notes[0], reason="Wrong patient")
    for note in notes[:3]:
        note.file = files.put(note.text.encode())
        note.save()
    return notes


def read_again(notes):
    for note in notes:
        found = Note.objects.get(pk=note.pk)
        assert (found.text, found.answers) == (note.text, note.answers)
        assert not note.file or files.get(note.file) == note.text.encode()


def environment(home):
    """The tests' own room is installed in the subprocess too, which must not make a home of its own."""
    return homes.environment(home) | {"DJANGO_SETTINGS_MODULE": "tests.sharing"}


def test_a_new_data_key_encrypts_everything_anew(real_home):
    notes = some_notes(rotation.BATCH + 10)
    done = rotation.rotate_data_key(at=AT, settle=0)
    assert (done.version, done.values, done.files, done.unreadable) == (2, 2 * len(notes) + 1, 3, set())
    assert versions() == {2}
    read_again(notes)
    assert list(DataKey.objects.order_by("version").values_list("version", "retired_at")) == [(1, AT), (2, None)]
    assert [event.verb for event in Event.objects.order_by("id")] == ["data-key-made", "data-key-retired"]


def test_what_is_encrypted_after_a_rotation_uses_the_new_key(real_home):
    some_notes()
    rotation.rotate_data_key(at=AT, settle=0)
    Note.objects.create(text="later")
    assert versions() == {2}


def test_rotating_an_empty_clinic_makes_its_first_key(real_home):
    assert rotation.rotate_data_key(at=AT, settle=0).version == 1


def test_a_rotation_under_reads_and_writes_loses_and_breaks_nothing(real_home):
    notes = some_notes(300)
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.notes.busy", "4"],
            env=environment(real_home),
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(3)
    ]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    done = rotation.rotate_data_key(at=AT, settle=1)
    written = [writer.communicate(timeout=60)[0].split() for writer in writers]
    assert done.unreadable == set()
    assert all(len(acknowledged) > 10 for acknowledged in written)
    for writer, acknowledged in enumerate(written):
        for line in acknowledged:
            pk, _, count = line.partition("=")
            assert Note.objects.get(pk=pk).text == f"written {count}", f"writer {writer}"
    read_again(notes[30:])
    rotation.rotate_data_key(at=AT, settle=0)
    assert len(versions()) == 1


def test_a_rotation_that_was_killed_goes_on_where_it_was(real_home):
    notes = some_notes(2000)
    connection.close()
    process = subprocess.Popen([sys.executable, "-m", "tests.notes.rotating"], env=environment(real_home))
    while process.poll() is None and not half_done():
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert versions() == {1, 2}
    read_again(notes[::100])
    done = rotation.rotate_data_key(at=AT, settle=0)
    assert done.version == 2
    assert 0 < done.values < 2 * len(notes) + 1
    assert versions() == {2}
    read_again(notes[::100])


def half_done():
    return Note.objects.exclude(answers__not_under=envelope.header(2)).exists() or (
        Note.objects.exclude(text__not_under=envelope.header(2)).exists()
    )


def test_a_row_saved_while_it_was_encrypted_anew_keeps_what_was_saved(real_home, monkeypatch):
    note = Note.objects.create(text="before")
    encrypt = envelope.encrypt

    def encrypt_and_meanwhile(plain, place):
        monkeypatch.setattr(rotation, "encrypt", encrypt)
        other = Note.objects.get(pk=note.pk)
        other.text = "saved meanwhile"
        other.save()
        return encrypt(plain, place)

    monkeypatch.setattr(rotation, "encrypt", encrypt_and_meanwhile)
    rotation.rotate_data_key(at=AT, settle=0)
    assert Note.objects.get(pk=note.pk).text == "saved meanwhile"


def test_what_is_append_only_gets_its_new_key_and_stays_append_only(real_home):
    with messages.kind():
        message = messages.queue()
    attempt = Attempt.objects.create(
        message=message,
        number=1,
        channel="email",
        provider="smtp.example.test",
        key="k",
        honours_keys=False,
        started_at=AT,
        copy={"to": "robin@example.test"},
    )
    assert rotation.rotate_data_key(at=AT, settle=0).values == 1
    assert Attempt.objects.filter(copy__not_under=envelope.header(2)).count() == 0
    assert Attempt.objects.get(pk=attempt.pk).copy == {"to": "robin@example.test"}
    assert guards.missing(connection) == []
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Attempt.objects.update(number=2)


def test_what_cannot_be_opened_is_named_and_keeps_its_key_in_force(real_home, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda _: None)
    notes = some_notes()
    Note.objects.filter(pk=notes[5].pk).update(
        text=Ciphertext(Note.objects.filter(pk=notes[6].pk).values_list("text", flat=True).get().raw)
    )
    broken = files.put(b"photo")
    files.path_of(broken).write_bytes(files.raw(broken)[:-1])
    done = rotation.rotate_data_key(at=AT, settle=0)
    assert done.unreadable == {f"notes_note:text:{notes[5].pk}", f"file:{broken}"}
    assert not DataKey.objects.exclude(retired_at=None).exists()
    with pytest.raises(CommandError, match=f"cannot be opened.*notes_note:text:{notes[5].pk}"):
        call_command("rotate_keys")


def test_a_new_master_key_wraps_the_data_keys_anew_and_encrypts_no_value_anew(real_home):
    notes = some_notes()
    before = {note.pk: note.text for note in notes}
    raw = list(Note.objects.order_by("pk").values_list("text", flat=True))
    former = keys.read(real_home.key_file).master
    assert rotation.rotate_master_key(at=AT) == 1
    now = keys.read(real_home.key_file).master
    assert now != former
    assert DataKey.objects.get().master == now.fingerprint
    assert [value.raw for value in Note.objects.order_by("pk").values_list("text", flat=True)] == [v.raw for v in raw]
    ring.forget()
    assert {note.pk: note.text for note in Note.objects.all()} == before


def test_a_master_rotation_that_was_cut_off_is_finished_without_another_key(real_home):
    some_notes()
    half = keys.add_master(real_home.key_file)
    rotation.rotate_master_key(at=AT)
    assert keys.read(real_home.key_file) == half
    assert DataKey.objects.get().master == half.master.fingerprint


def test_a_rotation_does_not_run_beside_another_or_a_backup(real_home):
    with locks.alone(), pytest.raises(VaultError, match=r"is running\. Try again"):
        rotation.rotate_data_key(at=AT, settle=0)


def test_the_command_says_what_it_did(real_home, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda _: None)
    some_notes()
    said = StringIO()
    call_command("rotate_keys", stdout=said)
    call_command("rotate_keys", master=True, stdout=said)
    assert "Data key 2 is in force: 21 values and 3 files were encrypted anew." in said.getvalue()
    assert "wraps the clinic's 2 data keys" in said.getvalue()


def test_nothing_plain_stands_in_the_database_or_in_any_file(real_home):
    canary = "Keloid-Canary-7731"
    note = Note.objects.create(text=canary, answers={"said": canary})
    note.reason = "K-7731"
    note.file = files.put(canary.encode() * 100)
    note.save()
    assert dumped(real_home).count(b"notes_note") > 0
    assert canary.encode() not in dumped(real_home)
    assert b"K-7731" not in dumped(real_home)


def dumped(home):
    """Every byte of the home, and of the database where it lies elsewhere."""
    found = b"".join(path.read_bytes() for path in home.path.rglob("*") if path.is_file())
    if connection.vendor == "sqlite":
        return found
    with connection.cursor() as cursor, cursor.copy("COPY notes_note TO STDOUT") as copy:
        return found + b"notes_note" + b"".join(bytes(block) for block in copy)
