"""The organisation of this installation."""

from django.http import HttpRequest

from needlework.accounts.models import Logo, Organisation

_UNREAD = object()


def organisation(request: HttpRequest) -> Organisation | None:
    """Return the organisation, read once per request; None before the first set-up."""
    kept = getattr(request, "organisation", _UNREAD)
    if kept is _UNREAD:
        kept = Organisation.objects.select_related("logo").defer("logo__content").first()
        request.organisation = kept  # type: ignore[attr-defined]
    return kept  # type: ignore[return-value]


def logo_content(digest: str) -> tuple[bytes, str] | None:
    """Return the logo that an address names, with its media type."""
    logo = Logo.objects.filter(digest__startswith=digest).first()
    return (bytes(logo.content), logo.media_type) if logo else None
