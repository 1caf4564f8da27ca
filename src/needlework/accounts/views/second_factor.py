"""Prove the second factor: code, passkey, or recovery code."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from needlework.accounts import doors, forms, presence, proving
from needlework.accounts.doors import DoorRequest
from needlework.accounts.passkeys import Unproven
from needlework.accounts.queries.second_factor import factors_of
from needlework.accounts.views.sign_in import open_again
from needlework.web.http import page

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])
WRONG_CODE = "That code is not right, or it was used before. Wait for the next one and enter it"
WRONG_PAPER = "That is not one of your recovery codes that are left. Check it and enter it again"


@doors.half_way_in
@READ_OR_SEND
@doors.in_turn
def second_factor(request: DoorRequest) -> HttpResponse:
    """Ask for the code of the authenticator app, or a passkey."""
    factors = factors_of(request.person)
    if not factors.enough:
        return redirect("set-up-second-factor")
    form = forms.CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if proving.by_code(request.person, form.cleaned_data["code"], at=timezone.now()):
            return enter(request, "totp")
        form.add_error("code", WRONG_CODE)
    return page(request, "accounts/second_factor/prove.html", form=form, factors=factors)


@doors.half_way_in
@READ_OR_SEND
@doors.in_turn
def recovery_code(request: DoorRequest) -> HttpResponse:
    """Ask for one of the codes on paper."""
    form = forms.RecoveryCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if proving.by_recovery_code(request.person, form.cleaned_data["code"], at=timezone.now()):
            left = factors_of(request.person).codes_left
            messages.warning(request, f"You used a recovery code. {left} are left. Check your second factor here.")
            enter(request, "recovery-code")
            return redirect("account")
        form.add_error("code", WRONG_PAPER)
    return page(request, "accounts/second_factor/recovery-code.html", form=form)


@doors.half_way_in
@require_POST
def passkey_options(request: DoorRequest) -> HttpResponse:
    """Return what the browser is to ask its passkeys."""
    return proving.ask(request, request.person)


@doors.half_way_in
@require_POST
def passkey(request: DoorRequest) -> HttpResponse:
    """Take the proof of a passkey."""
    try:
        proving.by_passkey(request, request.person, at=timezone.now())
    except Unproven as fault:
        messages.error(request, str(fault))
        return redirect("second-factor")
    return enter(request, "passkey")


@doors.signed_in_here
@require_POST
def unlock_passkey_options(request: DoorRequest) -> HttpResponse:
    """Return what the browser is to ask its passkeys, to unlock a page."""
    return proving.ask(request, request.person)


@doors.signed_in_here
@require_POST
def unlock_passkey(request: DoorRequest) -> HttpResponse:
    """Unlock a page with a passkey."""
    try:
        proving.by_passkey(request, request.person, at=timezone.now())
    except Unproven as fault:
        messages.error(request, str(fault))
        return redirect(request.get_full_path().replace("passkey/", "", 1))
    return open_again(request)


def enter(request: DoorRequest, factor: str) -> HttpResponse:
    """Sign somebody in who has proved both, and go where they wanted to go."""
    goal = presence.goal(request)
    presence.finish(request, request.person, factor=factor, at=timezone.now())
    return redirect(goal)
