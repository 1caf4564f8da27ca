"""Booking at the desk: who, what, when. Each page asks for what its address does not say yet; the last one books."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from needlework.accounts.asking import StaffRequest, asks
from needlework.diary import operations, permissions
from needlework.diary.forms.desk import BookForPatient, BookForVisitor, details_of
from needlework.diary.problems import NotDoneError
from needlework.diary.queries import blocks, desk, picking, sheets
from needlework.diary.queries.availability import Asking
from needlework.diary.queries.picking import Patient, Picked, Resource, Service
from needlework.diary.queries.sheets import Here
from needlework.diary.views.sheets import asked, uuid_of
from needlework.patients.queries import finding
from needlework.patients.queries.people import patient_for
from needlework.web.fields.dates import clock as clock_of
from needlework.web.http import page


@dataclass(frozen=True)
class Wish:
    """What the address says: who comes (None for somebody new), what for, and when and with whom if that is chosen."""

    here: Here
    patient: Patient | None
    service: Service
    day: date
    asking: Asking


@asks(permissions.may_book)
def new(request: StaffRequest) -> HttpResponse:
    """Book an appointment, step by step."""
    at, wanted = timezone.now(), asked(request)
    here = sheets.here(request.user, wanted.clinic, at)
    patient_id = uuid_of(request.GET.get("patient", ""))
    if not patient_id and "visitor" not in request.GET:
        return _who(request)
    patient = patient_for(request.user, patient_id, at) if patient_id else None
    service_id = uuid_of(request.GET.get("service", ""))
    if service_id is None:
        services = desk.services_at(here.clinic)
        return page(request, "diary/staff/service.html", here=here, services=services, patient=patient)
    service = desk.service_at(here.clinic, service_id)
    asking = Asking(online=False, patient=patient)
    wish = Wish(here, patient, service, wanted.day or here.today, asking)
    found = _picked(request, wish, at)
    return _confirm(request, wish, found, at) if found else _when(request, wish, at)


def _who(request: StaffRequest) -> HttpResponse:
    typed = request.GET.get("q", "").strip()
    found = finding.find(request.user, typed) if typed else None
    recent = [] if typed else finding.recent(request.user)
    return page(request, "diary/staff/who.html", typed=typed, found=found, recent=recent)


def _picked(request: StaffRequest, wish: Wish, at: datetime) -> Picked | None:
    """Return the time that the address picks; None where it picks none."""
    clock = clock_of(request.GET.get("clock", ""))
    if clock is None:
        return None
    who = somebody(wish.service, request.GET.get("practitioner", ""))
    zone = wish.here.zone
    return picking.picked(wish.service, wish.day, clock, who, zone, asking=wish.asking, at=at)


def somebody(service: Service, key: str) -> Resource:
    """Return who is asked for among those who offer a service; 404 for anybody else."""
    found = next((one for one in picking.performers(service) if str(one.pk) == key), None)
    if found is None:
        raise Http404(desk.MISSING)
    return found


def _when(request: StaffRequest, wish: Wish, at: datetime) -> HttpResponse:
    found = picking.choices(wish.service, wish.day, wish.here.zone, asking=wish.asking, at=at)
    return page(
        request,
        "diary/staff/when.html",
        here=wish.here,
        choices=found,
        service=wish.service,
        patient=wish.patient,
        performers=picking.performers(wish.service),
        blocks=blocks.standing(wish.patient, wish.here.today) if wish.patient else [],
    )


def _confirm(request: StaffRequest, wish: Wish, found: Picked, at: datetime) -> HttpResponse:
    """Show what would be booked, and book it; a form sent twice leads to what the first made."""
    if again := desk.booked(request.user, uuid_of(request.POST.get("id", ""))):
        return redirect("appointment", again.pk)
    kind = BookForPatient if wish.patient else BookForVisitor
    form = kind(request.POST or None, refused=found.refused)
    if form.is_valid():
        try:
            made = operations.book_appointment(
                appointment_id=form.cleaned_data["id"],
                service=wish.service,
                begins=found.begins,
                practitioner=found.practitioner,
                patient=wish.patient or details_of(form),
                overbooking_reason=form.reason,
                note=form.cleaned_data["note"],
                by=request.user,
                at=at,
            )
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, "The appointment is booked.")
            return redirect("appointment", made.pk)
    return page(
        request,
        "diary/staff/confirm.html",
        form=form,
        here=wish.here,
        picked=found,
        service=wish.service,
        patient=wish.patient,
        blocks=blocks.standing(wish.patient, wish.here.today) if wish.patient else [],
    )
