"""`needlework backup FILE`: everything a clinic holds, in one encrypted file."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from needlework.cli import installation
from needlework.cli.errors import BadInputError

EXAMPLE = "needlework backup clinic-2026-11-22.backup"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, help="the file to write; it must not be there yet")


def run(options: argparse.Namespace) -> int:
    """Write the backup, read it through, and say what it holds."""
    installation.found()
    from django.conf import settings

    from needlework.vault.errors import VaultError

    try:
        contents = installation.config("backups.making").back_up(options.file, at=datetime.now(UTC))
    except VaultError as wrong:
        raise BadInputError(str(wrong)) from None
    except FileExistsError:
        raise BadInputError(f"{options.file} exists already. Name a new file.") from None
    except OSError as problem:
        raise BadInputError(f"{options.file} cannot be written ({problem.strerror}). Name another file.") from None
    print(f"Wrote {options.file} and read it through: {contents}.")
    print(f"It opens only with the key file. Keep a copy of {settings.HOME.key_file} in another place than the backup.")
    return 0
