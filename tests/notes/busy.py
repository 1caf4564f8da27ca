"""Save notes as fast as it goes, each several times, reading each back: `python -m tests.notes.busy SECONDS`."""

import sys
import time
from uuid import uuid4

import django

django.setup()

from tests.notes.models import Note


def main() -> None:
    assert not Note.objects.filter(pk=uuid4()).exists()
    say("ready")
    sys.stdin.readline()
    written = {}
    end = time.monotonic() + float(sys.argv[1])
    while time.monotonic() < end:
        note = Note(text="written 0")
        note.save(force_insert=True)
        for count in range(1, 4):
            note.text = f"written {count}"
            note.save()
            assert Note.objects.get(pk=note.pk).text == note.text
            written[note.pk] = count
    for pk, count in written.items():
        say(f"{pk}={count}")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
