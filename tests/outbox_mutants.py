"""Three ways to get the outbox wrong, for the proof that killing workers would show it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4


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
