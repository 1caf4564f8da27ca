"""Addresses that answer with every kind of trouble."""

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from needlework.config.urls import handler400, handler403, handler404, handler500
from needlework.config.urls import urlpatterns as real
from needlework.web import errors

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
TROUBLES: dict[str, Exception] = {}


def fail(request: HttpRequest, trouble: str) -> HttpResponse:
    """Raise the trouble that the test has put there."""
    raise TROUBLES[trouble]


def send(request: HttpRequest) -> HttpResponse:
    """Read a form."""
    return HttpResponse(str(len(request.POST)))


def changed(request: HttpRequest) -> HttpResponse:
    """Answer an old form."""
    return errors.changed(request, "Amira Khan changed this a minute ago.")


class PostgresError(Exception):
    """An error as PostgreSQL's driver raises it."""

    def __init__(self, sqlstate: str | None) -> None:
        self.sqlstate = sqlstate


def from_postgres(sqlstate: str | None) -> OperationalError:
    """Return the error that Django makes of the driver's."""
    error = OperationalError("said in some language")
    error.__cause__ = PostgresError(sqlstate)
    return error


TROUBLES |= {
    "refused": PermissionDenied("Only a lead can close a clinic. Ask Amira Khan."),
    "refused-in-silence": PermissionDenied(),
    "missing": Http404("secret patient name"),
    "fault": RuntimeError("secret patient name"),
    "no-such-table": OperationalError("no such table: secret"),
    "locked": OperationalError("database is locked"),
    "timeout": TimeoutError("waited too long"),
    "lost": InterfaceError("connection already closed"),
    "postgres-lock": from_postgres("55P03"),
    "postgres-statement": from_postgres("57014"),
    "postgres-gone": from_postgres(None),
    "full": OperationalError("database or disk is full"),
    "io": OperationalError("disk I/O error"),
    "readonly": OperationalError("attempt to write a readonly database"),
    "postgres-full": from_postgres("53100"),
    "no-space": OSError(28, "No space left on device"),
    "no-file": FileNotFoundError(2, "No such file"),
}
urlpatterns = [
    path("fail/<slug:trouble>/", fail),
    path("send/", send),
    path("changed/", changed),
    *real,
]
