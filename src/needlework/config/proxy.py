"""Behind a proxy the sender's address is the last that the proxy wrote down, not the proxy's own."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


def sender_behind_proxy(get_response: Answer) -> Answer:
    """Put the sender's address where every other part looks for it; earlier entries are whatever the sender claims."""

    def answer(request: HttpRequest) -> HttpResponse:
        sender = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if sender:
            request.META["REMOTE_ADDR"] = sender
        return get_response(request)

    return answer
