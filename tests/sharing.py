"""The product's settings with the tests' own room, for a process that shares the home of a test."""

from needlework.config.settings import *

INSTALLED_APPS += ["tests.notes"]
