"""A mutant: our settings with the durability that most advice recommends, which a power cut must expose."""

from needlework.config import settings
from needlework.config.settings import *  # noqa: F403 - settings are names of a module

OPTIONS = dict(settings.DATABASES["default"]["OPTIONS"])
OPTIONS["init_command"] = OPTIONS["init_command"].replace("synchronous=FULL", "synchronous=NORMAL")
DATABASES = {"default": {**settings.DATABASES["default"], "OPTIONS": OPTIONS}}
