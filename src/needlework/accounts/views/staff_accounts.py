"""A colleague's account: invite again, reset the second factor, end it. Each asks once more before it acts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from needlework.accounts import doors, operations, permissions, queries
from needlework.accounts.asking import StaffRequest, asks
from needlework.web.http import page

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@asks(permissions.may_see_staff)
@require_POST
def invite(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Send the invitation again; the link of the one before stops working."""
    colleague = queries.member_for(request.user, user_id)
    operations.invite(user=colleague, by=request.user, at=timezone.now())
    messages.success(request, f"A new link is on its way to {colleague.email}.")
    return redirect("staff-member", colleague.pk)


@asks(permissions.may_see_staff)
@doors.confirmed_lately
@READ_OR_SEND
def reset_second_factor(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Take away the second factors of a colleague who has lost them."""
    colleague = queries.member_for(request.user, user_id)
    permissions.may_reset_second_factor(user=request.user, person=colleague).or_raise()
    if request.method == "POST":
        operations.reset_second_factor(user=colleague, by=request.user, at=timezone.now())
        messages.success(request, f"{colleague} sets up a new second factor at the next sign-in.")
        return redirect("staff-member", colleague.pk)
    return page(request, "accounts/staff/reset-second-factor.html", colleague=colleague)


@asks(permissions.may_see_staff)
@doors.confirmed_lately
@READ_OR_SEND
def end(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """End a colleague's account."""
    colleague = queries.member_for(request.user, user_id)
    permissions.may_end_account(user=request.user, person=colleague).or_raise()
    if request.method == "POST":
        operations.end_account(user=colleague, by=request.user, at=timezone.now())
        messages.success(request, f"The account of {colleague} is ended.")
        return redirect("staff")
    return page(request, "accounts/staff/end.html", colleague=colleague)
