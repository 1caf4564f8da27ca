"""Absences of people, rooms and devices, closures, and bank holidays on which a clinic is open."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from needlework.accounts.asking import StaffRequest, asks
from needlework.diary import permissions
from needlework.diary.forms.working import AbsenceForm, ClosureForm, Confirm, OpenForm
from needlework.diary.operations import absences, closures
from needlework.diary.operations.resources import resource_of
from needlework.diary.queries import managed
from needlework.diary.views.settings.answering import CONFIRM, answer, sent

ABSENCE = ("first_day", "last_day", "starts", "ends", "reason")
CLOSURE = ("first_day", "last_day", "reason")


@asks(permissions.may_manage_diary)
def person_away(request: StaffRequest, clinic_id: UUID, person_id: UUID) -> HttpResponse:
    """Write down when somebody is away."""
    clinic = managed.clinic_for(request.user, clinic_id)
    person = managed.person_for(clinic, person_id)
    form = AbsenceForm(sent(request))

    def do() -> None:
        answers = {name: form.cleaned_data[name] for name in ABSENCE} | {"absence_id": form.cleaned_data["id"]}
        resource = resource_of(person)
        absences.record_absence(resource=resource, clinic=clinic, **answers, by=request.user, at=timezone.now())

    return answer(
        request,
        form,
        do,
        done="The absence is recorded.",
        back=reverse("diary-person", args=[clinic_id, person_id]),
        clinic=clinic,
        person=person,
        heading=f"{person} is away",
        button="Record the absence",
    )


@asks(permissions.may_manage_diary)
def thing_away(request: StaffRequest, clinic_id: UUID, resource_id: int) -> HttpResponse:
    """Write down when a room or a device cannot be used."""
    clinic = managed.clinic_for(request.user, clinic_id)
    thing = managed.resource_at(clinic, resource_id)
    form = AbsenceForm(sent(request))

    def do() -> None:
        answers = {name: form.cleaned_data[name] for name in ABSENCE} | {"absence_id": form.cleaned_data["id"]}
        absences.record_absence(resource=thing, clinic=clinic, **answers, by=request.user, at=timezone.now())

    return answer(
        request,
        form,
        do,
        done="The absence is recorded.",
        back=reverse("diary-resource-change", args=[resource_id]),
        clinic=clinic,
        thing=thing,
        heading=f"{thing} cannot be used",
        button="Record it",
    )


@asks(permissions.may_manage_diary)
def withdraw_absence(request: StaffRequest, clinic_id: UUID, absence_id: UUID) -> HttpResponse:
    """Take an absence back."""
    clinic = managed.clinic_for(request.user, clinic_id)
    absence = managed.absence_for(clinic, absence_id)
    person_id = absence.resource.user_id
    back = (
        reverse("diary-person", args=[clinic_id, person_id])
        if person_id
        else reverse("diary-clinic-settings", args=[clinic_id])
    )
    return answer(
        request,
        Confirm(sent(request)),
        lambda: absences.withdraw_absence(absence=absence, clinic=clinic, by=request.user, at=timezone.now()),
        done="The absence is taken back.",
        back=back,
        template=CONFIRM,
        question="Take this absence back?",
        text=f"{absence.resource} can be booked at that time again.",
        yes="Take it back",
    )


@asks(permissions.may_manage_diary)
def close(request: StaffRequest, clinic_id: UUID) -> HttpResponse:
    """Close a clinic for some days."""
    clinic = managed.clinic_for(request.user, clinic_id)
    form = ClosureForm(sent(request))

    def do() -> None:
        answers = {name: form.cleaned_data[name] for name in CLOSURE} | {"closure_id": form.cleaned_data["id"]}
        closures.close_clinic(clinic=clinic, **answers, by=request.user, at=timezone.now())

    return answer(
        request,
        form,
        do,
        done=f"{clinic} is closed on these days.",
        back=reverse("diary-clinic-settings", args=[clinic_id]),
        clinic=clinic,
        heading=f"Close {clinic}",
        button="Close it",
    )


@asks(permissions.may_manage_diary)
def open_on(request: StaffRequest, clinic_id: UUID, holiday: str) -> HttpResponse:
    """Let a clinic be open on a bank holiday."""
    clinic = managed.clinic_for(request.user, clinic_id)
    form, asked = OpenForm(sent(request)), _day(holiday)
    return answer(
        request,
        form,
        lambda: closures.open_on_bank_holiday(
            closure_id=form.cleaned_data["id"], clinic=clinic, day=asked, by=request.user, at=timezone.now()
        ),
        done=f"{clinic} is open on that day.",
        back=reverse("diary-clinic-settings", args=[clinic_id]),
        template=CONFIRM,
        question=f"Open {clinic} on this day?",
        day=asked,
        text="It is a bank holiday. Whoever works on that day of the week can then be booked.",
        yes="Open on this day",
    )


@asks(permissions.may_manage_diary)
def withdraw_closure(request: StaffRequest, closure_id: UUID) -> HttpResponse:
    """Take a closure, or that the clinic is open on a bank holiday, back."""
    closure = managed.closure_for(request.user, closure_id)
    question = "Close on this bank holiday again?" if closure.is_open else "Take this closure back?"
    return answer(
        request,
        Confirm(sent(request)),
        lambda: closures.withdraw_closure(closure=closure, by=request.user, at=timezone.now()),
        done="Taken back.",
        back=reverse("diary-clinic-settings", args=[closure.clinic_id]),
        template=CONFIRM,
        question=question,
        day=closure.first_day,
        text=closure.reason,
        yes="Close again" if closure.is_open else "Take it back",
    )


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as fault:
        raise Http404("There is no such day.") from fault
