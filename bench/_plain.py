"""Settings for comparison: the bundled engine with Django's own backend, whose writers poll instead of queueing."""

import needlework.config.sqlite3.base  # noqa: F401 - puts the bundled engine in place
from needlework.config import settings
from needlework.config.settings import *  # noqa: F403 - settings are names of a module

DATABASES = {"default": {**settings.DATABASES["default"], "ENGINE": "django.db.backends.sqlite3"}}
