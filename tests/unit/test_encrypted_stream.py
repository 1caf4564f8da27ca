"""The encrypted stream that backups are written in."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as some

from needlework.vault import stream
from needlework.vault.errors import UnreadableBackupError
from needlework.vault.keys import KeyFile, Master

KEY = KeyFile(b"s" * 32, (Master(b"m" * 32),))
OTHER = KeyFile(b"s" * 32, (Master(b"o" * 32),))
HEAD = stream.HEAD.size + stream.MAC_BYTES
CHUNK = stream.CHUNK + stream.TAG_BYTES


def encrypted(*parts: bytes) -> bytes:
    file = BytesIO()
    with stream.Writer(file, KEY.master) as out:
        for part in parts:
            out.write(part)
    return file.getvalue()


def opened(raw: bytes, keys: KeyFile = KEY) -> bytes:
    source, found = stream.Reader(BytesIO(raw), keys), b""
    while not source.at_end():
        found += source.read(1)
    return found


@pytest.mark.parametrize("length", [0, 1, stream.CHUNK - 1, stream.CHUNK, stream.CHUNK + 1, 2 * stream.CHUNK])
def test_any_length_is_read_as_it_was_written(length):
    content = bytes(range(256)) * (length // 256 + 1)
    source = stream.Reader(BytesIO(encrypted(content[:length])), KEY)
    assert source.read(length) == content[:length]
    assert source.at_end()


@given(some.lists(some.binary(max_size=50), max_size=20))
def test_how_it_was_written_in_parts_does_not_matter(parts):
    assert opened(encrypted(*parts)) == b"".join(parts)


def test_the_same_content_is_never_encrypted_to_the_same_bytes():
    assert encrypted(b"same")[HEAD:] != encrypted(b"same")[HEAD:]


@pytest.mark.parametrize("position", [0, 17, 18, 19, 26, 27, 58, 59, 90, HEAD, HEAD + CHUNK - 1, HEAD + CHUNK, -1])
@pytest.mark.parametrize("bit", [1, 128])
def test_one_flipped_bit_anywhere_is_refused(position, bit):
    raw = bytearray(encrypted(bytes(stream.CHUNK + 100)))
    raw[position] ^= bit
    with pytest.raises(UnreadableBackupError):
        stream.Reader(BytesIO(bytes(raw)), KEY).read(stream.CHUNK + 100)


@pytest.mark.parametrize("length", [0, 5, HEAD - 1, HEAD, HEAD + 1, HEAD + CHUNK, HEAD + 2 * CHUNK, -1])
def test_a_stream_that_was_cut_off_is_refused(length):
    whole = encrypted(bytes(2 * stream.CHUNK + 100))
    with pytest.raises(UnreadableBackupError):
        stream.Reader(BytesIO(whole[:length]), KEY).read(2 * stream.CHUNK + 100)


def test_chunks_in_another_order_twice_or_left_out_are_refused():
    whole = encrypted(bytes(3 * stream.CHUNK))
    head, first, second, third = whole[:HEAD], *(whole[HEAD + n * CHUNK : HEAD + (n + 1) * CHUNK] for n in range(3))
    for chunks in ((second, first, third), (first, first, second, third), (first, third), (third,)):
        with pytest.raises(UnreadableBackupError, match="cut off or changed"):
            stream.Reader(BytesIO(head + b"".join(chunks)), KEY).read(3 * stream.CHUNK)


def test_chunks_of_another_backup_under_the_same_key_are_refused():
    with pytest.raises(UnreadableBackupError):
        opened(encrypted(b"one")[:HEAD] + encrypted(b"two")[HEAD:])


def test_a_stream_that_was_made_longer_is_refused():
    with pytest.raises(UnreadableBackupError):
        opened(encrypted(b"content") + b"more")


def test_another_key_is_told_from_damage():
    with pytest.raises(UnreadableBackupError, match=f"needs the key {KEY.master.fingerprint}") as refusal:
        opened(encrypted(b"content"), OTHER)
    assert OTHER.master.fingerprint in str(refusal.value)


def test_a_former_master_key_still_opens_what_it_encrypted():
    assert opened(encrypted(b"content"), KeyFile(b"s" * 32, (OTHER.master, KEY.master))) == b"content"


def test_a_newer_version_is_told_from_damage():
    raw = bytearray(encrypted(b"content"))
    raw[len(stream.MAGIC)] = 2
    with pytest.raises(UnreadableBackupError, match="newer version"):
        opened(bytes(raw))


def test_something_else_is_said_to_be_no_backup():
    for raw in (b"", b"SQLite format 3\0" + bytes(200), b"Needlework"):
        with pytest.raises(UnreadableBackupError, match="not a backup"):
            opened(raw)


def test_reading_beyond_the_end_is_refused():
    source = stream.Reader(BytesIO(encrypted(b"content")), KEY)
    with pytest.raises(UnreadableBackupError):
        source.read(8)


def test_what_was_left_by_an_error_does_not_open():
    file = BytesIO()
    with pytest.raises(ZeroDivisionError), stream.Writer(file, KEY.master) as out:
        out.write(bytes(2 * stream.CHUNK))
        raise ZeroDivisionError
    with pytest.raises(UnreadableBackupError):
        stream.Reader(BytesIO(file.getvalue()), KEY).read(2 * stream.CHUNK)
