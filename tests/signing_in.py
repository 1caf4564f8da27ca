"""A fully signed-in session without the pages that make one: for tests that are about something else."""

from importlib import import_module

from django.conf import settings
from django.test import Client, RequestFactory
from django.utils import timezone

from needlework.accounts import presence
from needlework.accounts.models import Factor, User


def cookies_for(user: User) -> dict[str, str]:
    """Return the cookies of a browser in which somebody has signed in, second factor and all."""
    now = timezone.now()
    request = RequestFactory().get("/")
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    sign_in = presence.finish(request, user, factor=Factor.TOTP, at=now)
    request.session.save()
    return {
        settings.SESSION_COOKIE_NAME: request.session.session_key,
        presence.COOKIE: presence.stamp(sign_in, at=now),
    }


def signed_in(user: User) -> Client:
    """Return a test client in which somebody has signed in."""
    client = Client()
    for name, value in cookies_for(user).items():
        client.cookies[name] = value
    return client
