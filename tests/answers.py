"""Answers as tests read them."""

from django.http.response import HttpResponseBase


def content(answer: HttpResponseBase) -> bytes:
    """Return everything an answer holds, and close the file behind it.

    Closing the answer itself would end the request, and with it the transaction that the test runs in.
    """
    held = b"".join(answer)
    for close in answer._resource_closers:
        close()
    return held
