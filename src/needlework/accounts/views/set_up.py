"""Set up a second factor: at the first sign-in, or another one later."""

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from needlework.accounts import browsers, doors, forms, operations, passkeys, proving, second_factor, throttle
from needlework.accounts.doors import DoorRequest
from needlework.accounts.passkeys import Unproven
from needlework.accounts.queries.second_factor import authenticator_being_set_up, factors_of
from needlework.accounts.views.second_factor import enter
from needlework.web.http import page

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])
WRONG_CODE = "That code is not right. Check that the app shows this account, and enter the code it shows now"


@doors.setting_up
@require_safe
def choose(request: DoorRequest) -> HttpResponse:
    """Offer an authenticator app or a passkey."""
    factors = factors_of(request.person)
    browser = browsers.summary(request)
    return page(request, "accounts/second_factor/choose.html", factors=factors, browser=browser)


@doors.setting_up
@require_POST
def start_app(request: DoorRequest) -> HttpResponse:
    """Make a secret for an authenticator app."""
    if authenticator_being_set_up(request.person) is None:
        operations.set_up_authenticator(user=request.person, at=timezone.now())
    return redirect("set-up-app")


@doors.setting_up
@READ_OR_SEND
@doors.in_turn
def app(request: DoorRequest) -> HttpResponse:
    """Show the secret as a QR code and in letters, and ask for the first code."""
    waiting = authenticator_being_set_up(request.person)
    if waiting is None:
        return redirect("set-up-second-factor")
    form = forms.CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        now = timezone.now()
        attempt = throttle.try_code(account=f"new {waiting.pk}", at=now)
        if operations.confirm_authenticator(authenticator=waiting, code=form.cleaned_data["code"], at=now):
            throttle.forgive(attempt)
            return added(request, "totp")
        form.add_error("code", WRONG_CODE)
    name = proving.site(request).name
    address = second_factor.address_of(waiting.secret, email=request.person.email, organisation=name)
    picture = segno.make(address, micro=False).svg_data_uri(scale=5, border=2, dark="#1d2624", light="#ffffff")
    secret = " ".join(waiting.secret[start : start + 4] for start in range(0, len(waiting.secret), 4))
    return page(request, "accounts/second_factor/app.html", form=form, picture=picture, secret=secret)


@doors.setting_up
@require_POST
def passkey_options(request: DoorRequest) -> HttpResponse:
    """Return what the browser is to ask for a new passkey."""
    return proving.ask_for_new(request, request.person)


@doors.setting_up
@require_POST
def passkey(request: DoorRequest) -> HttpResponse:
    """Keep a new passkey."""
    try:
        challenge = proving.spent_challenge(request)
        key = passkeys.check_new(proving.site(request), request.POST.get("answer", ""), challenge=challenge)
    except Unproven as fault:
        messages.error(request, str(fault))
        return redirect("set-up-second-factor")
    operations.add_passkey(user=request.person, key=key, name=browsers.summary(request), at=timezone.now())
    return added(request, "passkey")


def added(request: DoorRequest, factor: str) -> HttpResponse:
    """Go on after a second factor was added: into the clinic at the first sign-in, else back to the account."""
    if request.sign_in:
        messages.success(request, "Your new second factor works from now on.")
        return redirect("account")
    enter(request, factor)
    return redirect("recovery-codes")
