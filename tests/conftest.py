"""What every test may ask for; the suite runs on SQLite, or where DATABASE_URL is set on PostgreSQL."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import setup_databases, teardown_databases

from needlework.config.databases import postgres, sqlite
from needlework.config.home import Home
from needlework.vault import ring
from tests import certificates, homes
from tests import postgres as wheel
from tests.needs import said_aloud


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL of the run's own, or the one that DATABASE_URL names: the address of a database on it."""
    with ExitStack() as stack:
        yield settings.HOME.database_url or stack.enter_context(wheel.server())


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """An empty PostgreSQL database of the test's own, also while the suite runs on SQLite."""
    with wheel.database(postgres_server) as url:
        yield url


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """Make the test database, also for a run in which no test but those with a home of their own need one."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases=["default"], serialized_aliases=[])
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture
def real_home(
    django_db_setup: None, django_db_blocker: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Home]:
    """A home with a migrated, empty database in which commits are real: for threads, processes and browsers.

    The test may use models at once; `tests.homes.environment(home)` is what a subprocess needs to share it.
    """
    with django_db_blocker.unblock(), ExitStack() as stack:
        home = stack.enter_context(homes.copied(tmp_path / "home"))
        changed = postgres(home.database_url) if home.database_url else sqlite(str(home.sqlite_file))
        connections.close_all()
        monkeypatch.setattr(settings, "HOME", home)
        for name, value in changed.items():
            monkeypatch.setitem(connections["default"].settings_dict, name, value)
        stack.callback(connections.close_all)
        yield home


@pytest.fixture(autouse=True)
def no_remembered_keys() -> None:
    """Forget data keys of the test before: its database is gone."""
    ring.forget()


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for localhost, and its key."""
    return certificates.write(tmp_path)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say aloud what could not run, so that nobody takes a shorter run for a whole one."""
    skipped = [report.longrepr[2].removeprefix("Skipped: ") for report in terminalreporter.stats.get("skipped", [])]
    for line in said_aloud(skipped):
        terminalreporter.write_line(line, yellow=True)
