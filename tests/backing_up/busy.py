"""Store a file and the patient that names it, say so, and go on until killed: `python -m tests.backing_up.busy`."""

import os
import sys

import django

django.setup()

from needlework.vault import files
from tests.factories import patients


def main() -> None:
    number = 0
    while True:
        number += 1
        given = f"{os.getpid()}-{number}"
        name = files.put(given.encode() * 100)
        patients.patient(given_names=given, known_as=name)
        sys.stdout.write(f"{given} {name}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
