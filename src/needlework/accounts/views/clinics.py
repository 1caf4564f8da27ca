"""Clinics: the list, one clinic, new ones, and their licences."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from needlework.accounts import forms, operations, permissions, queries
from needlework.accounts.asking import StaffRequest, asks
from needlework.accounts.editing import ChangedMeanwhile
from needlework.accounts.queries.clinics import shown
from needlework.accounts.taken import NameTaken
from needlework.web.http import page

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])
FIELDS = ("name", "address", "nation", "phone", "email")


@asks(permissions.may_see_staff)
@require_safe
def clinics(request: StaffRequest) -> HttpResponse:
    """List the clinics in which one works."""
    mine = queries.clinics_for(request.user, on=timezone.localdate())
    adding = bool(permissions.may_manage_clinics(user=request.user))
    return page(request, "accounts/clinics/clinics.html", clinics=mine, may_add=adding)


@asks(permissions.may_see_staff)
@require_safe
def clinic(request: StaffRequest, clinic_id: UUID) -> HttpResponse:
    """Show one clinic with its licences and registrations."""
    found = queries.clinic_for(request.user, clinic_id)
    managing = bool(permissions.may_manage_clinic(user=request.user, clinic=found))
    return page(
        request,
        "accounts/clinics/clinic.html",
        shown=shown(found, on=timezone.localdate()),
        clinic=found,
        may_manage=managing,
    )


@asks(permissions.may_manage_clinics)
@READ_OR_SEND
def add(request: StaffRequest) -> HttpResponse:
    """Add a clinic."""
    form = forms.ClinicForm(request.POST if request.method == "POST" else None, initial={"version": 0})
    ours = queries.organisation(request)
    if ours is None:
        raise Http404
    if form.is_valid():
        answers = {name: form.cleaned_data[name] for name in ("id", *FIELDS)}
        try:
            made = operations.add_clinic(organisation=ours, **answers, by=request.user, at=timezone.now())
        except NameTaken as taken:
            form.add_error("name", str(taken))
        else:
            messages.success(request, f"{made} is added. Record its licences next.")
            return redirect("clinic", made.pk)
    return page(request, "accounts/clinics/add.html", form=form)


@asks(permissions.may_see_staff)
@READ_OR_SEND
def change(request: StaffRequest, clinic_id: UUID) -> HttpResponse:
    """Change a clinic."""
    found = queries.clinic_for(request.user, clinic_id)
    permissions.may_manage_clinic(user=request.user, clinic=found).or_raise()
    now = {name: getattr(found, name) for name in ("id", "version", *FIELDS)}
    form = forms.ClinicForm(request.POST if request.method == "POST" else None, initial=now)
    if form.is_valid():
        changes = {name: form.cleaned_data[name] for name in FIELDS}
        version = form.cleaned_data["version"]
        try:
            operations.change_clinic(clinic=found, version=version, changes=changes, by=request.user, at=timezone.now())
        except NameTaken as taken:
            form.add_error("name", str(taken))
        except ChangedMeanwhile as stale:
            form.add_error(None, str(stale))
        else:
            messages.success(request, "Saved.")
            return redirect("clinic", found.pk)
    return page(request, "accounts/clinics/change.html", form=form, clinic=found)


@asks(permissions.may_see_staff)
@READ_OR_SEND
def add_licence(request: StaffRequest, clinic_id: UUID) -> HttpResponse:
    """Record a licence, registration or answer of a clinic."""
    found = queries.clinic_for(request.user, clinic_id)
    permissions.may_manage_clinic(user=request.user, clinic=found).or_raise()
    form = forms.LicenceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.record_clinic_licence(clinic=found, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The answer is recorded.")
        return redirect("clinic", found.pk)
    return page(request, "accounts/clinics/add-licence.html", form=form, clinic=found)


@asks(permissions.may_see_staff)
@READ_OR_SEND
def withdraw_licence(request: StaffRequest, clinic_id: UUID, licence_id: UUID) -> HttpResponse:
    """Mark a clinic's licence as entered in error."""
    licence = queries.licence_for(request.user, clinic_id, licence_id)
    permissions.may_manage_clinic(user=request.user, clinic=licence.clinic).or_raise()
    if request.method == "POST":
        operations.withdraw_clinic_licence(licence=licence, by=request.user, at=timezone.now())
        messages.success(request, "It is marked as entered in error.")
        return redirect("clinic", clinic_id)
    return page(request, "accounts/clinics/withdraw-licence.html", licence=licence)
