"""Calendar files and feeds, and the pages on which people make and end theirs."""

from hashlib import sha256
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_POST, require_safe

from needlework.accounts.asking import StaffRequest, asks, public
from needlework.diary import links, permissions
from needlework.diary.calendars import files, writing
from needlework.diary.forms.feeds import MakeFeed
from needlework.diary.operations import feeds as operations
from needlework.diary.queries import calendars
from needlework.diary.queries.appointments import appointment_by_token
from needlework.diary.queries.own import own_appointment
from needlework.messages.letters import Attachment
from needlework.patients.asking import PatientRequest, asks_patient, own_record
from needlework.web.http import page

CALENDAR = "text/calendar; charset=utf-8"
GONE = "There is no calendar at this address. It was ended or renewed: ask for a new address where you made this one.\n"
MADE = "Your private address is made. Give it to your calendar program and to nobody else."
ENDED = "The address is ended. Calendar programs read nothing there any more."


@public
@require_safe
def read(request: HttpRequest, token: str) -> HttpResponseBase:
    """Answer a calendar program with somebody's appointments, or with nothing new where its copy is the latest.

    Only the ETag decides that: names and a clinic's rules carry no date, and a copy must not outlive them.
    """
    feed = calendars.feed_by_token(token)
    if feed is None:
        return HttpResponse(GONE, status=HTTPStatus.NOT_FOUND, content_type="text/plain; charset=utf-8")
    entries = calendars.entries(feed, at=timezone.now())
    content = writing.feed(entries, name=calendars.title(feed))
    latest = max((entry.changed_at for entry in entries), default=feed.made_at)
    etag = f'"{sha256(content).hexdigest()}"'
    headers = {"Cache-Control": "private, no-cache", "ETag": etag, "Last-Modified": http_date(latest.timestamp())}
    answer = HttpResponse(content, content_type=CALENDAR, headers=headers)
    return get_conditional_response(request, etag=etag, response=answer) or answer


@public
@require_safe
def appointment_file(_request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the calendar file of the appointment that a private link opens."""
    appointment = appointment_by_token(token, timezone.now())
    return _download(files.as_it_stands(appointment, url=links.to_appointment(appointment)))


@asks_patient(own_record)
@require_safe
def own_appointment_file(request: PatientRequest, appointment_id: UUID) -> HttpResponse:
    """Answer with the calendar file of one of a patient's appointments."""
    appointment = own_appointment(request.patient, appointment_id)
    return _download(files.as_it_stands(appointment, url=links.to_appointment(appointment)))


@asks(permissions.may_see_diary)
@require_safe
def feed(request: StaffRequest) -> HttpResponse:
    """Show staff their private address."""
    return _shown(request, request.user, "diary/feed/staff.html")


@asks(permissions.may_see_diary)
@require_POST
def make_feed(request: StaffRequest) -> HttpResponse:
    """Make or renew the address of a member of staff."""
    return _made(request, request.user, "feed")


@asks(permissions.may_see_diary)
@require_POST
def end_feed(request: StaffRequest) -> HttpResponse:
    """End the address of a member of staff."""
    return _ended(request, request.user, "feed")


@asks_patient(own_record)
@require_safe
def own_feed(request: PatientRequest) -> HttpResponse:
    """Show a patient their private address."""
    return _shown(request, request.patient, "diary/feed/own.html")


@asks_patient(own_record)
@require_POST
def make_own_feed(request: PatientRequest) -> HttpResponse:
    """Make or renew the address of a patient."""
    return _made(request, request.patient, "me-feed")


@asks_patient(own_record)
@require_POST
def end_own_feed(request: PatientRequest) -> HttpResponse:
    """End the address of a patient."""
    return _ended(request, request.patient, "me-feed")


def _shown(request: HttpRequest, owner: calendars.Owner, template: str) -> HttpResponse:
    feed = calendars.feed_of(owner)
    address = links.to_feed(feed) if feed else ""
    opening = "webcal:" + address.partition(":")[2]  # the scheme that Apple's programs subscribe to
    return page(request, template, feed=feed, address=address, opening=opening, make=MakeFeed())


def _made(request: HttpRequest, owner: calendars.Owner, back: str) -> HttpResponse:
    form = MakeFeed(request.POST)
    if form.is_valid():
        operations.make_feed(feed_id=form.cleaned_data["id"], by=owner, at=timezone.now())
        notices.success(request, MADE)
    return redirect(back)


def _ended(request: HttpRequest, owner: calendars.Owner, back: str) -> HttpResponse:
    operations.end_feed(by=owner, at=timezone.now())
    notices.success(request, ENDED)
    return redirect(back)


def _download(attachment: Attachment) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{attachment.name}"'}
    return HttpResponse(attachment.content, content_type=attachment.media_type, headers=headers)
