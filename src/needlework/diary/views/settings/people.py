"""When somebody works at a clinic: the week, and days that differ."""

from datetime import time
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from needlework.accounts.asking import StaffRequest, asks
from needlework.diary import permissions
from needlework.diary.forms.working import Confirm, DayForm, WeekForm
from needlework.diary.hours import Hours
from needlework.diary.operations import working as operations
from needlework.diary.queries import managed, working
from needlework.diary.queries.troubled import troubled_at
from needlework.diary.views.settings.answering import CONFIRM, answer, sent
from needlework.web.http import page

USUAL = dict.fromkeys(range(5), Hours(time(9), time(17), time(12, 30), time(13)))
"""What the form suggests for somebody without hours."""


@asks(permissions.may_manage_diary)
def person(request: StaffRequest, clinic_id: UUID, person_id: UUID) -> HttpResponse:
    """Show when somebody works at a clinic, now and later."""
    at = timezone.now()
    clinic = managed.clinic_for(request.user, clinic_id)
    found = managed.person_for(clinic, person_id)
    shown = working.working_time(found, clinic, at=at)
    to_move = sum(one.appointment.practitioner.user_id == found.pk for one in troubled_at(clinic, at))
    return page(request, "diary/working/person.html", clinic=clinic, person=found, shown=shown, to_move=to_move)


@asks(permissions.may_manage_diary)
def week(request: StaffRequest, clinic_id: UUID, person_id: UUID) -> HttpResponse:
    """Enter the hours of a week from a day on."""
    at = timezone.now()
    clinic = managed.clinic_for(request.user, clinic_id)
    found = managed.person_for(clinic, person_id)
    today = working.today_at(clinic, at)
    now = working.week_of(found, clinic, on=today)
    form = WeekForm(sent(request), week=now or USUAL, from_day=today)
    return answer(
        request,
        form,
        lambda: operations.set_week(
            person=found,
            clinic=clinic,
            from_day=form.cleaned_data["from_day"],
            week=form.week(),
            by=request.user,
            at=at,
        ),
        done=f"The hours of {found} are saved.",
        back=reverse("diary-person", args=[clinic_id, person_id]),
        template="diary/working/week.html",
        clinic=clinic,
        person=found,
    )


@asks(permissions.may_manage_diary)
def change_day(request: StaffRequest, clinic_id: UUID, person_id: UUID) -> HttpResponse:
    """Enter other hours for one day, or none."""
    clinic = managed.clinic_for(request.user, clinic_id)
    found = managed.person_for(clinic, person_id)
    form = DayForm(sent(request))
    return answer(
        request,
        form,
        lambda: operations.change_day(
            changed_day_id=form.cleaned_data["id"],
            person=found,
            clinic=clinic,
            day=form.cleaned_data["day"],
            hours=form.hours(),
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        ),
        done="The day is changed.",
        back=reverse("diary-person", args=[clinic_id, person_id]),
        clinic=clinic,
        person=found,
        heading=f"Change a day of {found}",
        button="Change the day",
    )


@asks(permissions.may_manage_diary)
def withdraw_day(request: StaffRequest, clinic_id: UUID, changed_day_id: UUID) -> HttpResponse:
    """Let the hours of the week hold again on a day."""
    clinic = managed.clinic_for(request.user, clinic_id)
    changed = managed.changed_day_for(clinic, changed_day_id)
    return answer(
        request,
        Confirm(sent(request)),
        lambda: operations.withdraw_changed_day(changed_day=changed, by=request.user, at=timezone.now()),
        done="The usual hours hold again on that day.",
        back=reverse("diary-person", args=[clinic_id, changed.resource.user_id]),
        template=CONFIRM,
        question="Let the usual hours hold again?",
        day=changed.day,
        text=f"The hours of the week of {changed.resource} hold again on this day.",
        yes="Let them hold again",
    )
