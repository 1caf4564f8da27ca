"""Workers killed at random while reminders go out: `python -m tests.outbox_kills --help`.

It runs on the migrated, empty database that the environment names, and prints what came of it as one line of JSON.
The provider is a process of its own that is never killed: what it has written down has left the house.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

JUMPS = (-7200, 0, 7200)


def main(arguments: list[str]) -> int:
    """Run one round."""
    asked = parsed(arguments)
    folder = Path(tempfile.mkdtemp(prefix="needlework-kills-"))
    with provider(asked.channel, folder / "arrived", asked.slow):
        import django

        django.setup()
        prepare(asked, folder / "offset")
        started = time.monotonic()
        kills = kill_until_drained(asked, folder / "offset")
        result = judged(folder / "arrived")
    result |= {"kills": kills, "seconds": round(time.monotonic() - started, 1)}
    sys.stdout.write(json.dumps(vars(asked) | result) + "\n")
    return 0


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--reminders", type=int, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, default=30, help="the least number of kills")
    parser.add_argument("--channel", choices=["sms", "email"], default="sms")
    parser.add_argument("--slow", type=float, default=0.01, help="the longest the provider thinks, in seconds")
    parser.add_argument("--jumps", action="store_true", help="put the clock two hours back and forth meanwhile")
    parser.add_argument("--mutant", choices=sorted(MUTANTS), default="none")
    parser.add_argument("--seed", type=int, default=9)
    return parser.parse_args(arguments)


@contextmanager
def provider(channel: str, arrived: Path, slow: float) -> Iterator[None]:
    """Run a provider in a process of its own, and set the product's environment to it."""
    from tests.providers import free_port

    arrived.touch()
    port = free_port()
    pid = os.fork()
    if pid == 0:
        random.seed(port)
        {"sms": sms_provider, "email": mail_provider}[channel](port, arrived, slow)
        os._exit(1)
    if channel == "sms":
        os.environ |= {"NEEDLEWORK_SMS_URL": f"http://127.0.0.1:{port}/", "NEEDLEWORK_SMS_TOKEN": "token"}
    else:
        os.environ |= {"NEEDLEWORK_SMTP_URL": f"smtp://127.0.0.1:{port}", "NEEDLEWORK_FROM": "hello@clinic.test"}
    try:
        yield
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


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


def prepare(asked: argparse.Namespace, offset: Path) -> None:
    """Queue the reminders, and make leases and waits short enough for a test."""
    from django.db import connections

    from needlework.messages import kinds
    from needlework.work import leases, worker
    from tests.factories import messages as make

    leases.LEASE = timedelta(seconds=0.4)
    leases.FIRST_WAIT, leases.LONGEST_WAIT = timedelta(seconds=0.05), timedelta(seconds=0.2)
    leases.MOST_FAILURES = 100  # here it is not the jobs' fault that workers die
    worker.IDLE_SECONDS = 0.01
    if asked.jumps:
        jump(offset)
    MUTANTS[asked.mutant]()
    kinds.register(kinds.MessageKind(name="reminder", render=lambda _message: make.letter()))
    from needlework.work.clock import database_now

    now = database_now()
    early, late = now - timedelta(hours=3), now + timedelta(hours=9)
    for number in range(asked.reminders):
        make.queue(str(number), to_id=uuid4(), due_at=early, useful_until=late, at=now, channels=(asked.channel,))
    connections.close_all()


def jump(offset: Path) -> None:
    """Have every worker's clock follow an offset that the killer changes."""
    from needlework.work import clock, worker

    honest = clock.database_now
    offset.write_text("0")
    worker.database_now = lambda: honest() + timedelta(seconds=int(offset.read_text() or 0))


def kill_until_drained(asked: argparse.Namespace, offset: Path) -> int:
    """Keep the workers running, and kill one after another, until nothing is left to send."""
    random.seed(asked.seed)
    alive: list[int] = []
    kills = rounds = 0
    while rounds % 10 or not drained():
        rounds += 1
        alive += [forked() for _ in range(asked.workers - len(alive))]
        time.sleep(random.uniform(0.01, 0.06))
        if asked.jumps:
            set_offset(offset, random.choice(JUMPS) if kills < asked.kills else max(JUMPS))
        if kills < asked.kills or random.random() < 0.5:
            kill(alive.pop(random.randrange(len(alive))))
            kills += 1
    for pid in alive:
        kill(pid)
    return kills


def set_offset(offset: Path, seconds: int) -> None:
    new = offset.with_suffix(".new")
    new.write_text(str(seconds))
    new.replace(offset)


def forked() -> int:
    """Start a worker: the real one, in a process of its own."""
    pid = os.fork()
    if pid == 0:
        from needlework.work import worker

        worker.run_forever()
        os._exit(0)
    return pid


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def drained() -> bool:
    from django.db import connections

    from needlework.messages.operations import KIND_OF_WORK
    from needlework.work.models import Job, State

    open_ones = Job.objects.filter(kind=KIND_OF_WORK, state__in=[State.WAITING, State.LEASED])
    left = open_ones.count()
    connections.close_all()
    return left == 0


def judged(arrived: Path) -> dict[str, Any]:
    """Compare what the outbox believes with what the provider has."""
    from django.db import connection

    from needlework.messages.models import Message, State

    got = Counter(line.partition(".")[0] for line in arrived.read_text().split())
    believed = {str(pk): state for pk, state in Message.objects.values_list("pk", "state")}
    missing = {pk for pk in believed if pk not in got}
    return {
        "database": connection.vendor,
        "arrived": len(got),
        "lost": sum(believed[pk] != State.PARKED for pk in missing),
        "doubled": sum(count > 1 for count in got.values()),
        "parked": sum(state == State.PARKED for state in believed.values()),
        "states": Counter(believed.values()),
    }


def mark_first() -> None:
    """Mutant: the message is marked as sent, and its job as done, before it is handed over."""
    from needlework.messages import operations, sending
    from needlework.work import leases

    def hand_over(task: Any, message: Any, way: Any, parcel: Any) -> Any:
        operations.accept(message, at=task.clock())
        leases.finish(task)
        with way.session(parcel) as send:
            return send()

    sending._hand_over = hand_over


def send_first() -> None:
    """Mutant: the message is marked as sent only afterwards, and nothing tells a repeat from a first time."""
    from needlework.messages import log

    honest = log.parcel_for

    def parcel_for(message: Any, letter: Any, channel: str) -> Any:
        parcel = honest(message, letter, channel)
        return parcel and replace(parcel, key=f"{message.pk}.{uuid4()}")

    log.parcel_for = parcel_for


def trust_mail() -> None:
    """Mutant: a mail server is taken to act once on a Message-ID."""
    from needlework.messages.channels import email, setup

    class Trusting(email.Email):
        honours_keys = True

        def __init__(self, *args: Any) -> None:
            super().__init__(*args, honours_keys=True)

    setup.Email = Trusting


MUTANTS: dict[str, Callable[[], None]] = {
    "none": lambda: None,
    "mark-first": mark_first,
    "send-first": send_first,
    "trust-mail": trust_mail,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
