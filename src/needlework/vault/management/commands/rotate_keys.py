"""`needlework manage rotate_keys`: new keys for old, while the clinic works."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from needlework.vault.errors import VaultError
from needlework.vault.rotation import rotate_data_key, rotate_master_key


class Command(BaseCommand):
    """Rotate the data key, or the master key."""

    help = "Make a new data key and encrypt everything with it; with --master, put a new master key into the key file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the choice between the two keys."""
        parser.add_argument("--master", action="store_true", help="rotate the master key in the key file instead")

    def handle(self, *_: Any, master: bool, **__: Any) -> None:
        """Rotate, and say what was done."""
        try:
            self.stdout.write(_master() if master else _data())
        except VaultError as problem:
            raise CommandError(str(problem)) from None


def _master() -> str:
    count = rotate_master_key(at=timezone.now())
    return (
        f"A new master key is in force and wraps the clinic's {count} data keys. Copy {settings.HOME.key_file} to your "
        "safe place now; the copies that you have do not open the next backup."
    )


def _data() -> str:
    done = rotate_data_key(at=timezone.now())
    if done.unreadable:
        raise VaultError(
            f"These cannot be opened, so the old data key stays in force: {', '.join(sorted(done.unreadable))}. "
            "Restore them from a backup, then run this again."
        )
    return f"Data key {done.version} is in force: {done.values} values and {done.files} files were encrypted anew."
