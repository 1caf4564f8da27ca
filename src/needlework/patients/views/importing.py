"""Bringing lists of patients in, and taking them out."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from needlework.accounts.asking import StaffRequest, asks
from needlework.audit import record as audit
from needlework.patients import forms, operations, permissions
from needlework.patients.importing import cells
from needlework.patients.problems import NotDoneError
from needlework.patients.queries import importing
from needlework.web.http import page


@asks(permissions.may_import_patients)
def choose(request: StaffRequest) -> HttpResponse:
    """Take a file and check it; nothing is imported yet."""
    clinics = importing.clinics(request.user, "import-patients")
    form = forms.ImportForm(request.POST or None, request.FILES or None, clinics=clinics)
    if form.is_valid():
        try:
            checked = operations.check_import(
                clinic=importing.clinic_for(form.cleaned_data["clinic"]),
                content=form.cleaned_data["file"].read(),
                by=request.user,
                at=timezone.now(),
            )
        except NotDoneError as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("patients-import-file", checked.pk)
    return page(request, "patients/import/choose.html", form=form)


@asks(permissions.may_import_patients)
def apply(request: StaffRequest, file_id: UUID) -> HttpResponse:
    """Show what a file would do, row by row; import it on the click."""
    imported = importing.file_for(request.user, file_id)
    form = forms.Confirm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            imported = operations.apply_import(imported=imported, by=request.user, at=timezone.now())
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, f"Imported: {imported.added} patients are added.")
            return redirect("patients")
    report = importing.report_of(imported) if imported.text else None
    return page(request, "patients/import/check.html", form=form, imported=imported, report=report)


@asks(permissions.may_export_patients)
def export(request: StaffRequest) -> HttpResponseBase:
    """Hand out the list of patients as CSV; each clinic's log says that it was taken."""
    for clinic in importing.export_clinics(request.user):
        audit.viewed(clinic, by=request.user, at=timezone.now(), part="patient-list")
    lines = cells.written(importing.exported(request.user).iterator(chunk_size=2000))
    headers = {"Content-Disposition": 'attachment; filename="patients.csv"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
