"""The stream that the child reads and the one it writes, without the process around it."""

import io

import numpy as np
import pytest

from needlework.imaging.files import confinement, normalising, serving
from needlework.imaging.files.answers import FACTS, LENGTH, READY, Answer
from needlework.imaging.files.refusals import Refusal
from tests import made_files


@pytest.fixture(autouse=True)
def allowed(monkeypatch):
    """Keep the limits away from this process; return what would have been allowed."""
    found: list[tuple[int, int]] = []
    monkeypatch.setattr(confinement, "allow", lambda pixels, size: found.append((pixels, size)))
    return found


def served(*files: bytes) -> io.BytesIO:
    sink = io.BytesIO()
    serving.serve(io.BytesIO(b"".join(LENGTH.pack(len(data)) + data for data in files)), sink)
    sink.seek(0)
    assert sink.read(1) == READY
    return sink


def answer(sink: io.BytesIO) -> Answer:
    return Answer.unpacked(sink.read(FACTS.size))


def test_pixels_follow_the_facts_of_each_file(allowed):
    data = made_files.png()
    sink = served(data, made_files.jpeg(quality=80), data[:40], data)
    assert answer(sink) == Answer(None, 96, 72)
    assert sink.read(96 * 72 * 3) == made_files.GRADIENT.tobytes()
    assert answer(sink) == Answer(None, 96, 72, 80)
    sink.read(96 * 72 * 3)
    assert answer(sink) == Answer(Refusal.DAMAGED)
    assert answer(sink) == Answer(None, 96, 72)
    assert np.frombuffer(sink.read(), np.uint8).size == 96 * 72 * 3
    assert allowed[0] == (96 * 72, len(data))


def test_what_is_no_photograph_is_damaged():
    assert answer(served(b"hello")) == Answer(Refusal.DAMAGED)
    assert answer(served(b"")) == Answer(Refusal.DAMAGED)


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [(MemoryError(), Refusal.COSTLY), (SyntaxError("odd"), Refusal.DAMAGED), (RecursionError(), Refusal.DAMAGED)],
    ids=repr,
)
def test_whatever_a_decoder_raises_is_one_answer(monkeypatch, wrong, expected):
    def broken(*_):
        raise wrong

    monkeypatch.setattr(serving, "normalised", broken)
    assert answer(served(made_files.png())) == Answer(expected)


def test_every_kind_can_be_loaded():
    serving.load(["JPEG", "PNG", "HEIF"])
    assert normalising.normalised is serving.normalised


@pytest.mark.parametrize(
    "answer",
    [
        Answer(Refusal.HDR),
        Answer(None, 64, 20_000),
        Answer(None, 4000, 3000, 92, "Remini"),
        Answer(None, 9248, 6936, 1),
    ],
    ids=str,
)
def test_an_answer_comes_back_as_it_left(answer):
    assert Answer.unpacked(answer.packed()) == answer


@pytest.mark.parametrize(
    "nonsense",
    [
        b"",
        b"\0" * (FACTS.size - 1),
        FACTS.pack(200, 0, 0, 0, 0),
        FACTS.pack(0, 0, 0, 0, 0),
        FACTS.pack(0, 4_000_000_000, 4_000_000_000, 0, 0),
        FACTS.pack(0, 20_001, 100, 0, 0),
        FACTS.pack(0, 10_000, 10_000, 0, 0),
        FACTS.pack(0, 100, 100, 101, 0),
        FACTS.pack(0, 100, 100, 0, 255),
    ],
    ids=["nothing", "short", "refusal", "no-size", "huge", "long", "large", "quality", "program"],
)
def test_an_answer_that_no_sane_child_gives_is_refused(nonsense):
    with pytest.raises(ValueError, match=r"."):
        Answer.unpacked(nonsense)
