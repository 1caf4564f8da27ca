"""Adding, changing and ending rooms and devices, and when one cannot be used."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from needlework.accounts.asking import StaffRequest, asks
from needlework.diary import permissions
from needlework.diary.forms.services import ResourceForm
from needlework.diary.forms.working import Confirm
from needlework.diary.operations import resources
from needlework.diary.queries import managed, working
from needlework.diary.views.settings.answering import CONFIRM, answer, sent


@asks(permissions.may_manage_diary)
def add(request: StaffRequest, clinic_id: UUID) -> HttpResponse:
    """Add a room or a device; the address may say which, and of which sort."""
    clinic = managed.clinic_for(request.user, clinic_id)
    asked = {"version": 0, "kind": request.GET.get("kind"), "sort": request.GET.get("sort")}
    form = ResourceForm(sent(request), initial=asked)

    def do() -> None:
        answers = {name: form.cleaned_data[name] for name in ("kind", "name", "sort", "clean_down_minutes")}
        resources.add_resource(clinic=clinic, **answers, by=request.user, at=timezone.now())

    return answer(
        request,
        form,
        do,
        done="It is added.",
        back=reverse("diary-clinic-settings", args=[clinic_id]),
        clinic=clinic,
        heading="Add a room or a device",
        button="Add",
    )


@asks(permissions.may_manage_diary)
def change(request: StaffRequest, resource_id: int) -> HttpResponse:
    """Change a room or device; its absences stand below."""
    thing, at = managed.resource_for(request.user, resource_id), timezone.now()
    clinic = managed.clinic_of(thing)
    now = {"sort": thing.type} | {name: getattr(thing, name) for name in ("version", "name", "clean_down_minutes")}
    form = ResourceForm(sent(request), initial=now)
    del form.fields["kind"]

    def do() -> None:
        answers = {name: form.cleaned_data[name] for name in ("version", "name", "sort", "clean_down_minutes")}
        resources.change_resource(resource=thing, **answers, by=request.user, at=at)

    return answer(
        request,
        form,
        do,
        done="Saved.",
        back=reverse("diary-clinic-settings", args=[clinic.pk]),
        template="diary/working/thing.html",
        thing=thing,
        clinic=clinic,
        away=working.absences_of(thing, clinic, at=at),
    )


@asks(permissions.may_manage_diary)
def end(request: StaffRequest, resource_id: int) -> HttpResponse:
    """Take a room or a device out of use."""
    thing = managed.resource_for(request.user, resource_id)
    return answer(
        request,
        Confirm(sent(request)),
        lambda: resources.end_resource(resource=thing, by=request.user, at=timezone.now()),
        done=f"{thing} is no longer in use.",
        back=reverse("diary-clinic-settings", args=[thing.clinic_id]),
        template=CONFIRM,
        question=f"Use {thing} no longer?",
        text="No appointment can be booked for it from now on. Those that are booked stay, and are shown to be moved.",
        yes="Use it no longer",
    )
