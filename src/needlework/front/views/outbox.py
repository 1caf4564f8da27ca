"""The outbox: what was sent to whom, and what needs a person."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from needlework.accounts.asking import StaffRequest, asks
from needlework.front import permissions
from needlework.front.queries import outbox as queries
from needlework.messages import operations
from needlework.web.http import page


@asks(permissions.may_see_outbox)
def outbox(request: StaffRequest) -> HttpResponse:
    """List the messages."""
    return page(request, "front/outbox/list.html", outbox=queries.outbox(request.user, at=timezone.now()))


@asks(permissions.may_see_outbox)
def message(request: StaffRequest, message_id: UUID) -> HttpResponse:
    """Show one message with every attempt to send it."""
    found = queries.message_for(request.user, message_id)
    (line,) = queries.lines(request.user, [found], at=timezone.now())
    return page(request, "front/outbox/message.html", line=line, copies=queries.copies(found))


@asks(permissions.may_see_outbox)
@require_POST
def send_again(request: StaffRequest, message_id: UUID) -> HttpResponse:
    """Send a message that failed once more."""
    found = queries.message_for(request.user, message_id)
    again = operations.send_again(message=found, by=request.user, at=timezone.now())
    notices.info(request, "It will be sent again now." if again else "Nothing was changed: it is no longer waiting.")
    return redirect("outbox-message", found.pk)


@asks(permissions.may_see_outbox)
@require_POST
def set_aside(request: StaffRequest, message_id: UUID) -> HttpResponse:
    """Close a message that somebody has seen to."""
    found = queries.message_for(request.user, message_id)
    closed = operations.set_aside(message=found, by=request.user, at=timezone.now())
    notices.info(request, "Noted: you have seen to it." if closed else "Nothing was changed: it was settled already.")
    return redirect("outbox-message", found.pk)
