"""Documents of staff: record one, mark one as entered in error."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from needlework.accounts import forms, operations, permissions, queries
from needlework.accounts.asking import StaffRequest, asks
from needlework.web.http import page

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@asks(permissions.may_see_staff)
@READ_OR_SEND
def add(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Record a document of a colleague."""
    colleague = queries.member_for(request.user, user_id)
    permissions.may_record_credentials(user=request.user, person=colleague).or_raise()
    form = forms.CredentialForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.record_credential(user=colleague, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The document is recorded.")
        return redirect("staff-member", colleague.pk)
    return page(request, "accounts/staff/add-document.html", form=form, colleague=colleague)


@asks(permissions.may_see_staff)
@READ_OR_SEND
def withdraw(request: StaffRequest, user_id: UUID, credential_id: UUID) -> HttpResponse:
    """Mark a document as entered in error."""
    credential = queries.credential_for(request.user, user_id, credential_id)
    permissions.may_record_credentials(user=request.user, person=credential.user).or_raise()
    if request.method == "POST":
        operations.withdraw_credential(credential=credential, by=request.user, at=timezone.now())
        messages.success(request, "The document is marked as entered in error.")
        return redirect("staff-member", credential.user_id)
    return page(request, "accounts/staff/withdraw-document.html", credential=credential)
