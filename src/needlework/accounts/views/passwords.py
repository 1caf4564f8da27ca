"""Forgotten and new passwords."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from needlework.accounts import browsers, doors, entering, forms, hashing, operations
from needlework.accounts.asking import public
from needlework.accounts.queries.password_links import open_link
from needlework.web.http import page

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@public
@READ_OR_SEND
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask whose password is forgotten; the answer is the same for every address."""
    form = forms.ForgottenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        operations.ask_for_link(email=email, origin=browsers.address(request), at=timezone.now())
        return redirect("link-sent")
    return page(request, "accounts/sign_in/forgotten.html", form=form)


@public
@require_safe
def link_sent(request: HttpRequest) -> HttpResponse:
    """Say what happens if the address belongs to an account."""
    return page(request, "accounts/sign_in/link-sent.html")


@public
@READ_OR_SEND
@doors.in_turn
def set_password(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a new password; opening the link spends nothing, only sending the form does."""
    now = timezone.now()
    link = open_link(token, at=now)
    if link is None:
        return page(request, "accounts/sign_in/link-spent.html", status=410)
    about = entering.names_about(link.user)
    form = forms.NewPasswordForm(request.POST if request.method == "POST" else None, about=about)
    if form.is_valid():
        if operations.spend_link(link=link, hashed=hashing.hashed(form.cleaned_data["password"]), at=now):
            messages.success(request, "Your password is set. Sign in with it now.")
            return redirect("sign-in")
        return page(request, "accounts/sign_in/link-spent.html", status=410)
    return page(request, "accounts/sign_in/set-password.html", form=form, person=link.user)
