"""`needlework restore FILE`: a backup into an empty home."""

import argparse
from pathlib import Path

from needlework.cli import installation
from needlework.cli.errors import BadInputError

EXAMPLE = "NEEDLEWORK_HOME=new-folder needlework restore clinic-2026-11-22.backup"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, help="a file that `needlework backup` has written")


def run(options: argparse.Namespace) -> int:
    """Check the backup, put it in place, and say what it held."""
    installation.start_django()
    from needlework.vault.errors import VaultError

    try:
        contents = installation.config("backups.restoring").restore(options.file)
    except VaultError as wrong:
        raise BadInputError(str(wrong)) from None
    except OSError as problem:
        place = problem.filename or options.file
        raise BadInputError(f"{place}: {problem.strerror}. Check the file, and the room on the disk.") from None
    print(f"Restored {options.file}: {contents}, all checked. `needlework serve` opens the clinic.")
    return 0
