"""Another, empty home beside the one of the test, on the same engine."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.db import connections

from needlework.config.databases import database
from needlework.config.home import Home
from needlework.vault import ring
from tests import postgres


@contextmanager
def empty(path: Path) -> Iterator[Home]:
    """Make an empty home, with a copy of the key of the present one."""
    key = path.with_name(f"{path.name}.key")
    shutil.copy(settings.HOME.key_file, key)
    if settings.HOME.database_url is None:
        yield Home(path, key)
        return
    with postgres.database(settings.HOME.database_url) as url:
        yield Home(path, key, url)


@contextmanager
def living_in(home: Home) -> Iterator[None]:
    """Have this process use another home, on whichever engine."""
    connections.close_all()
    ring.forget()
    before = connections["default"]
    with patch.object(settings, "HOME", home), in_settings(home):
        connections["default"] = connections.create_connection("default")
        yield
        connections.close_all()
    connections["default"] = before
    ring.forget()


def in_settings(home: Home) -> Any:
    """Change Django's idea of the default database."""
    whole = connections.configure_settings({"default": database(home)})["default"]
    return patch.dict(connections.settings, {"default": whole})
