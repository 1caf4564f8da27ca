"""SMS by one small HTTP request: POST {"to", "text", "key"} with a bearer token and an Idempotency-Key.

The provider answers 200 or 202 with a JSON object, 400 or 422 to refuse the number, 429 with Retry-After when it is too
much. It acts once on a key, for at least a day.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import Message
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from needlework.messages.channels.base import NotSentError, Parcel, Reply, readable
from needlework.messages.models import Outcome

SECONDS = 20
LONGEST_BODY = 64 * 1024
LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True)
class Sms:
    """The SMS channel."""

    url: str
    token: str = field(repr=False)
    name: str = "sms"
    honours_keys: bool = True

    @property
    def provider(self) -> str:
        """The provider's host."""
        return urlsplit(self.url).hostname or ""

    @contextmanager
    def session(self, parcel: Parcel) -> Iterator[Callable[[], Reply]]:
        """Connect; then yield the handing over."""
        address = urlsplit(self.url)
        connection = _connection(address)
        try:
            try:
                connection.connect()
            except OSError as error:
                raise NotSentError(Reply(Outcome.LATER, type(error).__name__)) from error
            yield lambda: self._hand_over(connection, address, parcel)
        finally:
            connection.close()

    def _hand_over(self, connection: HTTPConnection, address: SplitResult, parcel: Parcel) -> Reply:
        body = json.dumps({"to": parcel.to, "text": parcel.text, "key": parcel.key}).encode()
        target = f"{address.path or '/'}?{address.query}" if address.query else address.path or "/"
        try:
            connection.request("POST", target, body, self._headers(parcel.key))
            answer = connection.getresponse()
            said = answer.read(LONGEST_BODY)
        except (OSError, HTTPException) as error:
            return Reply(Outcome.UNKNOWN, type(error).__name__)
        return understood(answer.status, answer.headers, said)

    def _headers(self, key: str) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Idempotency-Key": key,
        }


def _connection(address: SplitResult) -> HTTPConnection:
    make = HTTPSConnection if address.scheme == "https" else HTTPConnection
    return make(address.hostname or "", address.port, timeout=SECONDS)


def understood(status: int, headers: Message, body: bytes) -> Reply:
    """Return what an HTTP answer means. Success without JSON is no proof: it may be some other page."""
    code, said = f"HTTP {status}", readable(body)
    if status in (200, 201, 202):
        return Reply(Outcome.ACCEPTED if _is_json_object(body) else Outcome.UNKNOWN, code, said)
    if status in (400, 422):
        return Reply(Outcome.REFUSED, code, said)
    outcome = Outcome.UNKNOWN if status >= 500 else Outcome.LATER
    return Reply(outcome, code, said, _pause(headers.get("Retry-After", "")))


def _pause(retry_after: str) -> timedelta | None:
    if not retry_after.strip().isdecimal():
        return None
    return min(timedelta(seconds=int(retry_after.strip()[:9])), LONGEST_PAUSE)


def _is_json_object(body: bytes) -> bool:
    try:
        return isinstance(json.loads(body), dict)
    except ValueError:
        return False
