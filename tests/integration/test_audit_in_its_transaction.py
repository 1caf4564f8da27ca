"""Where an event may be written: in the transaction of its write, and on a safe request only as an access event."""

import pytest
from django.test import Client

from needlework.audit.middleware import WroteOnReadError
from needlework.audit.models import Event
from needlework.audit.record import SYSTEM, record
from tests.factories import accounts

AT = accounts.AT


def test_an_event_outside_a_transaction_is_refused(real_home):
    clinic = accounts.clinic()
    with pytest.raises(RuntimeError, match="outside a transaction"):
        record("done", clinic, by=SYSTEM, at=AT)
    assert not Event.objects.exists()


def test_a_view_that_writes_on_get_is_stopped(real_home, settings):
    accounts.organisation()
    settings.ROOT_URLCONF = "tests.integration.urls_that_write"
    with pytest.raises(WroteOnReadError, match="safe request tried to write"):
        Client().get("/writes/")
    assert not Event.objects.exists()
    assert Client().get("/views/").status_code == 200
    assert Event.objects.get().verb == "viewed"
