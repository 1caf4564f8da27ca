"""A channel whose answers a test decides."""

from contextlib import contextmanager
from dataclasses import dataclass, field

from needlework.messages.channels import NotSentError, Parcel, Reply
from needlework.messages.models import Message, Outcome


@dataclass
class Provider:
    """A channel whose answers the test decides: the last one again and again."""

    name: str
    honours_keys: bool
    replies: list[Reply | Exception] = field(default_factory=lambda: [Reply(Outcome.ACCEPTED, "250", "queued as 4XYZ")])
    handed: list[Parcel] = field(default_factory=list)
    provider: str = "provider.test"

    @contextmanager
    def session(self, parcel):
        reply = self.replies[0] if len(self.replies) == 1 else self.replies.pop(0)
        if isinstance(reply, NotSentError):
            raise reply

        def hand_over():
            self.handed.append(parcel)
            if isinstance(reply, Exception):
                raise reply
            return reply

        yield hand_over


def answers(outcome: Outcome, **more) -> Reply:
    return Reply(outcome, str(outcome), **more)


def state(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.reason
