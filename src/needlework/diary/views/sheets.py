"""The diary of a clinic: its day side by side, one column's week, and the day on paper."""

from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from needlework.accounts.asking import StaffRequest, asks
from needlework.diary import permissions
from needlework.diary.queries import desk, sheets
from needlework.diary.queries.availability import Asking
from needlework.diary.queries.choosing import day_of
from needlework.diary.queries.desk import Free
from needlework.diary.queries.picking import Service
from needlework.diary.queries.sheets import Asked, Here
from needlework.web.http import page

DAY, WEEK = timedelta(days=1), timedelta(days=7)
EARLIEST, LATEST = date(1990, 1, 1), date(2190, 1, 1)
NOTHING = Free({}, "")


@asks(permissions.may_see_diary)
def day(request: StaffRequest) -> HttpResponse:
    """Show a clinic's day: practitioners or rooms side by side, with the free starts of a chosen service."""
    at, wish = timezone.now(), asked(request)
    here = sheets.here(request.user, wish.clinic, at)
    services = desk.services_at(here.clinic)
    service = next((one for one in services if str(one.pk) == request.GET.get("service")), None)
    free = _free(here, service, wish.day or here.today, at) if service else NOTHING
    found = sheets.day_page(here, wish, starts=free.starts)
    return page(
        request,
        "diary/staff/day.html",
        day=found,
        here=here,
        before=found.day - DAY,
        after=found.day + DAY,
        services=services,
        service=service,
        nothing_free=free.sentence,
        new_url=_new_url(here, found.day, service),
        may_book=permissions.may_book(user=request.user, clinic=here.clinic),
        may_manage=permissions.may_manage_diary(user=request.user, clinic=here.clinic),
    )


def _free(here: Here, service: Service, day: date, at: datetime) -> Free:
    chosen = desk.service_at(here.clinic, service.pk)
    return desk.free_on(chosen, day, asking=Asking(online=False), at=at)


def _new_url(here: Here, day: date, service: Service | None) -> str:
    """Return the address at which an offered time is booked; its clock comes last."""
    chosen = {"clinic": here.clinic.pk, "service": service.pk if service else "", "day": day.isoformat()}
    return f"{reverse('appointment-new')}?{urlencode(chosen)}&clock="


@asks(permissions.may_see_diary)
def week(request: StaffRequest) -> HttpResponse:
    """Show seven days of one practitioner or room."""
    wish = asked(request)
    here = sheets.here(request.user, wish.clinic, timezone.now())
    found = sheets.week_page(here, wish)
    return page(
        request,
        "diary/staff/week.html",
        week=found,
        here=here,
        before=found.monday - WEEK,
        after=found.monday + WEEK,
        may_book=permissions.may_book(user=request.user, clinic=here.clinic),
    )


@asks(permissions.may_see_diary)
def on_paper(request: StaffRequest) -> HttpResponse:
    """Show a clinic's day as it is printed: a list for each practitioner or room."""
    wish = asked(request)
    here = sheets.here(request.user, wish.clinic, timezone.now())
    return page(request, "diary/staff/print.html", day=sheets.day_page(here, wish), here=here)


def asked(request: HttpRequest) -> Asked:
    """Return what the address asks for; what makes no sense asks for nothing."""
    day = day_of(request.GET.get("day", ""))
    resource = request.GET.get("resource", "")
    return Asked(
        clinic=uuid_of(request.GET.get("clinic", "")),
        day=day if day and EARLIEST <= day <= LATEST else None,
        by_room=request.GET.get("by") == "room",
        resource=int(resource) if resource.isdecimal() and len(resource) < 18 else None,
        private=request.GET.get("private") == "1",
    )


def uuid_of(written: str) -> UUID | None:
    """Return the id that an address names; None for what is none."""
    try:
        return UUID(written)
    except ValueError:
        return None
