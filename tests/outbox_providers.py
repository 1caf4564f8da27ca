"""Providers that write down what has left the house, one with idempotency keys and one without."""

import json
import random
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


def sms_provider(port: int, arrived: Path, slow: float) -> None:
    """Answer HTTP, acting once on a key."""

    class Asked(SmsRequest):
        book = Book(arrived)
        thinks = slow

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            """Say nothing: whoever asked was killed."""

    Server(("127.0.0.1", port), Asked).serve_forever()


class Book:
    """What has left the house, each key once."""

    def __init__(self, path: Path) -> None:
        self.path, self.seen, self.lock = path, set[str](), threading.Lock()

    def write(self, key: str) -> None:
        with self.lock, self.path.open("a") as file:
            if key not in self.seen:
                file.write(f"{key}\n")
            self.seen.add(key)


class SmsRequest(BaseHTTPRequestHandler):
    """One request; now and then answered with 429, or with 500, whether it was acted on or not."""

    book: Book
    thinks: float

    def do_POST(self) -> None:
        key = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["key"]
        luck = random.random()
        time.sleep(random.uniform(0, self.thinks))
        if luck < 0.03:
            return self.answer(429)
        if luck < 0.05:
            return self.answer(500)
        self.book.write(key)
        time.sleep(random.uniform(0, self.thinks))
        return self.answer(500 if luck < 0.07 else 202)

    def answer(self, status: int) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *args: object) -> None:
        """Keep quiet."""

    def finish(self) -> None:
        """Close, also when whoever asked was killed."""
        with suppress(OSError):
            super().finish()


def mail_provider(port: int, arrived: Path, slow: float) -> None:
    """Answer SMTP, which knows no keys."""
    import asyncio
    from email import message_from_bytes

    from aiosmtpd.smtp import SMTP

    class Handler:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
            await asyncio.sleep(random.uniform(0, slow))
            key = message_from_bytes(envelope.content)["Message-ID"].strip("<>").partition("@")[0]
            with arrived.open("a") as file:
                file.write(f"{key}\n")
            await asyncio.sleep(random.uniform(0, slow))
            return "250 OK"

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(Handler(), hostname="localhost", loop=loop), "127.0.0.1", port)
        await server.serve_forever()

    asyncio.run(serve())
