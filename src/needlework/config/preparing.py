"""What `needlework serve` and `needlework work` do before anything else, in a child process that ends."""

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager

from django.conf import settings
from django.db import DatabaseError, NotSupportedError, connection

from needlework.accounts.models import Organisation
from needlework.cli.errors import BadInputError
from needlework.config import databases, migrating
from needlework.config.child import in_child
from needlework.config.home import Home
from needlework.vault import ring
from needlework.vault.errors import VaultError
from needlework.web import guards

FIRST_RUN, KNOWN = "first run", "known"
logger = logging.getLogger(__name__)


def prepare() -> bool:
    """Bring the database to this version with its guards standing; say whether the clinic is still to be set up."""
    return in_child(lambda: prepared(settings.HOME)) == FIRST_RUN


def prepared(home: Home) -> str:
    """Prepare here and now."""
    with _in_sentences(home), closing(connection):
        connection.ensure_connection()
        migrating.migrate(home)
        _stand_guards()
        _require_key()
        return KNOWN if Organisation.objects.exists() else FIRST_RUN


def require_this_version() -> None:
    """Refuse a database that another version made."""
    with _in_sentences(settings.HOME):
        migrating.refuse_newer()
        if migrating.pending():
            raise BadInputError(
                "The database belongs to an older Needlework. Start `needlework serve` once, then retry."
            )


def _require_key() -> None:
    try:
        ring.require_key()
    except VaultError as wrong:
        raise BadInputError(str(wrong)) from None


def _stand_guards() -> None:
    """Make good what is missing, and say so: somebody took it away, or this version brings it."""
    absent = guards.missing(connection)
    if absent:
        logger.warning("Made guards that the database lacked: %s", ", ".join(absent))
        guards.remake(connection)


@contextmanager
def _in_sentences(home: Home) -> Iterator[None]:
    """Turn what the database refuses at start-up into what its owner can do about it."""
    try:
        yield
    except NotSupportedError as old:
        raise BadInputError(f"{old} Install Needlework again with its own engine.") from None
    except DatabaseError as problem:
        raise BadInputError(_sentence(home, problem)) from None


def _sentence(home: Home, problem: DatabaseError) -> str:
    if home.database_url:
        return databases.unreachable(databases.parsed(home.database_url), problem)
    said = str(problem)
    if "full" in said:
        return f"The disk that holds {home.path} is full. Free some room and start again."
    if "not a database" in said or "malformed" in said:
        return f"{home.sqlite_file} is damaged, or no database ({said}). Restore a backup."
    return f"The database {home.sqlite_file} cannot be used ({said}). Check who may write there."
