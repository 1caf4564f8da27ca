"""The database an installation runs on: embedded SQLite, or PostgreSQL by DATABASE_URL."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict

from needlework.config.home import Home

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA journal_size_limit=67108864;"
)
POSTGRES_OPTIONS = "-c lock_timeout=5000 -c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000"


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
    parts = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**parts, "options": POSTGRES_OPTIONS},
    }
