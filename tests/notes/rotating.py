"""Rotate the data key until killed: `python -m tests.notes.rotating`."""

from datetime import UTC, datetime

import django

django.setup()

from needlework.vault.rotation import rotate_data_key

if __name__ == "__main__":
    rotate_data_key(at=datetime(2026, 11, 22, 9, tzinfo=UTC), settle=0)
