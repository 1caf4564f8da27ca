"""A safe request (GET, HEAD, OPTIONS) writes nothing but access events: the database refuses the rest."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse

from needlework.audit.record import READING

Answer = Callable[[HttpRequest], HttpResponse]
SAFE = {"GET", "HEAD", "OPTIONS"}
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class WroteOnReadError(RuntimeError):
    """A view tried to change data on a safe request: a fault in the program."""


def safe_methods_only_read(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Guard every safe request."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE:
            return get_response(request)
        token = READING.set(True)
        try:
            with ExitStack() as stack:
                for connection in connections.all():
                    stack.enter_context(connection.execute_wrapper(refuse_writes))
                return get_response(request)
        finally:
            READING.reset(token)

    return answer


def refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Pass a statement on unless it writes while READING."""
    if READING.get() and sql.lstrip().upper().startswith(WRITES):
        raise WroteOnReadError(f"A safe request tried to write: {sql[:60]}")
    return execute(sql, params, many, context)
