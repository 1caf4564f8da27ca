"""The clinic's day."""

from django.http import HttpResponse
from django.utils import timezone

from needlework.accounts.asking import StaffRequest, asks
from needlework.accounts.capabilities import holds
from needlework.front import permissions
from needlework.front.queries.day import day as gather
from needlework.web.http import page


@asks(permissions.may_see_day)
def today(request: StaffRequest) -> HttpResponse:
    """Show the day, each part as far as one's roles reach."""
    found = gather(request.user, at=timezone.now())
    return page(request, "front/day/day.html", day=found, may_see_patients=holds(request.user, "see-patients"))
