"""Writing standing facts down, ending them, marking mistakes."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from needlework.accounts.asking import StaffRequest, asks
from needlework.patients import forms, operations, permissions
from needlework.patients.opening import opened
from needlework.patients.problems import NotDoneError
from needlework.patients.queries import facts
from needlework.web.http import page


@asks(permissions.may_see_patients)
def past(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """Show facts that no longer hold, and those entered in error."""
    at = timezone.now()
    patient = opened(request, patient_id, at=at, part="facts")
    return page(request, "patients/fact/past.html", patient=patient, facts=facts.past(request.user, patient, at))


@asks(permissions.may_edit_patient)
def new(request: StaffRequest, patient_id: UUID, kind: str) -> HttpResponse:
    """Write a fact down, or that there is none."""
    at = timezone.now()
    patient = opened(request, patient_id, at=at, part="facts")
    fact_kind = facts.kind_named(kind)
    permissions.may_edit_fact(user=request.user, patient=patient, kind=fact_kind, at=at).or_raise()
    form = forms.fact_form(fact_kind, request.POST or None, today=timezone.localdate(at))
    if form.is_valid():
        answer = form.cleaned_data
        common = {"patient": patient, "kind": fact_kind, "by": request.user, "at": at, "fact_id": answer["id"]}
        try:
            if answer.get("none_known"):
                operations.record_none_known(**common)
            else:
                operations.record_fact(**common, text=answer["text"], performed_on=answer.get("performed_on"))
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, f"{fact_kind.label}: recorded.")
            return redirect("patient", patient.pk)
    return page(request, "patients/fact/new.html", form=form, patient=patient, kind=fact_kind)


@asks(permissions.may_edit_patient)
def end(request: StaffRequest, patient_id: UUID, fact_id: UUID) -> HttpResponse:
    """End a fact that no longer holds."""
    return _change(request, patient_id, fact_id, operations.end_fact, "patients/fact/end.html", "Ended.")


@asks(permissions.may_edit_patient)
def mark_error(request: StaffRequest, patient_id: UUID, fact_id: UUID) -> HttpResponse:
    """Mark a fact that never was true."""
    mark = operations.mark_fact_entered_in_error
    return _change(request, patient_id, fact_id, mark, "patients/fact/error.html", "Marked as entered in error.")


def _change(
    request: StaffRequest, patient_id: UUID, fact_id: UUID, operation: Callable[..., object], template: str, done: str
) -> HttpResponse:
    at = timezone.now()
    patient = opened(request, patient_id, at=at, part="facts")
    fact = facts.fact_for(request.user, patient_id, fact_id, at)
    form = forms.Confirm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            operation(fact=fact, by=request.user, at=at)
        except NotDoneError as problem:
            form.add_error(None, str(problem))
        else:
            notices.success(request, done)
            return redirect("patient", patient.pk)
    return page(request, template, form=form, patient=patient, fact=fact)
