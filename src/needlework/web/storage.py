"""Why storage failed: full disk, busy database, the same key twice. Asked while the error is being handled."""

import errno
import sys

from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError

FULL_ERRNO = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
FULL_WORDS = ("disk is full", "disk i/o error", "readonly database")
BUSY_WORDS = ("locked", "unable to open database file", "interrupted")
POSTGRES_DISK_FULL = "53100"
POSTGRES_UNIQUE = "23505"


def full(error: BaseException | None = None) -> bool:
    """Tell whether the error being handled means that nothing more can be written."""
    error = error or sys.exc_info()[1]
    if isinstance(error, OperationalError):
        return sqlstate(error) == POSTGRES_DISK_FULL or says(error, FULL_WORDS)
    return isinstance(error, OSError) and error.errno in FULL_ERRNO


def busy(error: BaseException | None = None) -> bool:
    """Tell whether the error being handled will probably pass: a lock, a timeout, a lost connection."""
    error = error or sys.exc_info()[1]
    if isinstance(error, OperationalError):
        return sqlstate(error) is not None or says(error, BUSY_WORDS)
    return isinstance(error, (InterfaceError, TimeoutError))


def twice(error: BaseException | None = None) -> bool:
    """Tell whether the error being handled means that the same key was written a moment before."""
    error = error or sys.exc_info()[1]
    if not isinstance(error, IntegrityError):
        return False
    return sqlstate(error) == POSTGRES_UNIQUE or says(error, ("unique constraint",))


def sqlstate(error: DatabaseError) -> str | None:
    """Return PostgreSQL's code for the error: empty where the server was never reached, None from SQLite."""
    cause = error.__cause__
    return (cause.sqlstate or "") if cause is not None and hasattr(cause, "sqlstate") else None


def says(error: Exception, words: tuple[str, ...]) -> bool:
    """Tell whether SQLite's message holds one of the words."""
    message = str(error).lower()
    return any(word in message for word in words)
