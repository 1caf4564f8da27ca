"""Adding, changing and ending services."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from needlework.accounts.asking import StaffRequest, asks
from needlework.diary import permissions
from needlework.diary.forms.services import ServiceForm
from needlework.diary.forms.working import Confirm
from needlework.diary.operations import services
from needlework.diary.queries import managed, working
from needlework.diary.queries.practitioners import practitioners_at
from needlework.diary.views.settings.answering import CONFIRM, answer, sent


@asks(permissions.may_manage_diary)
def add(request: StaffRequest, clinic_id: UUID) -> HttpResponse:
    """Offer something."""
    clinic = managed.clinic_for(request.user, clinic_id)
    form = ServiceForm(sent(request), people=practitioners_at(clinic), sorts=working.sorts_at(clinic))
    return answer(
        request,
        form,
        lambda: services.add_service(
            service_id=form.cleaned_data["id"],
            clinic=clinic,
            terms=form.terms(),
            performers=form.performing(),
            by=request.user,
            at=timezone.now(),
        ),
        done="The service is added.",
        back=reverse("diary-clinic-settings", args=[clinic_id]),
        clinic=clinic,
        heading="Add a service",
        button="Add",
    )


@asks(permissions.may_manage_diary)
def change(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """Change the terms of a service, or who offers it."""
    service = managed.service_for(request.user, service_id)
    clinic = service.clinic
    people, sorts = practitioners_at(clinic), working.sorts_at(clinic)
    form = ServiceForm(sent(request), people=people, sorts=sorts, service=service)
    return answer(
        request,
        form,
        lambda: services.change_service(
            service=service,
            version=form.cleaned_data["version"],
            terms=form.terms(),
            performers=form.performing(),
            by=request.user,
            at=timezone.now(),
        ),
        done=f"{service} is changed. What was booked before keeps its length and its price.",
        back=reverse("diary-clinic-settings", args=[clinic.pk]),
        template="diary/working/service.html",
        clinic=clinic,
        service=service,
    )


@asks(permissions.may_manage_diary)
def end(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """Offer a service no longer."""
    service = managed.service_for(request.user, service_id)
    return answer(
        request,
        Confirm(sent(request)),
        lambda: services.end_service(service=service, by=request.user, at=timezone.now()),
        done=f"{service} is no longer offered.",
        back=reverse("diary-clinic-settings", args=[service.clinic_id]),
        template=CONFIRM,
        question=f"Offer {service} no longer?",
        text="Nobody can book it from now on. Appointments that are booked stay.",
        yes="Offer it no longer",
    )
