"""Data keys: made when first needed, wrapped by the master key, and of no use without it."""

import pytest
from django.db import IntegrityError, transaction

from needlework.vault import keys, ring
from needlework.vault.errors import KeyFileError, UnreadableValueError
from needlework.vault.models import DataKey
from tests.notes import tables
from tests.notes.models import Note


@pytest.fixture(autouse=True)
def notes(real_home):
    tables.make()


def some_notes():
    return Note.objects.bulk_create([Note(text=f"text {number}") for number in range(3)])


def test_the_first_data_key_is_made_when_something_is_first_encrypted(real_home):
    assert not DataKey.objects.exists()
    some_notes()
    assert [(key.version, key.retired_at) for key in DataKey.objects.all()] == [(1, None)]


def test_a_data_key_is_stored_wrapped_by_the_master_key_alone(real_home):
    some_notes()
    row = DataKey.objects.get()
    secret = ring.unwrapped(row, keys.read(real_home.key_file))
    assert secret not in bytes(row.wrapped)
    assert row.master == keys.read(real_home.key_file).master.fingerprint


def test_a_key_that_was_rolled_back_encrypts_nothing_that_is_kept(real_home):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Note.objects.create(text="never kept")
        raise ZeroDivisionError
    assert not DataKey.objects.exists()
    note = Note.objects.create(text="kept")
    ring.forget()
    assert Note.objects.get(pk=note.pk).text == "kept"


def test_the_key_file_of_another_clinic_opens_nothing_and_says_which_is_needed(real_home):
    note = some_notes()[0]
    needed = keys.read(real_home.key_file).master.fingerprint
    real_home.key_file.unlink()
    keys.create(real_home.key_file)
    ring.forget()
    with pytest.raises(KeyFileError, match=f"does not belong to this database: it needs the key {needed}"):
        Note.objects.get(pk=note.pk).text  # noqa: B018


def test_a_wrapped_key_that_was_changed_does_not_open(real_home):
    note = some_notes()[0]
    row = DataKey.objects.get()
    DataKey.objects.update(wrapped=bytes(row.wrapped)[:-1] + bytes([bytes(row.wrapped)[-1] ^ 1]))
    ring.forget()
    with pytest.raises(UnreadableValueError, match="Data key 1 was changed"):
        Note.objects.get(pk=note.pk).text  # noqa: B018


def test_a_data_key_that_is_gone_is_said(real_home):
    note = some_notes()[0]
    DataKey.objects.all().delete()
    ring.forget()
    with pytest.raises(UnreadableValueError, match="There is no data key 1"):
        Note.objects.get(pk=note.pk).text  # noqa: B018


@pytest.mark.parametrize("values", [{"version": 0, "master": "x"}, {"version": 1, "master": ""}])
def test_the_database_refuses_a_data_key_without_number_or_master(real_home, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        DataKey.objects.create(wrapped=b"x", **values)


def test_the_database_refuses_two_data_keys_of_one_version(real_home):
    DataKey.objects.create(version=1, wrapped=b"x", master="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        DataKey.objects.create(version=1, wrapped=b"y", master="x")
