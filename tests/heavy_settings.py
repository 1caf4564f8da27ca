"""The product's settings with the app of heavy kinds."""

from needlework.config.settings import *

INSTALLED_APPS = [*INSTALLED_APPS, "tests.heavy.HeavyConfig"]
