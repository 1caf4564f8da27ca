"""Homes for tests that need real commits: a copy of the migrated test database, on either engine."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections

from needlework.config.home import Home
from tests import postgres


@contextmanager
def copied(path: Path) -> Iterator[Home]:
    """Make a home at `path` with a copy of the empty test database and of the test key."""
    path.mkdir(mode=0o700)
    key = path.with_name(path.name + ".key")
    shutil.copy(settings.HOME.key_file, key)
    if connection.vendor == "sqlite":
        yield _on_sqlite(Home(path, key))
        return
    template = connection.settings_dict["NAME"]
    connections.close_all()  # PostgreSQL copies a database only while nobody uses it
    with postgres.database(settings.HOME.database_url, like=template) as url:
        yield Home(path, key, url)


def _on_sqlite(home: Home) -> Home:
    import pysqlite3

    template = connection.settings_dict["NAME"]
    with closing(pysqlite3.connect(template)) as source, closing(pysqlite3.connect(home.sqlite_file)) as copy:
        source.backup(copy)
    return home


def environment(home: Home) -> dict[str, str]:
    """Return the environment in which a subprocess shares a home."""
    own: dict[str, Any] = {
        "NEEDLEWORK_HOME": home.path,
        "NEEDLEWORK_KEY_FILE": home.key_file,
        "DATABASE_URL": home.database_url or "",
        "DJANGO_SETTINGS_MODULE": "needlework.config.settings",
    }
    return {**os.environ, **{name: str(value) for name, value in own.items()}}
