"""A fully signed-in session without the pages that make one: for tests that are about something else."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client

from needlework.accounts.models import User


def session_for(user: User) -> SessionBase:
    """Return a saved session in which somebody has signed in, second factor and all."""
    session: SessionBase = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session


def signed_in(user: User) -> Client:
    """Return a test client in which somebody has signed in."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_for(user).session_key
    return client
