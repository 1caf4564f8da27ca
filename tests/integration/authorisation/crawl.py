"""Walks a URLconf and judges every answer. `findings` of a clean product is an empty list."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.integration.authorisation.cast import HERE, THERE, Person
from tests.integration.authorisation.rules import Canary, Row

SAFE = ("GET", "HEAD", "OPTIONS")
PAGES = ("GET", "HEAD", "POST")
ASKED_BY_ALL = ("GET", "POST")
OTHERS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")
"""HEAD takes the way of GET; the rest is refused before any view is asked."""
CROSSED = "crossed"
"""One clinic's object under the address of the other's: never right, for anybody."""

MISSING = UUID("00000000-0000-4000-8000-000000000000")
FREE_TO_WRITE = re.compile(r'INSERT INTO "?(audit_event|accounts_attempt)"?|(UPDATE|DELETE FROM) "accounts_attempt"')
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE)\b", re.IGNORECASE)
PASSING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|<time[^>]*>[^<]*</time>')


@dataclass(frozen=True)
class World:
    """Everything the crawl goes through."""

    people: list[Person]
    canaries: list[Canary]
    objects: Mapping[str, Mapping[str, Any]]
    """URL keyword → place → value."""


@dataclass(frozen=True)
class Address:
    """One pattern of a URLconf."""

    name: str
    route: str
    keywords: tuple[str, ...]
    declared: bool

    def url(self, values: Mapping[str, Any]) -> str:
        """Return the address with its keywords filled in."""
        return reverse(self.name, kwargs=dict(values))


def addresses(urlconf: Any = None) -> list[Address]:
    """Return every address of a URLconf."""
    return list(_walk(get_resolver(urlconf).url_patterns, "", ""))


def _walk(patterns: list[Any], route: str, namespace: str) -> Iterator[Address]:
    for pattern in patterns:
        whole = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, whole, inner)
        elif isinstance(pattern, URLPattern):
            keywords = tuple(re.findall(r"<(?:\w+:)?(\w+)>", whole))
            name = f"{namespace}{pattern.name}" if pattern.name else whole
            yield Address(name, whole, keywords, hasattr(pattern.callback, "asks"))


def undeclared(found: list[Address], policy: Mapping[str, Row]) -> list[str]:
    """Return what is wrong with a URLconf before anybody asks for anything."""
    silent = [f"{one.route}: its view declares no permission" for one in found if not one.declared]
    unruled = [f"{one.name}: no row in the policy" for one in found if one.name not in policy]
    stale = [f"{name}: a row for no address" for name in sorted(set(policy) - {one.name for one in found})]
    return silent + unruled + stale


Missing = Callable[[Person, str], tuple[int, str]]
"""How the address of an object that does not exist looks to somebody, by a method."""


@dataclass(frozen=True)
class Ask:
    """One request of the matrix."""

    person: Person
    method: str
    place: str | None
    url: str


def findings(address: Address, row: Row, world: World) -> list[str]:
    """Ask an address in every way, and return everything that is wrong with the answers."""

    @cache
    def missing(person: Person, method: str) -> tuple[int, str]:
        return appearance(Ask(person, method, None, url(address, None, world)), row)

    return [
        f"{ask.person.name}: {ask.method} {address.route}{' of ' + ask.place if ask.place else ''}: {fault}"
        for ask in asks(address, row, world)
        for fault in faults(ask, row, world, missing)
    ]


def asks(address: Address, row: Row, world: World) -> Iterator[Ask]:
    """Yield every request: people × methods × places × filters; other methods once, by somebody who is let in."""
    places = places_of(address, world)
    for person, method, place in product(world.people, ASKED_BY_ALL, places):
        for query in row.filters if method == "GET" else ("",):
            yield Ask(person, method, place, url(address, place, world) + query)
    somebody = next((one for one in world.people if row.may(one, places[0])), world.people[0])
    for method in OTHERS:
        yield Ask(somebody, method, places[0], url(address, places[0], world))


def places_of(address: Address, world: World) -> list[str | None]:
    """Return where objects of an address stand; one None where it has none."""
    known = [world.objects[word] for word in address.keywords if word in world.objects]
    if not known:
        return [None]
    standing_apart = [one for one in known if one[HERE] != one[THERE]]
    return [HERE, THERE, CROSSED] if len(standing_apart) > 1 else [HERE, THERE]


def url(address: Address, place: str | None, world: World) -> str:
    """Return the address of a place's object; of a missing one where the place is None."""
    where = dict.fromkeys(address.keywords, place)
    if place == CROSSED:
        where = dict.fromkeys(address.keywords, THERE) | {address.keywords[0]: HERE}
    return address.url({word: world.objects.get(word, {}).get(where[word], nothing(address, word)) for word in where})


def nothing(address: Address, word: str) -> UUID | int:
    """Return the key of nothing, of the kind that the address takes."""
    return 0 if f"<int:{word}>" in address.route else MISSING


def faults(ask: Ask, row: Row, world: World, missing: Missing) -> Iterator[str]:
    """Judge one request."""
    response, written = answer(ask, row)
    entitled, asked_for = row.may(ask.person, ask.place), ask.method in row.methods
    if response.status_code >= 500:
        yield f"fails with {getattr(response, 'exc_info', None)}"
    yield from leaks(ask, response, world)
    yield from unprotected(response)
    if not (entitled and asked_for) or ask.method in SAFE:
        yield from (f"writes {statement}" for statement in written)
    if entitled and asked_for and response.status_code not in row.answers:
        yield f"{response.status_code}, and the policy lets them in"
    if response.status_code < 300 and not (entitled and ask.method in PAGES):
        yield f"{response.status_code}, and the policy keeps them out"
    if ask.place and "?" not in ask.url and not entitled and not row.knows(ask.person, ask.place):
        yield from told_apart(ask, response, missing(ask.person, ask.method))


def leaks(ask: Ask, response: HttpResponse, world: World) -> Iterator[str]:
    """Find canaries that the person is not entitled to, in body, headers and cookies."""
    shown = text_of(response) + str(response.headers) + str(response.cookies)
    for canary in world.canaries:
        if canary.text in shown and not canary.may(ask.person, canary.place):
            yield f"{response.status_code} shows {canary.text}"


def unprotected(response: HttpResponse) -> Iterator[str]:
    """Find what an answer lacks: the content policy, and cookies that scripts cannot read."""
    policy = response.headers.get("Content-Security-Policy", "")
    if "default-src 'self'" not in policy or "unsafe" in policy:
        yield "answers without the content policy"
    kept = {name: cookie for name, cookie in response.cookies.items() if cookie.value}
    yield from (f"sets {name} for scripts to read" for name, cookie in kept.items() if not cookie["httponly"])


def told_apart(ask: Ask, response: HttpResponse, missing: tuple[int, str]) -> Iterator[str]:
    """Find what tells a foreign object from a missing one."""
    status, text = missing
    if response.status_code != status:
        yield f"{response.status_code} for a foreign object, {status} for a missing one"
    elif plain(response, ask.url) != text:
        yield "a foreign object's answer differs from a missing one's"


def appearance(ask: Ask, row: Row) -> tuple[int, str]:
    """Return how an address looks to somebody, without what differs on every request."""
    response, _ = answer(ask, row)
    return response.status_code, plain(response, ask.url)


def plain(response: HttpResponse, asked: str) -> str:
    """Return an answer without what differs on every request."""
    shown = PASSING.sub("", text_of(response)) + response.headers.get("Location", "")
    for written in (asked, quote(asked), quote(asked, safe="")):
        shown = shown.replace(written, "ASKED")
    return shown


def text_of(response: Any) -> str:
    """Return an answer's body, streamed or not."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", errors="replace")


def answer(ask: Ask, row: Row) -> tuple[HttpResponse, list[str]]:
    """Send one request, undo what it did, and return the answer and every statement that wrote."""
    client = ask.person.client
    client.raise_request_exception = False
    cookies = client.cookies.copy()
    data = dict(row.send) if ask.method == "POST" else None
    with undone(), writes() as written:
        response = getattr(client, ask.method.lower())(ask.url, data)
    client.cookies = cookies
    return response, written


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever happens inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def writes() -> Iterator[list[str]]:
    """Collect the statements that change something other than the audit and the throttle."""
    found: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITES.match(sql) and not FREE_TO_WRITE.match(sql):
            found.append(sql[:60])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found
