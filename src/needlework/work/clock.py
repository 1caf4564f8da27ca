"""The one clock that all workers share: the database's."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.db import connection

from needlework.web.statements import ran

Clock = Callable[[], datetime]
SQLITE_NOW = "SELECT strftime('%Y-%m-%d %H:%M:%f+00:00', 'now')"
POSTGRES_NOW = "SELECT clock_timestamp()"


def database_now() -> datetime:
    """Return the database's time: workers on machines whose clocks differ still agree on it."""
    with ran(SQLITE_NOW if connection.vendor == "sqlite" else POSTGRES_NOW, None) as cursor:
        value = cursor.fetchone()[0]
    moment: datetime = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.astimezone(UTC)
