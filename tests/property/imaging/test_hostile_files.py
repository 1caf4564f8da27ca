"""Whatever a file holds: an answer within the limits, or one sentence. Never a traceback, never a child that hangs."""

import random
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from needlework.imaging.files import declared, decoder, kinds, limits
from needlework.imaging.files.profiles import DISPLAY_P3, SRGB_CURVE, matrix_profile
from needlework.imaging.files.refusals import SENTENCES, Refusal, RefusedError
from tests import made_files

PROFILE = matrix_profile(DISPLAY_P3, SRGB_CURVE)
EXIF = made_files.exif(t112=6, t131="Snapseed", t10e="a remark")
SOUND = {
    "jpeg": made_files.jpeg(quality=60, icc_profile=PROFILE, exif=EXIF),
    "progressive": made_files.jpeg(quality=40, progressive=True),
    "png": made_files.png(icc_profile=PROFILE, exif=EXIF),
    "interlaced": made_files.png(interlace=1),
    "heic": made_files.heic("turned"),
    "alpha": made_files.heic("alpha"),
}
MUTANTS = 50
"""Of each sound file."""


def mutant(data: bytes, chance: random.Random) -> bytes:
    """Return a file with a few bytes changed, a piece cut out, doubled or moved; its beginning stays."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = chance.randrange(12, len(changed))
        length = chance.choice((1, 2, 4, 40))
        piece = changed[at : at + length]
        changed[at : at + length] = chance.choice(
            (chance.randbytes(length), b"", piece * 2, b"\xff" * length, bytes(length), bytes(reversed(piece)))
        )
    return bytes(changed)


def mutants(data: bytes) -> Iterator[bytes]:
    chance = random.Random(len(data))
    return (mutant(data, chance) for _ in range(MUTANTS))


def outcomes(files: Iterator[bytes]) -> Iterator[Refusal | tuple[int, ...]]:
    """Yield the shape that each file has or why it is refused; a child that broke over one is replaced."""
    while True:
        with decoder.started(kinds.ACCEPTED) as process:
            for data in files:
                try:
                    yield decoder.decode(process, data)[0].shape
                except RefusedError as wrong:
                    yield wrong.refusal
                    if wrong.refusal == Refusal.COSTLY:
                        break
            else:
                return


def test_a_corrupted_file_is_an_answer_or_a_refusal():
    made = [data for sound in SOUND.values() for data in mutants(sound)]
    found = list(outcomes(iter(made)))
    assert len(found) == len(made)
    assert all(found_one in SENTENCES or min(found_one[:2]) >= limits.SMALLEST_SIDE for found_one in found)
    assert sum(isinstance(one, Refusal) for one in found) > 50
    assert sum(not isinstance(one, Refusal) for one in found) > 50


def test_a_sound_file_is_still_taken_behind_corrupted_ones():
    (*_, last) = outcomes(iter([*mutants(SOUND["heic"]), SOUND["heic"]]))
    assert last == (96, 72, 3)


BEGINNINGS = st.sampled_from([data[:size] for data in SOUND.values() for size in (0, 12, 40, 200, len(data))])


@given(beginning=BEGINNINGS, rest=st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_headers_of_any_bytes_are_a_size_within_the_limits_or_a_refusal(beginning, rest):
    data = beginning + rest
    try:
        size = declared.size(kinds.kind(data) or "", data)
    except RefusedError:
        return
    assert limits.within(*size)
