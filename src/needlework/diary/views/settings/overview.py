"""The settings of a clinic's diary on one page, and its rules."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from needlework.accounts.asking import StaffRequest, asks
from needlework.diary import permissions
from needlework.diary.forms.services import RulesForm
from needlework.diary.hours import DAYS
from needlework.diary.operations import settings
from needlework.diary.queries import managed, working
from needlework.diary.queries.missing import missing
from needlework.diary.queries.rules import rules_of
from needlework.diary.queries.troubled import troubled_at
from needlework.diary.views.settings.answering import answer, sent
from needlework.web.http import page


@asks(permissions.may_manage_diary)
def clinics(request: StaffRequest) -> HttpResponse:
    """Show which clinics one sets up; with one clinic, go there at once."""
    led = list(managed.clinics_for(request.user))
    if len(led) == 1:
        return redirect("diary-clinic-settings", led[0].pk)
    return page(request, "diary/working/clinics.html", clinics=led)


@asks(permissions.may_manage_diary)
def clinic(request: StaffRequest, clinic_id: UUID) -> HttpResponse:
    """Show who works when, what is offered, and what is missing."""
    at = timezone.now()
    found = managed.clinic_for(request.user, clinic_id)
    weeks, services = working.weeks_of(found, at=at), working.services_at(found)
    things, ruled = working.resources_at(found), rules_of(found)
    return page(
        request,
        "diary/working/overview.html",
        clinic=found,
        weekdays=DAYS,
        weeks=weeks,
        services=services,
        things=things,
        closed=working.closed_days(found, since=working.today_at(found, at)),
        rules=ruled,
        offer=in_words(ruled.offer_minutes),
        missing=missing(found, weeks, things, services),
        to_move=len(list(troubled_at(found, at))),
    )


@asks(permissions.may_manage_diary)
def rules(request: StaffRequest, clinic_id: UUID) -> HttpResponse:
    """Change how a clinic runs its diary."""
    found = managed.clinic_for(request.user, clinic_id)
    form = RulesForm(sent(request), rules=rules_of(found))
    return answer(
        request,
        form,
        lambda: settings.change_rules(
            clinic=found,
            version=form.cleaned_data["version"],
            changes=form.changes(),
            by=request.user,
            at=timezone.now(),
        ),
        done="The rules of the diary are saved.",
        back=reverse("diary-clinic-settings", args=[clinic_id]),
        clinic=found,
        heading="Rules of the diary",
        button="Save",
    )


def in_words(minutes: int) -> str:
    """Write a length of time in whole hours where it has them."""
    if minutes % 60:
        return f"{minutes} minutes"
    return "1 hour" if minutes == 60 else f"{minutes // 60} hours"
