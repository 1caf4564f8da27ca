"""From a path to a shot, through the real child. A child costs a tenth of a second: files share one where they can."""

import hashlib
import io
import os
import tracemalloc
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from needlework.evidence.errors import InputError
from needlework.imaging.files import decoder, kinds, limits, profiles, reading
from needlework.imaging.files.answers import FACTS, Answer
from needlework.imaging.files.normalising import normalised
from needlework.imaging.files.opened import opener
from needlework.imaging.shots import Source
from tests import made_files

P3 = profiles.matrix_profile(profiles.DISPLAY_P3, profiles.SRGB_CURVE)


def unicode_remark() -> bytes:
    found = Image.Exif()
    found[0x8769] = {0x9286: b"UNICODE\0" + "Steps: 30, Sampler: DDIM".encode("utf-16-be"), 0xA005: {1: "R03"}}
    return found.tobytes()


TAKEN = {
    "plain.jpg": made_files.jpeg(quality=80),
    "progressive-p3-turned.jpg": made_files.jpeg(progressive=True, icc_profile=P3, exif=made_files.exif(t112=6)),
    "cmyk.jpg": made_files.saved(made_files.image().convert("CMYK"), "JPEG"),
    "remark.jpg": made_files.jpeg(exif=unicode_remark()),
    "zip-behind.jpg": made_files.jpeg() + b"PK\x03\x04" + bytes(3000),
    "plain.png": made_files.png(),
    "edited.png": made_files.png(exif=made_files.exif(t131="Snapseed 2.0")),
    "grey.png": made_files.saved(made_files.image().convert("L"), "PNG", icc_profile=P3),
    "palette.png": made_files.saved(made_files.image().quantize(8), "PNG", transparency=bytes([255] * 7 + [0])),
    "transparent.png": made_files.png(transparency=(30, 20, 200)),
    "deep.png": made_files.deep_png(made_files.GRADIENT.astype(np.uint16) * 256, 2),
    "deep-grey.png": made_files.deep_png(made_files.GRADIENT[..., :1].astype(np.uint16) * 256, 0),
    "plain.heic": made_files.heic(),
    "turned.heic": made_files.heic("turned"),
    "alpha.heic": made_files.heic("alpha"),
    "really-a-jpeg.png": made_files.jpeg(quality=70),
}


@pytest.fixture(scope="module")
def shots(tmp_path_factory):
    folder = tmp_path_factory.mktemp("taken")
    for name, data in TAKEN.items():
        (folder / name).write_bytes(data)
    return {Path(shot.name).name: shot for shot in reading.read_all([folder / name for name in TAKEN])}


def refused(path: Path) -> str:
    with pytest.raises(InputError) as wrong:
        reading.read_all([path])
    assert "\n" not in str(wrong.value)
    return wrong.value.sentence


def sentence(data: bytes) -> str:
    with pytest.raises(InputError) as wrong:
        reading.decode([("a file", data)])
    assert wrong.value.field == "a file"
    return wrong.value.sentence


@pytest.mark.parametrize("name", TAKEN)
def test_the_confined_child_gives_what_the_same_code_gives_here(shots, name):
    """Nothing is missing once the child can open no file any more."""
    data = TAKEN[name]
    here = normalised(opener(kinds.kind(data))(data), data)
    shot = shots[name]
    assert np.array_equal(shot.image, np.asarray(here.image))
    assert shot.source == Source(kinds.kind(data), *here.size, here.jpeg_quality, here.edited_with)
    assert shot.digest == hashlib.sha256(data).hexdigest()


def test_a_file_is_told_by_its_content_and_not_by_its_name(shots):
    assert shots["really-a-jpeg.png"].source == Source("JPEG", 96, 72, 70)


def test_a_shot_owns_pixels_that_may_be_drawn_upon(shots):
    image = shots["plain.png"].image
    assert (image.dtype, image.shape) == (np.uint8, (72, 96, 3))
    assert image.flags.c_contiguous
    assert image.flags.writeable


def test_the_name_that_was_given_is_kept_fit_for_one_line(tmp_path):
    path = tmp_path / "a\nname.jpg"
    path.write_bytes(made_files.jpeg())
    named, read = *reading.decode([("before\x1b[2J", path.read_bytes())]), *reading.read_all([path])
    assert (named.name, read.name) == ("before?[2J", f"{tmp_path}/a?name.jpg")


def test_nothing_to_read_is_nothing_read():
    assert reading.read_all([]) == ()


# Files that are no photographs


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "It is empty. Copy it again from the camera or phone."),
        (b"GIF89a" + bytes(99), "It seems to be a GIF, which is not taken. Save it as JPEG, PNG or HEIC."),
        (b"%PDF-1.7" + made_files.jpeg(), "It seems to be a PDF, which is not taken. Save it as JPEG, PNG or HEIC."),
        (b"PK\x03\x04" + made_files.jpeg(), "It seems to be a ZIP archive or an office document, which is not taken."),
        (np.random.default_rng(1).bytes(5000), "It is no photograph of a kind that is known. Save it as JPEG,"),
    ],
    ids=["empty", "gif", "pdf-first", "zip-first", "random"],
)
def test_what_is_no_photograph_is_named(monkeypatch, data, expected):
    monkeypatch.setattr(decoder, "started", None)  # no child is started for these
    assert sentence(data).startswith(expected)


def test_a_large_file_is_refused_without_reading_it_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_BYTES", 10_000_000)
    path = tmp_path / "large.jpg"
    with path.open("wb") as file:
        file.write(made_files.jpeg())
        file.truncate(1 << 30)
    assert refused(path) == "It is larger than 10 MB. Take it with fewer pixels, as a JPEG: 12 megapixels are enough."


def test_a_folder_a_missing_file_and_a_strange_name_are_refused(tmp_path):
    assert refused(tmp_path) == "It cannot be read (Is a directory). Name a file with one photograph."
    assert "No such file" in refused(tmp_path / "none.jpg")
    assert "there is no such thing" in refused(Path("a\0b"))


def test_a_pipe_and_a_device_are_never_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.jpg")
    for path in (tmp_path / "pipe.jpg", Path("/dev/zero"), Path("/dev/null")):
        assert refused(path) == "It is a pipe or a device. Name a file with one photograph."


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    def forbidden(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", forbidden)
    assert refused(tmp_path / "a.jpg") == ("It cannot be read (Permission denied). Name a file with one photograph.")


# Files that are made to harm


def test_hostile_files_are_one_sentence_each_and_the_child_survives_most():
    """All go through one child, as files of one comparison do."""
    blank = bytes(97 * 72)
    text_bomb = made_files.chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(80_000_000), 1))
    profile_bomb = made_files.chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(80_000_000), 1))
    pixel_bomb = made_files.raw_png(96, 72, 8, 0, bytes(80_000_000))
    jpeg = made_files.jpeg()
    table = jpeg.index(b"\xff\xc4")
    files = {
        made_files.raw_png(50_000, 50_000, 8, 2, b""): "It has more than 65 megapixels",
        made_files.raw_png(96, 72, 8, 0, blank, text_bomb): "It is damaged",
        made_files.raw_png(96, 72, 8, 0, blank, profile_bomb): "It is damaged",
        made_files.raw_png(96, 72, 8, 0, blank[:-500]): "It is damaged",
        made_files.raw_png(96, 72, 9, 7, blank): "It is damaged",
        made_files.raw_png(96, 72, 8, 0, blank).replace(b"IDAT", b"IDOT"): "It is damaged",
        jpeg[: table + 4] + b"\xff" * 60 + jpeg[table + 64 :]: "It is damaged",
        made_files.heic()[:500]: "It is damaged",
        made_files.heic().replace(b"hvcC", b"hvcX"): "It is damaged",
    }
    with decoder.started(kinds.ACCEPTED) as process:
        for data, expected in files.items():
            with pytest.raises(InputError, match=f"^bad: {expected}"):
                reading._shot(process, "bad", data)
        assert decoder.decode(process, pixel_bomb)[0].max() == 0  # what is too much is not unpacked
        assert decoder.decode(process, made_files.png())[0].tobytes() == made_files.GRADIENT.tobytes()


def test_the_sentence_names_the_file_that_is_wrong_among_several():
    with pytest.raises(InputError, match=r"^second: It is damaged or ends too early\."):
        reading.decode([("first", made_files.png()), ("second", made_files.png()[:-12])])


# A child that misbehaves

SENT = made_files.jpeg() + bytes(1_000_000)
HEARS = f"import os, sys, time; os.write(1, b'\\1'); sys.stdin.buffer.read({len(SENT) + 8}); "
MISBEHAVING = {
    "dies": HEARS + "os._exit(3)",
    "kills-itself": HEARS + "os.kill(os.getpid(), 9)",
    "hangs": HEARS + "time.sleep(60)",
    "hangs-deaf": "import os, time; os.write(1, b'\\1'); time.sleep(60)",
    "hangs-late": HEARS + f"os.write(1, {Answer(None, 96, 72).packed() + b'pixels'}); time.sleep(60)",
    "stops-late": HEARS + f"os.write(1, {Answer(None, 96, 72).packed() + bytes(9999)})",
    "closes-its-ears": "import os; os.write(1, b'\\1'); os.close(0); os.close(1)",
    "garbage": HEARS + "os.write(1, b'\\xff' * 5000)",
    "claims-much": HEARS + f"os.write(1, {FACTS.pack(0, 20_000, 20_000, 0, 0)})",
}


@pytest.mark.parametrize("how", MISBEHAVING)
def test_a_child_that_misbehaves_is_one_sentence_and_bounded_memory(monkeypatch, how):
    monkeypatch.setattr(decoder, "COMMAND", ("-I", "-S", "-c", MISBEHAVING[how]))
    if how.startswith("hangs"):
        monkeypatch.setattr(decoder, "LONGEST_SECONDS", 0.3)
    tracemalloc.start()
    try:
        assert sentence(SENT).startswith("It takes more time or memory than a photograph needs")
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_a_child_that_does_not_start_is_our_failure_and_not_the_file_s(monkeypatch):
    monkeypatch.setattr(decoder, "COMMAND", ("-I", "-S", "-c", "raise ImportError"))
    with pytest.raises(RuntimeError, match="did not start"):
        reading.decode([("a file", made_files.jpeg())])


def test_no_child_is_left_behind(monkeypatch):
    left = []
    end = decoder._end
    monkeypatch.setattr(decoder, "_end", lambda process: (end(process), left.append(process.poll())))
    reading.decode([("a file", made_files.jpeg())])
    assert left == [-9]


def test_photographs_in_memory_are_read_as_those_in_files(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(made_files.png())
    (one,) = reading.decode([(str(path), io.BytesIO(made_files.png()).read())])
    (other,) = reading.read_all([path])
    assert (one.name, one.digest, one.source) == (other.name, other.digest, other.source)
