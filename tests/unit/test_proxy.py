"""Behind a proxy, the sender is who the proxy says; what the sender says of itself counts for nothing."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from needlework.config.proxy import sender_behind_proxy


@pytest.mark.parametrize(
    ("forwarded", "sender"),
    [("203.0.113.9", "203.0.113.9"), ("10.0.0.1, 203.0.113.9", "203.0.113.9"), ("", "127.0.0.1"), (" , ", "127.0.0.1")],
)
def test_the_last_entry_is_the_sender(forwarded, sender):
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})
    answer = sender_behind_proxy(lambda request: HttpResponse(request.META["REMOTE_ADDR"]))(request)
    assert answer.content.decode() == sender
