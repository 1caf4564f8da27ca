"""Putting two records of one person together, and taking them apart."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from needlework.accounts.asking import StaffRequest, asks
from needlework.patients import details, forms, operations, permissions, queries
from needlework.patients.opening import opened
from needlework.patients.problems import NotDoneError
from needlework.patients.queries import finding, merging
from needlework.web.http import page


@asks(permissions.may_merge_patients)
def choose(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Find the other record of a person; likely ones come first."""
    at = timezone.now()
    patient = opened(request, patient_id, at=at, part="merge")
    typed = request.GET.get("q", "").strip()
    return page(
        request,
        "patients/merge/choose.html",
        patient=patient,
        typed=typed,
        likely=merging.likely_duplicates(request.user, details.of(patient), but=patient.pk),
        found=finding.find(request.user, typed) if typed else None,
    )


@asks(permissions.may_merge_patients)
def merge(request: StaffRequest, patient_id: UUID, other_id: UUID) -> HttpResponse:
    """Compare two records and put them together."""
    at = timezone.now()
    kept = opened(request, patient_id, at=at, part="merge")
    other = queries.patient_for(request.user, other_id, at)
    for patient in (kept, other):
        permissions.may_merge_patients(user=request.user, patient=patient, at=at).or_raise()
    form = forms.MergeForm(request.POST or None)
    if form.is_valid():
        try:
            operations.merge_patients(kept=kept, merged=other, by=request.user, at=at)
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, "The records are merged. You can undo it on this page.")
            return redirect("patient", kept.pk)
    rows = merging.side_by_side(kept, other)
    return page(request, "patients/merge/compare.html", form=form, kept=kept, other=other, rows=rows)


@asks(permissions.may_merge_patients)
def undo(request: StaffRequest, patient_id: UUID, merge_id: UUID) -> HttpResponse:
    """Take two records apart again."""
    at = timezone.now()
    patient = opened(request, patient_id, at=at, part="merge")
    record = merging.merge_for(request.user, patient_id, merge_id, at)
    form = forms.Confirm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            operations.undo_merge(merge=record, by=request.user, at=at)
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, "The records are apart again, each as it was.")
            return redirect("patient", patient.pk)
    return page(request, "patients/merge/undo.html", form=form, patient=patient, merge=record)
