"""Django settings: everything that differs between installations comes from the environment (see `home`)."""

import os
from pathlib import Path

from needlework.config import home
from needlework.config.databases import database
from needlework.web import assets, logs

HOME = home.current()
DEMO = os.environ.get("NEEDLEWORK_DEMO") == "1"

SECRET_KEY = home.signing_key(HOME)
DEBUG = False

# What `needlework serve` has found out about who can reach it; see cli/serving/exposure.py.
ADDRESS = os.environ.get("NEEDLEWORK_ADDRESS", "http://localhost:8000")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *os.environ.get("NEEDLEWORK_HOSTS", "").replace(",", " ").split()]
SECURE = os.environ.get("NEEDLEWORK_SECURE") == "1"
BEHIND_PROXY = os.environ.get("NEEDLEWORK_BEHIND_PROXY") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_AGE = 12 * 60 * 60

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
    "needlework.messages",
    "needlework.accounts",
    "needlework.patients",
    "needlework.diary",
    "needlework.payments",
    "needlework.care",
    "needlework.front",
]
MIDDLEWARE = [
    *(["needlework.config.proxy.sender_behind_proxy"] if BEHIND_PROXY else []),
    "needlework.web.logs.number_requests",
    "django.middleware.security.SecurityMiddleware",
    "needlework.web.middleware.security_headers",
    "needlework.web.middleware.methods_of_pages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "needlework.accounts.middleware.staff_presence",
    "needlework.accounts.middleware.SetupFirst",
    "needlework.patients.middleware.patient_presence",
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
CSRF_FAILURE_VIEW = "needlework.web.errors.csrf_failure"
LOGIN_URL = "/sign-in/"

SMTP_URL = os.environ.get("NEEDLEWORK_SMTP_URL", "")
MAIL_FROM = os.environ.get("NEEDLEWORK_FROM", "")
SMS_URL = os.environ.get("NEEDLEWORK_SMS_URL", "")
SMS_TOKEN = os.environ.get("NEEDLEWORK_SMS_TOKEN", "")

PAYMENTS_URL = os.environ.get("NEEDLEWORK_PAYMENTS_URL", "")
PAYMENTS_SECRET = os.environ.get("NEEDLEWORK_PAYMENTS_SECRET", "")
PAYMENTS_WEBHOOK_SECRET = os.environ.get("NEEDLEWORK_PAYMENTS_WEBHOOK_SECRET", "")

LOGGING = logs.LOGGING
