"""The product's settings with the tests' own room, for a process that shares the home of a test."""

from needlework.config.settings import *  # noqa: F403 - settings are names of a module

INSTALLED_APPS += ["tests.notes"]  # noqa: F405
