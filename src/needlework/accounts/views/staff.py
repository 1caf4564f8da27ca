"""Staff: the list, one colleague, new ones, their roles and accounts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from needlework.accounts import forms, operations, permissions, queries
from needlework.accounts.asking import StaffRequest, asks
from needlework.accounts.editing import ChangedMeanwhile
from needlework.accounts.queries.staff import documents
from needlework.accounts.taken import EmailTaken
from needlework.audit import record
from needlework.web.http import page

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@asks(permissions.may_see_staff)
@require_safe
def staff(request: StaffRequest) -> HttpResponse:
    """List the staff of one's clinics."""
    members = queries.staff_for(request.user, on=timezone.localdate())
    adding = bool(permissions.may_add_staff(user=request.user))
    return page(request, "accounts/staff/staff.html", members=members, may_add=adding)


@asks(permissions.may_see_staff)
@require_safe
def staff_member(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Show one colleague: roles, documents, account."""
    colleague = queries.member_for(request.user, user_id)
    today = timezone.localdate()
    record.viewed(colleague, by=request.user, at=timezone.now())
    return page(
        request,
        "accounts/staff/member.html",
        member=queries.member(colleague, on=today),
        memberships=[one for one in colleague.memberships.all() if one.ended_at is None],
        led={clinic.pk for clinic in queries.led_clinics(request.user)},
        documents=documents(colleague, on=today),
        may_record=bool(permissions.may_record_credentials(user=request.user, person=colleague)),
        may_manage=bool(permissions.may_manage_account(user=request.user, person=colleague)),
    )


@asks(permissions.may_add_staff)
@READ_OR_SEND
def add(request: StaffRequest) -> HttpResponse:
    """Add a colleague, and send the invitation."""
    clinics = list(queries.led_clinics(request.user))
    choices = [(str(clinic.pk), clinic.name) for clinic in clinics]
    form = forms.NewStaffForm(request.POST if request.method == "POST" else None, clinics=choices)
    if form.is_valid():
        answers = form.cleaned_data
        chosen = next(clinic for clinic in clinics if str(clinic.pk) == answers["clinic"])
        try:
            colleague = operations.invite_staff(
                id=answers["id"],
                name=answers["name"],
                email=answers["email"],
                roles=[(chosen, role) for role in answers["roles"]],
                by=request.user,
                at=timezone.now(),
            )
        except EmailTaken as taken:
            form.add_error("email", str(taken))
        else:
            messages.success(request, f"{colleague} is invited: the link is on its way to {colleague.email}.")
            return redirect("staff-member", colleague.pk)
    return page(request, "accounts/staff/add.html", form=form)


@asks(permissions.may_see_staff)
@READ_OR_SEND
def change(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Change a colleague's name or e-mail address."""
    colleague = queries.member_for(request.user, user_id)
    permissions.may_manage_account(user=request.user, person=colleague).or_raise()
    now = {"version": colleague.version, "name": colleague.name, "email": colleague.email}
    form = forms.StaffForm(request.POST if request.method == "POST" else None, initial=now)
    if form.is_valid():
        changes = {"name": form.cleaned_data["name"], "email": form.cleaned_data["email"].lower()}
        version = form.cleaned_data["version"]
        try:
            operations.change_staff(
                user=colleague, version=version, changes=changes, by=request.user, at=timezone.now()
            )
        except EmailTaken as taken:
            form.add_error("email", str(taken))
        except ChangedMeanwhile as stale:
            form.add_error(None, str(stale))
        else:
            messages.success(request, "Saved.")
            return redirect("staff-member", colleague.pk)
    return page(request, "accounts/staff/change.html", form=form, colleague=colleague)


@asks(permissions.may_see_staff)
@READ_OR_SEND
def add_role(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Give a colleague roles in a clinic."""
    colleague = queries.member_for(request.user, user_id)
    permissions.may_add_staff(user=request.user).or_raise()
    clinics = list(queries.led_clinics(request.user))
    choices = [(str(clinic.pk), clinic.name) for clinic in clinics]
    form = forms.RoleForm(request.POST if request.method == "POST" else None, clinics=choices)
    if form.is_valid():
        chosen = next(clinic for clinic in clinics if str(clinic.pk) == form.cleaned_data["clinic"])
        for role in form.cleaned_data["roles"]:
            operations.give_role(user=colleague, clinic=chosen, role=role, by=request.user, at=timezone.now())
        messages.success(request, f"{colleague} has the new role at {chosen} from now on.")
        return redirect("staff-member", colleague.pk)
    return page(request, "accounts/staff/add-role.html", form=form, colleague=colleague)


@asks(permissions.may_see_staff)
@require_POST
def end_role(request: StaffRequest, user_id: UUID, membership_id: UUID) -> HttpResponse:
    """End one role of a colleague."""
    membership = queries.membership_for(request.user, user_id, membership_id)
    ending = permissions.may_end_role(user=request.user, membership=membership)
    if ending:
        operations.end_role(membership=membership, by=request.user, at=timezone.now())
        role = membership.get_role_display().lower()
        messages.success(request, f"{membership.user} is not {role} at {membership.clinic} any more.")
    else:
        messages.error(request, ending.refusal)
    visible = queries.staff_for(request.user, on=timezone.localdate())
    still = any(one.user.pk == user_id for one in visible)
    return redirect("staff-member", user_id) if still else redirect("staff")
