"""Settings of the organisation: name, logo, colours, idle time; and the logo itself, which is public."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from needlework.accounts import forms, logos, operations, permissions, queries
from needlework.accounts.asking import StaffRequest, asks, public
from needlework.accounts.editing import ChangedMeanwhile
from needlework.accounts.queries.organisation import logo_content
from needlework.web.http import page

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])
FIELDS = ("name", "colour", "colour_deep", "colour_wash", "idle_minutes")


@asks(permissions.may_change_settings)
@READ_OR_SEND
def settings(request: StaffRequest) -> HttpResponse:
    """Show and change the settings."""
    ours = _ours(request)
    now = {name: getattr(ours, name) for name in ("version", *FIELDS)}
    form = forms.SettingsForm(request.POST if request.method == "POST" else None, initial=now)
    if form.is_valid():
        changes = {name: form.cleaned_data[name] for name in FIELDS}
        version = form.cleaned_data["version"]
        try:
            operations.change_settings(
                organisation=ours, version=version, changes=changes, by=request.user, at=timezone.now()
            )
        except ChangedMeanwhile as stale:
            form.add_error(None, str(stale))
        else:
            messages.success(request, "Saved.")
            return redirect("settings")
    return page(request, "accounts/settings/settings.html", form=form, organisation=ours, picture=forms.LogoForm())


@asks(permissions.may_change_settings)
@require_POST
def set_logo(request: StaffRequest) -> HttpResponse:
    """Take a new logo."""
    ours = _ours(request)
    picture = forms.LogoForm(request.POST, request.FILES)
    if picture.is_valid():
        found: logos.Picture = picture.cleaned_data["logo"]
        operations.set_logo(organisation=ours, picture=found, by=request.user, at=timezone.now())
        messages.success(request, "The logo is set.")
        return redirect("settings")
    now = {name: getattr(ours, name) for name in ("version", *FIELDS)}
    form = forms.SettingsForm(initial=now)
    return page(request, "accounts/settings/settings.html", status=422, form=form, organisation=ours, picture=picture)


@asks(permissions.may_change_settings)
@require_POST
def remove_logo(request: StaffRequest) -> HttpResponse:
    """Take the logo away."""
    operations.remove_logo(organisation=_ours(request), by=request.user, at=timezone.now())
    messages.success(request, "The logo is removed.")
    return redirect("settings")


@public
@require_safe
def logo(request: HttpRequest, digest: str) -> HttpResponse:  # noqa: ARG001 - a view takes the request
    """Answer with the logo; its address changes with its content, so browsers may keep it."""
    found = logo_content(digest)
    if found is None:
        raise Http404
    content, media_type = found
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Content-Disposition": "inline"}
    return HttpResponse(content, content_type=media_type, headers=headers)


def _ours(request: HttpRequest) -> Any:
    ours = queries.organisation(request)
    if ours is None:
        raise Http404
    return ours
