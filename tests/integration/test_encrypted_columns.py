"""Encrypted columns, on the smallest model that has some."""

from uuid import uuid4

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.models import F

from needlework.vault.errors import UnreadableValueError, VaultError
from needlework.vault.fields import Ciphertext, EncryptedJSON, EncryptedText, Unopened
from tests.notes import tables
from tests.notes.models import Note, Withdrawal

pytestmark = pytest.mark.django_db

CANARY = "Keloid on the left shoulder – since 2019"


@pytest.fixture(autouse=True)
def notes(db):
    tables.make()


def stored(note: Note, column: str = "text") -> bytes:
    """What the database holds."""
    value = Note.objects.filter(pk=note.pk).values_list(column, flat=True).get()
    return value.raw


def put_raw(note: Note, column: str, raw: bytes) -> None:
    Note.objects.filter(pk=note.pk).update(**{column: Ciphertext(raw)})


def test_a_value_is_plain_on_the_instance_and_encrypted_in_the_database():
    note = Note.objects.create(text=CANARY, answers={"keloid": {"zones": ["shoulder-left"]}})
    read = Note.objects.get(pk=note.pk)
    assert (read.text, read.answers) == (CANARY, {"keloid": {"zones": ["shoulder-left"]}})
    assert b"Keloid" not in stored(note)
    assert b"keloid" not in stored(note, "answers")


def test_a_value_opens_when_it_is_read_and_not_before(monkeypatch):
    note = Note.objects.create(text=CANARY)
    opened = []
    opens = EncryptedText.opened
    monkeypatch.setattr(EncryptedText, "opened", lambda *a: opened.append(a) or opens(*a))
    read = Note.objects.get(pk=note.pk)
    assert opened == []
    assert read.text == read.text == CANARY
    assert len(opened) == 1


def test_the_same_text_is_never_stored_as_the_same_bytes():
    first, second = Note.objects.create(text=CANARY), Note.objects.create(text=CANARY)
    before = stored(first)
    first.save()
    assert len({before, stored(first), stored(second)}) == 3


def test_empty_values_are_stored_as_nothing_and_null_as_null():
    note = Note.objects.get(pk=Note.objects.create().pk)
    assert (note.text, note.answers, note.reason) == ("", {}, None)
    assert (stored(note), stored(note, "answers")) == (b"", b"")
    assert Note.objects.filter(reason__isnull=True, text__empty=True).exists()
    note.reason = ""
    note.save()
    assert Note.objects.get(pk=note.pk).reason == ""


def test_an_empty_json_value_is_a_new_one_each_time():
    note = Note.objects.get(pk=Note.objects.create().pk)
    note.answers["keloid"] = True
    assert Note.objects.get(pk=note.pk).answers == {}
    note.save()
    assert Note.objects.get(pk=note.pk).answers == {"keloid": True}


def test_only_defer_and_refresh_read_the_value_when_asked():
    note = Note.objects.create(text=CANARY)
    assert Note.objects.defer("text").get(pk=note.pk).text == CANARY
    assert Note.objects.only("title").get(pk=note.pk).text == CANARY
    note.text = "changed here only"
    note.refresh_from_db()
    assert note.text == CANARY
    note.text = "changed here only"
    note.refresh_from_db(fields=["text"])
    assert note.text == CANARY


def test_a_deferred_value_is_not_written_back():
    note = Note.objects.create(text=CANARY)
    before = stored(note)
    read = Note.objects.defer("text").get(pk=note.pk)
    read.title = "Seen"
    read.save()
    assert stored(note) == before


def test_many_rows_are_encrypted_each_for_its_own_key():
    notes = Note.objects.bulk_create([Note(text=f"note {n}") for n in range(50)])
    assert {note.text for note in Note.objects.all()} == {f"note {n}" for n in range(50)}
    put_raw(notes[0], "text", stored(notes[1]))
    with pytest.raises(UnreadableValueError, match="moved there from another place"):
        Note.objects.get(pk=notes[0].pk).text  # noqa: B018


def test_a_value_moved_to_another_column_does_not_open():
    note = Note.objects.create(text='{"a":1}')
    put_raw(note, "answers", stored(note))
    with pytest.raises(UnreadableValueError):
        Note.objects.get(pk=note.pk).answers  # noqa: B018


@pytest.mark.parametrize("position", [0, 1, 4, 5, 16, 17, 40, -1])
def test_a_flipped_bit_does_not_open(position):
    note = Note.objects.create(text=CANARY)
    raw = bytearray(stored(note))
    raw[position] ^= 1
    put_raw(note, "text", bytes(raw))
    with pytest.raises(UnreadableValueError):
        Note.objects.get(pk=note.pk).text  # noqa: B018


def test_bytes_that_were_never_encrypted_do_not_open():
    note = Note.objects.create(text=CANARY)
    put_raw(note, "text", b"plain text that somebody put there")
    with pytest.raises(UnreadableValueError, match="is not encrypted"):
        Note.objects.get(pk=note.pk).text  # noqa: B018


@pytest.mark.parametrize(
    "question",
    [
        lambda: Note.objects.filter(text="x"),
        lambda: Note.objects.filter(text__contains="x"),
        lambda: Note.objects.exclude(answers__keloid=True),
        lambda: Note.objects.filter(reason=None),
        lambda: list(Note.objects.order_by("text")),
        lambda: list(Note.objects.order_by("-text")),
        lambda: Note.objects.update(text="x"),
        lambda: Note.objects.update(text=F("reason")),
        lambda: Note.objects.bulk_update([Note.objects.create(text="x")], ["text"]),
        lambda: serializers.serialize("json", [Note.objects.create(text="x")]),
    ],
)
def test_a_question_that_the_database_cannot_answer_is_refused(question):
    with pytest.raises(FieldError, match=r"Note\.\w+ is encrypted: it cannot be "):
        question()


def test_a_value_outside_its_instance_does_not_pass_for_text():
    Note.objects.create(text=CANARY)
    value = Note.objects.values_list("text", flat=True).get()
    assert isinstance(value, Unopened)
    with pytest.raises(TypeError, match="read through its instance"):
        str(value)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"text": "a\0b"}, "NUL"),
        ({"text": "a" * 10_001}, "at most 10000 characters"),
        ({"reason": "a" * 11}, "at most 10 characters"),
        ({"text": b"bytes"}, "takes text"),
        ({"text": "\ud800"}, "surrogates"),
        ({"answers": {"a": "\0"}}, "NUL"),
        ({"answers": {"a": "b" * 100_001}}, "at most 100000 bytes"),
        ({"answers": {"a": float("nan")}}, "not JSON compliant"),
    ],
)
def test_what_a_column_cannot_hold_is_refused_before_it_is_written(values, sentence):
    with pytest.raises(ValueError, match=sentence), transaction.atomic():
        Note.objects.create(**values)
    assert not Note.objects.exists()


def test_the_database_refuses_bytes_longer_than_the_column_holds():
    note = Note.objects.create(reason="short")
    with pytest.raises(DatabaseError), transaction.atomic():
        put_raw(note, "reason", bytes(10 * 4 + 34))


def test_a_constraint_can_ask_for_something_in_the_column():
    note = Note.objects.create()
    Withdrawal.objects.create(note=note, reason="Wrong patient")
    with pytest.raises(IntegrityError), transaction.atomic():
        Withdrawal.objects.create(note=Note.objects.create(), reason="")
    assert Withdrawal.objects.get(note=note).reason == "Wrong patient"


def test_a_copy_under_another_key_must_be_read_first():
    note = Note.objects.get(pk=Note.objects.create(text=CANARY).pk)
    note.pk = uuid4()
    with pytest.raises(UnreadableValueError):
        note.save(force_insert=True)


def test_a_row_without_its_key_is_not_encrypted():
    with pytest.raises(VaultError, match="needs its primary key"):
        Withdrawal(reason="x").save()


def test_a_model_that_learns_its_key_from_the_database_is_refused():
    class Counted(models.Model):
        id = models.AutoField(primary_key=True)
        text = EncryptedText()

        class Meta:
            app_label = "passing"

    assert "known before saving" in str(Counted.check())
    assert Note.check() == []


def test_a_migration_writes_the_column_as_it_was_declared():
    _, path, args, options = EncryptedText(blank=True, max_length=30).clone().deconstruct()
    assert (path, args) == ("needlework.vault.fields.EncryptedText", [])
    assert options == {"blank": True, "max_length": 30}
    assert EncryptedJSON(default=dict).deconstruct()[3] == {"default": dict, "max_length": 100_000}
    assert EncryptedJSON().deconstruct()[3] == {"max_length": 100_000}
    assert (EncryptedJSON().get_default(), EncryptedText().get_default()) == (None, "")


def test_a_page_of_rows_costs_no_question_to_the_database_for_keys(django_assert_num_queries):
    Note.objects.bulk_create([Note(text=f"note {n}") for n in range(20)])
    with django_assert_num_queries(1):
        assert [note.text for note in Note.objects.all()]
    assert connection.vendor in {"sqlite", "postgresql"}
