"""`needlework export PATIENT`: a copy of everything held about one patient, in open formats."""

import argparse
from pathlib import Path

from needlework.cli.errors import BadInputError

EXAMPLE = "needlework export 7f3c0a52-6d0e-4c7e-9b60-0a8f7f4f2f11 --to record.zip"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("patient", help="the patient's number, as it stands in the address of their page")
    parser.add_argument("--to", type=Path, required=True, help="the ZIP file to write")


def run(options: argparse.Namespace) -> int:
    """Write the archive to a new file."""
    from needlework.cli import installation

    installation.found()
    from django.utils import timezone

    from needlework.audit.record import SYSTEM
    from needlework.front import operations
    from needlework.front.queries import subject_access

    patient = subject_access.find(options.patient)
    if patient is None:
        raise BadInputError(f"There is no patient {options.patient!r}. Copy the number from the address of their page.")
    try:
        with options.to.open("xb") as file:
            file.write(operations.hand_out_copy(patient=patient, by=SYSTEM, at=timezone.now()))
    except FileExistsError:
        raise BadInputError(f"{options.to} exists already. Name a new file with --to.") from None
    except OSError as problem:
        raise BadInputError(f"{options.to} cannot be written ({problem.strerror}). Name another file.") from None
    print(f"Wrote {options.to}. It is not encrypted: hand it over safely.")
    return 0
