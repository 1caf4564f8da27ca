"""One's own account: password, second factors, recovery codes, and where one is signed in."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from needlework.accounts import doors, entering, forms, hashing, operations, permissions, presence, queries
from needlework.accounts.asking import StaffRequest, asks
from needlework.accounts.decision import Decision
from needlework.accounts.own_pages import own_pages_of
from needlework.web.http import page

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@asks(permissions.is_staff)
@require_safe
def account(request: StaffRequest) -> HttpResponse:
    """Show one's own account."""
    now = timezone.now()
    return page(
        request,
        "accounts/account/account.html",
        factors=queries.factors_of(request.user),
        roles=queries.roles_of(request.user),
        own_pages=own_pages_of(request.user),
        sign_ins=queries.sign_ins_of(request.user, here=presence.presence(request).sign_in, at=now),
    )


@asks(permissions.is_staff)
@doors.confirmed_lately
@READ_OR_SEND
@doors.in_turn
def password(request: StaffRequest) -> HttpResponse:
    """Change one's own password."""
    about = entering.names_about(request.user)
    form = forms.NewPasswordForm(request.POST if request.method == "POST" else None, about=about)
    if form.is_valid():
        now = timezone.now()
        hashed = hashing.hashed(form.cleaned_data["password"])
        operations.set_password(user=request.user, hashed=hashed, by=request.user, at=now)
        presence.finish_again(request, at=now)
        messages.success(request, "Your password is changed. All other devices are signed out.")
        return redirect("account")
    return page(request, "accounts/account/password.html", form=form)


@asks(permissions.is_staff)
@doors.confirmed_lately
@READ_OR_SEND
def recovery_codes(request: StaffRequest) -> HttpResponse:
    """Make ten new recovery codes, and show them this once."""
    left = queries.factors_of(request.user).codes_left
    codes = None
    if request.method == "POST":
        codes = operations.make_recovery_codes(user=request.user, at=timezone.now())
    return page(request, "accounts/account/recovery-codes.html", codes=codes, left=left)


@asks(permissions.is_staff)
@doors.confirmed_lately
@require_POST
def remove_authenticator(request: StaffRequest) -> HttpResponse:
    """Take away one's authenticator app."""
    removed = operations.remove_authenticator(user=request.user, at=timezone.now())
    return _told(request, removed, "The authenticator app no longer opens your account.")


@asks(permissions.is_staff)
@doors.confirmed_lately
@require_POST
def remove_passkey(request: StaffRequest, passkey_id: UUID) -> HttpResponse:
    """Take away one of one's passkeys."""
    passkey = queries.own_passkey(request.user, passkey_id)
    removed = operations.remove_passkey(passkey=passkey, by=request.user, at=timezone.now())
    return _told(request, removed, "That passkey no longer opens your account.")


@asks(permissions.is_staff)
@require_POST
def end_sign_in(request: StaffRequest, sign_in_id: UUID) -> HttpResponse:
    """Sign out of one other browser."""
    sign_in = queries.own_sign_in(request.user, sign_in_id)
    operations.end_sign_in(sign_in=sign_in, by=request.user, at=timezone.now())
    return _told(request, Decision(), "That device is signed out.")


@asks(permissions.is_staff)
@require_POST
def end_other_sign_ins(request: StaffRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    here = presence.presence(request).sign_in
    operations.end_all_sign_ins(user=request.user, by=request.user, at=timezone.now(), but=here.pk if here else None)
    return _told(request, Decision(), "All other devices are signed out.")


def _told(request: StaffRequest, decision: Decision, sentence: str) -> HttpResponse:
    if decision:
        messages.success(request, sentence)
    else:
        messages.error(request, decision.refusal)
    return redirect("account")
