"""Where this installation keeps its data and its key: read from the environment once, by `current()`."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from needlework.vault import keys


@dataclass(frozen=True)
class Home:
    """One installation: its data folder, its key file (outside that folder) and its database."""

    path: Path
    key_file: Path
    database_url: str | None = None

    @property
    def sqlite_file(self) -> Path:
        """The embedded database, used when there is no DATABASE_URL."""
        return self.path / "needlework.sqlite3"

    @property
    def files(self) -> Path:
        """The folder of encrypted files."""
        return self.path / "files"


def current() -> Home:
    """Return the installation that the environment names."""
    default = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "needlework"
    path = Path(os.environ.get("NEEDLEWORK_HOME") or default).expanduser().resolve()
    key_file = Path(os.environ.get("NEEDLEWORK_KEY_FILE") or path.with_name(path.name + ".key")).expanduser()
    return Home(path, key_file, os.environ.get("DATABASE_URL") or None)


def signing_key(home: Home) -> str:
    """Return the secret that signs cookies and links, as the key file holds it; a passing one where there is none.

    It has a line of its own in that file, so that a rotation of the master key signs nobody out.
    """
    secret = keys.read(home.key_file).signing if home.key_file.exists() else os.urandom(32)
    return hashlib.blake2b(secret, person=b"signing").hexdigest()
