"""`needlework move-to DATABASE_URL`: a clinic from SQLite to PostgreSQL, verified row by row."""

import argparse

from needlework.cli import installation
from needlework.cli.errors import BadInputError

EXAMPLE = "needlework move-to postgresql://needlework:PASSWORD@localhost/needlework"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("database_url", metavar="DATABASE_URL", help="an empty PostgreSQL database")


def run(options: argparse.Namespace) -> int:
    """Move, and show what was moved."""
    installation.found()
    from django.conf import settings

    from needlework.vault.errors import VaultError

    move = installation.config("moving.move")
    try:
        moved = move.move_to(options.database_url)
    except VaultError as wrong:
        raise BadInputError(str(wrong)) from None
    print(move.table(moved))
    print(
        "\nEvery row is the same on both sides. Set DATABASE_URL to that address wherever `needlework` runs, and leave "
        f"NEEDLEWORK_HOME and the key file as they are: files stay in {settings.HOME.files}.\n"
        f"{settings.HOME.sqlite_file} is as it was. Keep it until you are sure, then delete it."
    )
    return 0
