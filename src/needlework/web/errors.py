"""What a reader sees when an answer cannot be given: what happened, what it means for their work, what to do next."""

from contextlib import suppress
from dataclasses import dataclass

from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.template.loader import render_to_string

from needlework.web import storage
from needlework.web.logs import REQUEST_ID

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
DRAIN = 32 * 1024 * 1024


@dataclass(frozen=True)
class Trouble:
    """One kind of trouble: its status, the heading, the sentence, and what to do next."""

    status: int
    heading: str
    sentence: str
    next: tuple[str, ...]
    alone: bool = False  # drawn without anything that may ask the database


BAD_REQUEST = Trouble(
    400,
    "This request could not be read",
    "The address or the form arrived damaged, and nothing was changed.",
    ("Go back, reload the page and try again.", "If you followed a link, ask for a new one."),
)
WRONG_HOST = Trouble(
    400,
    "This server does not answer to that name",
    "The name in the browser’s address bar is not one the clinic’s server knows.",
    ("Open the address that the clinic gave you.", "Whoever runs the server adds the name to NEEDLEWORK_HOSTS."),
    alone=True,
)
FORBIDDEN = Trouble(
    403,
    "You may not do this",
    "Your role does not include this page or this action.",
    ("Go back to where you were.", "If you need it for your work, ask your clinic’s lead to change your role."),
)
STALE = Trouble(
    403,
    "This page is out of date",
    "It was open for too long, or you signed in or out in another tab. Nothing was changed.",
    ("Go back, reload the page and send the form again.", "If it happens again, allow cookies for this site."),
)
CHANGED = Trouble(
    422,
    "This page is out of date",
    "Somebody changed this since you opened the page. Nothing of yours was saved.",
    ("Go back, reload the page and check it.", "Then enter your change again."),
)
NOT_FOUND = Trouble(
    404,
    "There is nothing at this address",
    "The page does not exist, or it belongs to a clinic you do not work in.",
    ("Check the address, or go back to where you were.", "Start again from the first page."),
)
TWICE = Trouble(
    409,
    "This was saved a moment ago",
    "The same thing arrived twice at once, nearly always one form sent twice. The second one changed nothing.",
    ("Open the list and look: what you entered is there.", "If it is not, reload the form and send it again."),
)
TOO_LARGE = Trouble(
    413,
    "That is more than a form can take",
    "One of the answers or files is too large. Nothing was saved.",
    ("Go back and shorten the text: a page of writing is the most that any answer needs.", "Choose smaller files."),
)
FAULT = Trouble(
    500,
    "Something went wrong here",
    "This is a fault in the program, not in what you did.",
    (
        "Go back, and check what was saved before you enter it again.",
        "If it happens again, tell whoever runs your system, with the time and the number below.",
    ),
    alone=True,
)
BUSY = Trouble(
    503,
    "The clinic’s records are busy",
    "Your request waited its turn for too long, and was given up.",
    ("Wait a moment, then go back and send it again: nothing is ever saved twice.",),
    alone=True,
)
FULL = Trouble(
    507,
    "There is no room left to save",
    "The server’s disk is full, or cannot be written. Nothing was saved.",
    (
        "Keep your notes: on paper, or in this browser by going back.",
        "Ask whoever runs your system to free space on the server, then send it again.",
    ),
    alone=True,
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read, or one that is too large."""
    if isinstance(exception, TOO_MUCH):
        drain(request)
        return answer(request, TOO_LARGE)
    return answer(request, WRONG_HOST if isinstance(exception, DisallowedHost) else BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what somebody may not do, with the sentence why not."""
    return answer(request, FORBIDDEN, sentence=str(exception))


def csrf_failure(request: HttpRequest, **_: object) -> HttpResponse:
    """Answer a form whose secret is missing or old: nearly always a page left open."""
    return answer(request, STALE)


def changed(request: HttpRequest, sentence: str = "") -> HttpResponse:
    """Answer a form that was filled from an older version of the record, where no page can show its errors."""
    return answer(request, CHANGED, sentence=sentence)


def not_found(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """Answer an address with nothing behind it; a record of another clinic looks the same."""
    return answer(request, NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer an error nobody caught: a full disk, a busy database, the same thing sent twice at once, or a fault."""
    told = {FULL: storage.full, BUSY: storage.busy, TWICE: storage.twice}
    return answer(request, next((trouble for trouble, asked in told.items() if asked()), FAULT))


def answer(request: HttpRequest, trouble: Trouble, *, sentence: str = "") -> HttpResponse:
    """Return the page for a trouble, with tabs where the database can be asked which."""
    words = {"trouble": trouble, "sentence": sentence or trouble.sentence, "reference": REQUEST_ID.get()}
    response = HttpResponse(drawn(words, None if trouble.alone else request), status=trouble.status)
    if trouble is BUSY:
        response.headers["Retry-After"] = "5"
    return response


def drawn(words: dict[str, object], request: HttpRequest | None) -> str:
    """Draw the page; without its surroundings where these would need a database that does not answer."""
    try:
        return render_to_string("web/error.html", words, request)
    except DatabaseError:
        return render_to_string("web/error.html", words)


def drain(request: HttpRequest) -> None:
    """Read on and forget what is still arriving: a browser shows an answer only when it was let finish sending."""
    left = DRAIN
    with suppress(UnreadablePostError):
        while left > 0 and (piece := request.read(65536)):
            left -= len(piece)
