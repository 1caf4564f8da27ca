"""A payment provider on this machine."""

from collections.abc import Iterator
from typing import Any

import pytest

from needlework.payments.trial import Trial
from tests.factories import accounts, payments


@pytest.fixture
def trial(db: None, settings: Any) -> Iterator[Trial]:
    """The trial provider, set up in a clinic."""
    accounts.organisation()
    with payments.provider(settings) as running:
        yield running
