"""Move a clinic from SQLite to PostgreSQL: all rows in one transaction, verified before it commits."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import pysqlite3
from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql

from needlework.cli.errors import BadInputError
from needlework.config import databases
from needlework.config.backups import postgres
from needlework.config.home import Home
from needlework.config.moving import rows
from needlework.vault.errors import VaultError
from needlework.web import guards

SOURCE, TARGET = DEFAULT_DB_ALIAS, "target"


@dataclass(frozen=True)
class Moved:
    """A table that is the same on both sides."""

    table: str
    digest: rows.Digest


def move_to(url: str) -> list[Moved]:
    """Copy every row to an empty PostgreSQL database, verify each table, and return the tables; the source stays."""
    home: Home = settings.HOME
    if home.database_url:
        raise BadInputError("This clinic is on PostgreSQL already. Unset DATABASE_URL to move the one in the home.")
    databases.postgres_is_empty(url)  # says what is wrong with the address, or that nobody answers there
    _refuse_open(home)
    # The transaction on SQLite keeps writers out until PostgreSQL has committed.
    with _target(url), transaction.atomic(using=SOURCE), transaction.atomic(using=TARGET):
        return _moved()


def table(moved: list[Moved]) -> str:
    """Return the tables as a person reads them."""
    lines = [f"{one.table:<40} {one.digest.rows:>9,}  {one.digest}" for one in moved]
    total = sum(one.digest.rows for one in moved)
    return "\n".join([f"{'table':<40} {'rows':>9}  SHA-256", *lines, f"{'in all':<40} {total:>9,}"])


def _moved() -> list[Moved]:
    target = connections[TARGET]
    with target.cursor() as cursor:
        if target.introspection.table_names(cursor):
            raise BadInputError("The database to move to is not empty. Make a new one, and name that.")
        cursor.execute(postgres.PATIENT)
        _make_tables()
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # so that no table needs to wait for another
        for model in _models():
            rows.copy(model, SOURCE, TARGET)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        postgres.count_on(cursor)
        moved = [_verified(model) for model in _models()]
        guards.remake(target)
    return moved


def _make_tables() -> None:
    """Bring the target to this version, and empty what migrations have filled."""
    executor = MigrationExecutor(connections[TARGET])
    executor.migrate(executor.loader.graph.leaf_nodes())
    tables = sql.SQL(", ").join(sql.Identifier(model._meta.db_table) for model in _models())
    with connections[TARGET].cursor() as cursor:
        cursor.execute(sql.SQL("TRUNCATE {}").format(tables))


def _models() -> list[type[models.Model]]:
    """Return the model of every table, also of those that Django makes between two models and for itself."""
    stored = [
        model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy
    ]
    return sorted([*stored, MigrationRecorder.Migration], key=lambda model: model._meta.db_table)


def _verified(model: type[models.Model]) -> Moved:
    before, after = rows.digest(model, SOURCE), rows.digest(model, TARGET)
    if before != after:
        raise VaultError(
            f"The table {model._meta.db_table} is not the same on both sides ({before.rows} and {after.rows} rows). "
            "Nothing was moved."
        )
    return Moved(model._meta.db_table, after)


def _refuse_open(home: Home) -> None:
    """Refuse while another process has the database open: what it wrote after the move would be lost."""
    connections.close_all()
    with closing(pysqlite3.connect(home.sqlite_file, timeout=0)) as probe:
        try:
            probe.execute("PRAGMA locking_mode = EXCLUSIVE")
            probe.execute("BEGIN IMMEDIATE")
        except pysqlite3.OperationalError:
            raise BadInputError(
                "The clinic is open in another process. Stop `needlework serve` and `needlework work`, then move again."
            ) from None


@contextmanager
def _target(url: str) -> Iterator[None]:
    """Have a second connection, to the database to move to."""
    named: dict[str, Any] = {SOURCE: {}, TARGET: databases.postgres(url)}
    connections.settings[TARGET] = connections.configure_settings(named)[TARGET]
    try:
        yield
    finally:
        connections[TARGET].close()
        del connections[TARGET], connections.settings[TARGET]
