"""Django settings: everything that differs between installations comes from the environment (see `home`)."""

import os
from pathlib import Path

from needlework.config import home
from needlework.config.databases import database
from needlework.web import assets

HOME = home.current()
DEMO = os.environ.get("NEEDLEWORK_DEMO") == "1"

SECRET_KEY = home.signing_key(HOME)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("NEEDLEWORK_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "needlework.web",
    "needlework.audit",
    "needlework.vault",
    "needlework.work",
    "needlework.accounts",
    "needlework.patients",
]
MIDDLEWARE = [
    "needlework.web.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "needlework.accounts.middleware.staff_presence",
    "django.contrib.messages.middleware.MessageMiddleware",
    "needlework.audit.middleware.safe_methods_only_read",
]
ROOT_URLCONF = "needlework.config.urls"
WSGI_APPLICATION = "needlework.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "needlework.web.shell.context",
            ]
        },
    }
]

SETUP_CODE_FILE = HOME.path / "setup-code"
DATABASES = {"default": database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["needlework.accounts.backend.StaffBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = f"static/{assets.fingerprint(Path(__file__).parents[1])}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = "."
WHITENOISE_ALLOW_ALL_ORIGINS = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
LOGIN_URL = "/sign-in/"
