"""A browser that is fully signed in without the pages that do it: for tests that are about something else."""

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from needlework.accounts import presence
from needlework.accounts.models import User


def cookies_for(user: User) -> dict[str, str]:
    """Sign somebody in, second factor and all, a moment ago; return the cookies their browser then holds."""
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "192.0.2.1"
    request.session = SessionStore()
    now = timezone.now()
    sign_in = presence.finish(request, user, factor="totp", at=now)
    request.session.save()
    return {
        settings.SESSION_COOKIE_NAME: str(request.session.session_key),
        presence.COOKIE: presence.stamp(sign_in, at=now),
    }


def signed_in(user: User) -> Client:
    """Return a test client in which somebody has signed in."""
    client = Client()
    for name, value in cookies_for(user).items():
        client.cookies[name] = value
    return client
