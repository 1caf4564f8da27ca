"""A clinic worth backing up: patients, files, and a member of staff."""

from needlework.vault import files
from tests.factories import patients

NAME = "Featherstonehaugh"
"""A name that stands nowhere else, to be looked for in what must not show it."""


def clinic(count: int = 5) -> dict[str, bytes]:
    """Fill the home, and return the files by their names."""
    for number in range(count):
        patients.patient(family_name=NAME, given_names=f"Patience {number}")
    contents = [f"photograph {number} of {NAME}".encode() * 1000 for number in range(count)]
    return {files.put(content): content for content in contents}
