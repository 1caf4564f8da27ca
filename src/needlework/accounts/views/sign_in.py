"""Sign in, unlock, sign out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from needlework.accounts import doors, entering, forms, goals, permissions, presence
from needlework.accounts.asking import StaffRequest, asks, public
from needlework.accounts.doors import DoorRequest
from needlework.accounts.queries.second_factor import factors_of
from needlework.web.http import page

WRONG = "The e-mail address or the password is not right. Check both and try again"
WRONG_PASSWORD = "The password is not right. Check it and try again"
READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@public
@READ_OR_SEND
@doors.in_turn
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for e-mail address and password."""
    if request.user.is_authenticated:
        return redirect(goals.wanted(request))
    if presence.presence(request).locked:
        return redirect("unlock")
    form = forms.SignInForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        now = timezone.now()
        user = entering.by_password(request, **form.cleaned_data, at=now)
        if user:
            presence.start_half_way(request, user, goal=goals.wanted(request), at=now)
            return redirect("second-factor")
        form.add_error(None, WRONG)
    return page(request, "accounts/sign_in/sign-in.html", form=form)


@doors.signed_in_here
@READ_OR_SEND
@doors.in_turn
def unlock(request: DoorRequest) -> HttpResponse:
    """Ask again for the password of who is signed in, then go on where they were."""
    form = forms.ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        now = timezone.now()
        if entering.by_password(request, email=request.person.email, **form.cleaned_data, at=now) == request.person:
            return open_again(request)
        form.add_error("password", WRONG_PASSWORD)
    locked = presence.presence(request).locked
    keys = factors_of(request.person).passkeys
    return page(
        request, "accounts/sign_in/unlock.html", form=form, person=request.person, locked=locked, has_passkey=bool(keys)
    )


def open_again(request: DoorRequest) -> HttpResponse:
    """Let somebody go on who has shown again that it is they."""
    if request.sign_in:
        presence.unlock(request, request.sign_in, at=timezone.now())
    return redirect(goals.wanted(request))


@doors.signed_in_here
@require_POST
def sign_out(request: DoorRequest) -> HttpResponse:
    """Sign out of this browser."""
    presence.leave(request, at=timezone.now())
    return redirect("signed-out")


@public
@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """Say that nobody is signed in here any more."""
    return page(request, "accounts/sign_in/signed-out.html")


@asks(permissions.is_staff)
@require_safe
def stay(request: StaffRequest) -> HttpResponse:  # noqa: ARG001 - being asked for is all it does
    """Answer that somebody is still there: the request itself keeps the page open."""
    return HttpResponse(status=204)
