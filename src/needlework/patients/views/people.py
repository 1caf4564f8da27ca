"""Finding, adding, showing and editing patients."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from needlework.accounts.asking import StaffRequest, asks
from needlework.patients import details, forms, operations, permissions, queries
from needlework.patients.opening import opened
from needlework.patients.problems import NotDoneError
from needlework.patients.queries import access, finding, importing, merging, own, record
from needlework.web.http import page


@asks(permissions.may_see_patients)
def find(request: StaffRequest) -> HttpResponse:
    """Look for patients by what is typed; without it, show those added last."""
    typed = request.GET.get("q", "").strip()
    found = finding.find(request.user, typed, after=_uuid(request.GET.get("after", ""))) if typed else None
    return page(
        request,
        "patients/patient/find.html",
        typed=typed,
        found=found,
        recent=[] if typed else finding.recent(request.user),
        may_add=permissions.may_add_patient(user=request.user),
        may_import=permissions.may_import_patients(user=request.user),
        may_export=permissions.may_export_patients(user=request.user),
        may_break_glass=permissions.may_break_glass(user=request.user),
        unseen=access.unseen_for(request.user).count(),
    )


@asks(permissions.may_add_patient)
def new(request: StaffRequest) -> HttpResponse:
    """Add a patient, after asking whether it is one of those who are likely the same person."""
    form = forms.NewPatient(request.POST or None, clinics=importing.clinics(request.user, "edit-patients"))
    likely: list[merging.Likeness] = []
    if form.is_valid():
        likely = merging.likely_duplicates(request.user, form.details(), but=form.cleaned_data["id"])
        if form.cleaned_data["different"] or not likely:
            return _add(request, form)
    return page(request, "patients/patient/new.html", form=form.asking(different=bool(likely)), likely=likely)


@asks(permissions.may_see_patients)
def show(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Show one patient; a merged record leads to the one that is kept."""
    at = timezone.now()
    patient = queries.patient_for(request.user, patient_id, at)
    if patient.pk != patient_id:
        return redirect("patient", patient.pk)
    opened(request, patient_id, at=at)
    return page(request, "patients/patient/show.html", record=record.record(request.user, patient, at))


@asks(permissions.may_edit_patient)
def edit(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Change a patient's details."""
    at = timezone.now()
    patient = opened(request, patient_id, at=at, part="details")
    permissions.may_edit_patient(user=request.user, patient=patient, at=at).or_raise()
    start = forms.initial(details.of(patient)) | {"version": patient.version}
    form = forms.EditPatient(request.POST or None, initial=start)
    if form.is_valid():
        try:
            operations.edit_patient(
                patient=patient, details=form.details(), version=form.cleaned_data["version"], by=request.user, at=at
            )
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, "The details are saved.")
            return redirect("patient", patient.pk)
    return page(request, "patients/patient/edit.html", form=form, patient=patient)


@asks(permissions.may_see_patients)
def history(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Show how a record became what it is."""
    at = timezone.now()
    patient = opened(request, patient_id, at=at, part="history")
    may_see_openings = permissions.may_see_openings(user=request.user, patient=patient, at=at)
    return page(
        request,
        "patients/patient/history.html",
        patient=patient,
        changes=record.history(patient),
        openings=own.openings(patient) if may_see_openings else None,
    )


def _add(request: StaffRequest, form: forms.NewPatient) -> HttpResponse:
    try:
        patient = operations.add_patient(
            clinic=importing.clinic_for(form.cleaned_data["clinic"]),
            details=form.details(),
            by=request.user,
            at=timezone.now(),
            patient_id=form.cleaned_data["id"],
        )
    except NotDoneError as problem:
        form.add_error(None, str(problem))
        return page(request, "patients/patient/new.html", form=form.asking(different=False), likely=[])
    notices.success(request, "The patient is added.")
    return redirect("patient", patient.pk)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
