"""The access log."""

from django.http import HttpResponse
from django.utils import timezone

from needlework.accounts.asking import StaffRequest, asks
from needlework.audit.queries import Filter
from needlework.front import forms, permissions
from needlework.front.queries import access_log as queries
from needlework.web.http import page


@asks(permissions.may_see_access_log)
def access_log(request: StaffRequest) -> HttpResponse:
    """Show who did and opened what, newest first, narrowed as asked."""
    people = [(str(person.pk), person.name) for person in queries.people(request.user)]
    form = forms.NarrowLog(request.GET if "person" in request.GET else None, people=people)
    narrowed = form.narrowed() if form.is_valid() else Filter()
    before = request.GET.get("before", "")
    log = queries.log(request.user, narrowed, before=int(before) if before.isdecimal() else None, at=timezone.now())
    return page(request, "front/access_log/list.html", form=form, log=log, older=older(request, log.older))


def older(request: StaffRequest, number: int | None) -> str:
    """Return the query of the next page: narrowed as this one."""
    if number is None:
        return ""
    query = request.GET.copy()
    query["before"] = str(number)
    return query.urlencode()
