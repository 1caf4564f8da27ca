"""Django's `migrate`, after which every registered guard stands again: wherever migrations run, tests included."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from needlework.web import guards


class Command(migrate.Command):
    """Migrate, then remake the guards."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the migrations and remake the guards on the same database."""
        connection = connections[options["database"]]
        if connection.vendor == "sqlite":  # it refuses to rename a table that another table's trigger names
            guards.drop(connection)
        try:
            super().handle(*args, **options)
        finally:
            guards.remake(connection)
