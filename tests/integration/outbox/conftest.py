"""Channels that answer as a test says, and one kind of message."""

from collections.abc import Iterator

import pytest

from needlework.messages import kinds, sending
from needlework.messages.operations import KIND_OF_WORK
from needlework.work import kinds as work
from tests.factories import messages as make
from tests.scripted import Provider


@pytest.fixture(autouse=True)
def only_sending(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no other room's recurring work run: these tests let many hours pass."""
    monkeypatch.setattr(work, "KINDS", {KIND_OF_WORK: work.KINDS[KIND_OF_WORK]})


@pytest.fixture(autouse=True)
def email() -> Provider:
    return Provider("email", honours_keys=False)


@pytest.fixture(autouse=True)
def sms(monkeypatch: pytest.MonkeyPatch, email: Provider) -> Provider:
    provider = Provider("sms", honours_keys=True)
    monkeypatch.setattr(sending, "configured", lambda: {"email": email, "sms": provider})
    return provider


@pytest.fixture
def reminder() -> Iterator[kinds.MessageKind]:
    with make.kind() as kind:
        yield kind
