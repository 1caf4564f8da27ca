"""The database an installation runs on: embedded SQLite, or PostgreSQL by DATABASE_URL.

PostgreSQL's driver is imported where an address asks for it: most clinics run on SQLite, and memory is counted.
"""

from typing import Any

from needlework.cli.errors import BadInputError
from needlework.config.home import Home

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA journal_size_limit=67108864;"
)
POSTGRES_OPTIONS = (
    "-c lock_timeout=5000 -c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000"
    " -c plan_cache_mode=force_generic_plan"
)
"""Waiting ends in a sentence, and a statement that is kept is planned once: planning took longer than running."""
CONNECT_SECONDS = 5
PREPARED_AFTER = 5
"""How often a statement whose values go apart from it is sent before the server keeps its plan."""
SCHEMES = ("postgresql://", "postgres://")
EXAMPLE = "postgresql://needlework:PASSWORD@localhost/needlework"


def database(home: Home) -> dict[str, Any]:
    """Return Django's settings for the home's database."""
    return postgres(home.database_url) if home.database_url else sqlite(str(home.sqlite_file))


def sqlite(name: str) -> dict[str, Any]:
    """Return settings for an SQLite file: durable, with writers that wait their turn."""
    return {
        "ENGINE": "needlework.config.sqlite3",
        "NAME": name,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
    }


def postgres(url: str) -> dict[str, Any]:
    """Return settings for PostgreSQL, as a `postgresql://` address names it."""
    parts = parsed(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": CONNECT_SECONDS,
            **parts,
            "options": POSTGRES_OPTIONS,
            "prepare_threshold": PREPARED_AFTER,
        },
    }


def parsed(url: str) -> dict[str, Any]:
    """Return the parts of a DATABASE_URL, or say what is wrong with it; the sentence never repeats its password."""
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    if not url.startswith(SCHEMES):
        raise BadInputError(f"DATABASE_URL does not name a PostgreSQL database. Write it like {EXAMPLE}.")
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError:
        raise BadInputError(f"DATABASE_URL cannot be read as an address. Write it like {EXAMPLE}.") from None
    if not parts.get("dbname"):
        raise BadInputError(f"DATABASE_URL does not say which database to use. Write it like {EXAMPLE}.")
    return parts


def postgres_is_empty(url: str) -> bool:
    """Say whether a PostgreSQL database holds nothing of ours yet."""
    import psycopg

    place = {"connect_timeout": CONNECT_SECONDS, **parsed(url)}
    try:
        with psycopg.connect(**place) as connection:
            found = connection.execute("SELECT to_regclass('django_migrations')").fetchone()
    except psycopg.OperationalError as problem:
        raise BadInputError(unreachable(place, problem)) from None
    return found == (None,)


def unreachable(place: dict[str, Any], problem: Exception) -> str:
    """Return the sentence for a PostgreSQL that does not answer, or not to us."""
    said = str(problem).strip().splitlines()[0].rpartition("FATAL:")[2].rpartition(" failed: ")[2].strip()
    where = f"{place['dbname']!r} at {place.get('host') or 'this machine'}:{place.get('port') or 5432}"
    return f"PostgreSQL does not let us use the database {where} ({said}). Check DATABASE_URL and that the server runs."
