"""The log: one JSON line per event on standard error, with keys from a list and nothing else.

It never holds an address with its query, a name or a value. Our own messages hold ids only; of those of libraries
stays the wording, because what they fill in is what somebody sent; of an error stay its type and the lines it took.
"""

import json
import logging
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]
REQUEST_ID = ContextVar("request_id", default="")
"""The id of the request in hand: every line it causes carries it, and so does its answer."""
KEYS = ("method", "route", "status", "milliseconds")
"""What a line may carry besides time, level, event and request id."""
FRAMES = 12

logger = logging.getLogger(__name__)


class JsonLines(logging.Formatter):
    """Write a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": event(record),
        }
        if REQUEST_ID.get():
            line["request"] = REQUEST_ID.get()
        line |= {key: getattr(record, key) for key in KEYS if hasattr(record, key)}
        if record.exc_info and record.exc_info[1]:
            line |= error(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def event(record: logging.LogRecord) -> str:
    """Return our own message; of a library's only its wording, or the place it came from where both are one."""
    if record.name.startswith("needlework"):
        return record.getMessage()
    wording = record.msg if record.args and isinstance(record.msg, str) else f"{record.module}:{record.lineno}"
    return f"{record.name}: {wording}"


def error(raised: BaseException) -> dict[str, Any]:
    """Return an exception's type and the last lines it passed through, without its message."""
    frames = traceback.extract_tb(raised.__traceback__)[-FRAMES:]
    places = [f"{frame.filename.rpartition('/site-packages/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
    cause = raised.__cause__ or raised.__context__
    return {"error": type(raised).__name__, "cause": type(cause).__name__ if cause else None, "at": places}


def number_requests(get_response: Answer) -> Answer:
    """Give every request an id, send it with the answer, and log how the request went."""

    def answer(request: HttpRequest) -> HttpResponse:
        token = REQUEST_ID.set(uuid4().hex[:16])
        began = time.perf_counter()
        try:
            response = get_response(request)
            response.headers["X-Request-ID"] = REQUEST_ID.get()
            logger.info("request", extra=_about(request, response, time.perf_counter() - began))
            return response
        finally:
            REQUEST_ID.reset(token)

    return answer


def _about(request: HttpRequest, response: HttpResponse, seconds: float) -> dict[str, Any]:
    """Name the route, not the address: an address may hold a sign-in link."""
    return {
        "method": request.method,
        "route": request.resolver_match.route if request.resolver_match else None,
        "status": response.status_code,
        "milliseconds": round(seconds * 1000, 1),
    }


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "needlework.web.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": []},
    },
}
"""Django's LOGGING setting; its own handlers, which print or post whole requests, are taken away."""
